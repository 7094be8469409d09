import { isLateLeave } from '../../policy/leave.ts'
import { addDays, namedRange, type PeriodWord } from '../../policy/time.ts'
import { type Leave, listLeaves } from '../../storage/leaves.ts'
import { findMeeting } from '../../storage/meetings.ts'
import { communitiesOf, gridsOf, type Member } from '../../storage/roster.ts'
import { answer, type Command, type Ctx } from '../handler.ts'
import { startOf } from '../meeting/find-meeting.ts'
import { chooseScope } from '../query/attendance.ts'
import { leaveStates, renderDays } from './words.ts'

const LIST = /^\s*(今天|明天|本周|上周|本月|上月)?(?:的)?请假名单\s*(今天|明天|本周|上周|本月|上月)?\s*[?？。]?\s*$/u
const WORDS: Record<string, PeriodWord> = {
  今天: 'today',
  本周: 'thisWeek',
  上周: 'lastWeek',
  本月: 'thisMonth',
  上月: 'lastMonth',
}
const SHOWN = 15

/** Who is on leave, for whoever leads them; never why: that the approver alone reads. */
export const leaveListCommand: Command = {
  name: 'listLeave',
  matches: LIST,
  who: 'queryOwn',
  dialog: { as: 'communityLead', turns: [['请假名单', '没有人请假']] },
  async run(ctx) {
    const [, before, after] = LIST.exec(ctx.text.normalize('NFKC')) ?? []
    const word = before ?? after ?? '今天'
    const scope = chooseScope(ctx, undefined)
    if ('refused' in scope) return scope.refused
    const tomorrow = addDays(ctx.today, 1)
    const range = word === '明天' ? { from: tomorrow, to: tomorrow } : namedRange(WORDS[word]!, ctx.today)
    const leaves = await listLeaves(ctx.db, { ...range, statuses: ['pending', 'approved'] })
    const lines: string[] = []
    for (const leave of leaves) {
      const member = ctx.roster.memberById(leave.memberId)
      if (member && belongs(ctx, member, scope.where)) lines.push(await renderLine(ctx, leave, member))
    }
    const head = `${scope.name}${word}`
    if (lines.length === 0) return answer(`${head}没有人请假。`, { private: true })
    const rest = lines.length > SHOWN ? [`……还有${lines.length - SHOWN}条`] : []
    return answer([`${head}请假${lines.length}条：`, ...lines.slice(0, SHOWN), ...rest].join('\n'), { private: true })
  },
}

function belongs(
  { roster, today }: Ctx,
  member: Member,
  { gridId, community }: { gridId?: string; community?: string },
) {
  if (gridId !== undefined) return gridsOf(roster, member, today).some(({ id }) => id === gridId)
  return community === undefined || communitiesOf(roster, member, today).includes(community)
}

async function renderLine({ db, pack }: Ctx, leave: Leave, { name }: Member): Promise<string> {
  const meeting = leave.meetingId ? await findMeeting(db, leave.meetingId) : undefined
  const isLate = isLateLeave({ ...leave, meetingStartsAt: meeting && startOf(meeting) }, leave.askedAt, pack.attendance)
  return `${leave.no}号 ${name} ${renderDays(leave)}，${leaveStates[leave.status]}${isLate ? '（补假）' : ''}`
}
