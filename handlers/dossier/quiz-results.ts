import { addDays, dayOf, formatDayCompact } from '../../policy/time.ts'
import { listQuizAnswers, listQuizzes } from '../../storage/knowledge-quizzes.ts'
import { gridsOf, type Member } from '../../storage/roster.ts'
import { answer, type Command, type Ctx } from '../handler.ts'
import { chooseScope } from '../query/attendance.ts'
import { countRight } from './quiz.ts'

const RESULTS = /^\s*应知应会(?:成绩|结果|情况)\s*[?？。]?\s*$/u
const RESULT_DAYS = 366
const SHOWN = 15

/** The newest result of each in the asker's reach; of oneself where one leads nobody. Source: S2-43 (检查…应知应会情况) */
export const quizResults: Command = {
  name: 'quizResults',
  matches: RESULTS,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['应知应会成绩', '还没有答过']] },
  async run(ctx) {
    const members = listAsked(ctx)
    const since = addDays(ctx.today, -RESULT_DAYS)
    const quizzes = (await listQuizzes(ctx.db, { memberIds: members.map(({ id }) => id) })).filter(
      ({ endedAt, begunAt }) => endedAt !== undefined && dayOf(begunAt) >= since,
    )
    const answers = await listQuizAnswers(
      ctx.db,
      quizzes.map(({ id }) => id),
    )
    const lines = members.flatMap(member => {
      const newest = quizzes.findLast(({ memberId }) => memberId === member.id)
      if (!newest) return []
      const right = countRight(answers.filter(({ quizId }) => quizId === newest.id))
      return [
        `${member.name} ${right}/${newest.questions.length}题（${formatDayCompact(dayOf(newest.begunAt), ctx.today)}）`,
      ]
    })
    if (lines.length === 0) return answer('还没有答过应知应会；要答请说“应知应会”。', { private: true })
    const rest = lines.length > SHOWN ? [`……还有${lines.length - SHOWN}人`] : []
    return answer(['应知应会最近一次：', ...lines.slice(0, SHOWN), ...rest].join('\n'), { private: true })
  },
}

function listAsked(ctx: Ctx): readonly Member[] {
  const scope = chooseScope(ctx, undefined)
  if ('refused' in scope) return [ctx.actor]
  const { gridId, community } = scope.where
  return ctx.roster.members.filter(member =>
    gridsOf(ctx.roster, member, ctx.today).some(
      grid => (gridId === undefined || grid.id === gridId) && (community === undefined || grid.community === community),
    ),
  )
}
