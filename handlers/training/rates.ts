import { yearOf } from '../../policy/time.ts'
import { percentOf } from '../../policy/training.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import { communitiesOf, type Member } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { listLearners, listTrained } from './classes.ts'

const ASKED = /^\s*(?:(今年|去年|\d{4}年?)的?)?(?:年度)?(?:培训率|考核率|培训考核率|培训情况)\s*[?？。]?\s*$/u
const SHOWN_NAMES = 30

interface Rates {
  total: number
  untrained: Member[]
  unexamined: Member[]
}

/**
 * The year's rates of training and exam, by community, with the names that are missing: in private, for whoever leads; in a group only the
 * rates; a grid worker reads of themselves. Source: S2-04 (年度培训率、考核率到达100%)
 */
export const ratesCommand: Command = {
  name: 'trainingRates',
  matches: ASKED,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['培训率', '今年您']] },
  async run(ctx) {
    const told = ASKED.exec(narrowSigns(ctx.text))?.[1]
    const year =
      !told || told === '今年' ? yearOf(ctx.today) : told === '去年' ? yearOf(ctx.today) - 1 : Number(told.slice(0, 4))
    const { trained, examined } = await listTrained(ctx, year)
    if (!ctx.may('queryCommunity')) return own(ctx, trained.has(ctx.actor.id), examined.has(ctx.actor.id))
    const view = ctx.may('queryStreet') ? undefined : communitiesOf(ctx.roster, ctx.actor, ctx.today)
    const learners = listLearners(ctx).filter(
      member => view === undefined || communitiesOf(ctx.roster, member, ctx.today).some(name => view.includes(name)),
    )
    const rate = (members: readonly Member[]): Rates => ({
      total: members.length,
      untrained: members.filter(({ id }) => !trained.has(id)),
      unexamined: members.filter(({ id }) => !examined.has(id)),
    })
    const communities = [...new Set(learners.flatMap(member => communitiesOf(ctx.roster, member, ctx.today)))]
    const lines = communities.map(name => {
      const members = learners.filter(member => communitiesOf(ctx.roster, member, ctx.today).includes(name))
      return renderRates(name, rate(members))
    })
    const all = rate(learners)
    const head = renderRates(`${year}年`, all)
    if (ctx.chat.kind === 'group') return answer([head, ...lines].join('\n'))
    return answer([head, ...lines, ...(await nameMissing(ctx, all))].join('\n'), { private: true })
  },
}

function own({ pack }: Ctx, isTrained: boolean, isExamined: boolean): Answer {
  const exam = pack.training?.exam?.value ? `，考试${isExamined ? '已完成' : '还没有完成'}` : ''
  return answer(`今年您${isTrained ? '已参加培训' : '还没有培训记录'}${exam}。`, { private: true })
}

function renderRates(name: string, { total, untrained, unexamined }: Rates): string {
  const trained = total - untrained.length
  const examined = total - unexamined.length
  return `${name}：培训${percentOf(trained, total)}%（${trained}/${total}），考核${percentOf(examined, total)}%（${examined}/${total}）`
}

/** Who is on leave is marked: long leave is no neglect. */
async function nameMissing(ctx: Ctx, { untrained, unexamined }: Rates): Promise<string[]> {
  const leaves = await listApprovedLeaves(ctx.db, { from: ctx.today, to: ctx.today })
  const away = new Set(leaves.filter(({ meetingId }) => !meetingId).map(({ memberId }) => memberId))
  const names = (members: readonly Member[]) => {
    const shown = members.slice(0, SHOWN_NAMES).map(({ id, name }) => (away.has(id) ? `${name}（休假中）` : name))
    return members.length > SHOWN_NAMES ? `${shown.join('、')}等${members.length}人` : shown.join('、')
  }
  return [
    ...(untrained.length > 0 ? [`还没培训：${names(untrained)}`] : []),
    ...(unexamined.length > 0 ? [`还没考核：${names(unexamined)}`] : []),
  ]
}
