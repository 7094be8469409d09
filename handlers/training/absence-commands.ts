import { formatDayShort } from '../../policy/time.ts'
import { findMeeting } from '../../storage/meetings.ts'
import {
  type AbsenceStatus,
  appealAbsence,
  decideAbsence,
  findAbsenceNumbered,
  listAbsences,
  type TrainingAbsence,
} from '../../storage/training-absences.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { findApprover } from '../leave/approver.ts'
import { nameOf, renderStart } from '../meeting/words.ts'
import { narrowSigns } from '../plain-words.ts'
import { askToDecide } from './propose.ts'

const APPEAL = /^\s*申诉\s*旷工\s*[#＃]?(\d{1,6})\s*号?(?:[\s,，:：]+([\s\S]*))?$/u
const DECIDE = /^\s*(签认|确认|不记)\s*旷工\s*[#＃]?(\d{1,6})\s*号?(?:[\s,，:：]+([\s\S]*?))?\s*[。.]?\s*$/u
const LIST = /^\s*(?:拟记)?旷工(?:清单|名单|台账|记录)\s*[?？。]?\s*$/u

const states: Record<AbsenceStatus, string> = {
  proposed: '等本人申诉',
  appealed: '已申诉，等签认',
  confirmed: '已签认',
  dropped: '不记',
}

const unknown = (no: number): Answer => refuse('unknown-number', `没有${no}号旷工记录。`, { private: true })

/** The person's own words; they go to whoever decides, at once. */
const appealCommand: Command = {
  name: 'appealAbsence',
  matches: APPEAL,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['申诉旷工3 那天在火场', '没有3号']] },
  async run(ctx) {
    const { db, actor, at } = ctx
    const [, told, words = ''] = APPEAL.exec(narrowSigns(ctx.text)) ?? []
    const no = Number(told)
    const absence = await findAbsenceNumbered(db, no)
    if (!absence || absence.memberId !== actor.id) return unknown(no)
    if (words.trim() === '') return refuse('no-reason', `请写原因，如“申诉旷工${no} 那天在火场”。`, { private: true })
    const appealed = await appealAbsence(db, absence.id, { text: words.trim(), at })
    if (!appealed) return refuse('decided', `旷工${no}号已经定了：${states[absence.status]}。`, { private: true })
    await ctx.record('appealed', { type: 'trainingAbsence', id: absence.id })
    await askToDecide(ctx, appealed)
    const approver = findApprover(ctx, actor)?.name ?? '领导'
    return answer(`申诉已转${approver}，定下来前不算旷工；结果我私下告诉您。`, { private: true })
  },
}

/** 签认 or 不记, by the person who decides the other's leave, after they could appeal. */
const decideCommand: Command = {
  name: 'decideAbsence',
  matches: DECIDE,
  who: 'decideLeave',
  dialog: { as: 'communityLead', turns: [['签认旷工3', '没有3号']] },
  async run(ctx) {
    const { db, actor, at, roster } = ctx
    const [, word, told, reason] = DECIDE.exec(narrowSigns(ctx.text)) ?? []
    const no = Number(told)
    const absence = await findAbsenceNumbered(db, no)
    const member = absence && roster.memberById(absence.memberId)
    if (!absence || !member) return unknown(no)
    const approver = findApprover(ctx, member)
    if (approver?.id !== actor.id) {
      return refuse('not-yours', `旷工${no}号由${approver?.name ?? '批假的领导'}来定，没有改动。`, { private: true })
    }
    const status = word === '不记' ? 'dropped' : 'confirmed'
    if (status === 'confirmed' && absence.status === 'proposed' && ctx.today <= absence.appealBy) {
      const until = formatDayShort(absence.appealBy)
      return refuse('too-early', `${member.name}到${until}还可以申诉，之后再签认；现在可以“不记旷工${no}”。`, {
        private: true,
      })
    }
    const decided = await decideAbsence(db, absence.id, { status, by: actor.id, at, reason: reason || undefined })
    if (!decided) return refuse('decided', `旷工${no}号已经定了：${states[absence.status]}。`, { private: true })
    await ctx.record(status, { type: 'trainingAbsence', id: absence.id })
    await ctx.say.toMember(member, await renderOutcome(ctx, decided), {
      kind: 'training-absence',
      urgency: 'normal',
      subject: { type: 'trainingAbsence', id: absence.id },
    })
    return answer(`旷工${no}号：${states[status]}，已告诉${member.name}。`, { private: true })
  },
}

async function renderOutcome(ctx: Ctx, { no, meetingId, status, decisionReason }: TrainingAbsence): Promise<string> {
  const meeting = await findMeeting(ctx.db, meetingId)
  const what = meeting ? `${renderStart(meeting)}${nameOf(ctx, meeting)}` : ''
  const why = decisionReason ? `（${decisionReason.reveal()}）` : ''
  if (status === 'dropped') return `拟记旷工${no}号（${what}）：${ctx.actor.name}定为不记${why}。`
  return `旷工${no}号（${what}）已由${ctx.actor.name}签认${why}。折合几天文件没有写，不折算；有异议可再找${ctx.actor.name}或上一级领导。`
}

/** One's own, and those one is to decide; nobody else's. */
const listCommand: Command = {
  name: 'listAbsences',
  matches: LIST,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['旷工清单', '没有']] },
  async run(ctx) {
    const all = await listAbsences(ctx.db)
    const mine = all.filter(({ memberId }) => {
      const member = ctx.roster.memberById(memberId)
      return memberId === ctx.actor.id || (member && findApprover(ctx, member)?.id === ctx.actor.id)
    })
    if (mine.length === 0) return answer('没有拟记旷工的记录。', { private: true })
    const lines = mine.slice(-10).map(({ no, memberId, status, appealBy }) => {
      const until = status === 'proposed' ? `（${formatDayShort(appealBy)}前可申诉）` : ''
      return `${no}号　${ctx.roster.memberById(memberId)?.name ?? ''}　${states[status]}${until}`
    })
    return answer(lines.join('\n'), { private: true })
  },
}

export const absenceCommands: readonly Command[] = [appealCommand, decideCommand, listCommand]
