import { formatDayShort } from '../../policy/time.ts'
import type { Meeting } from '../../storage/meetings.ts'
import { findMeeting } from '../../storage/meetings.ts'
import type { Card } from '../../storage/outbox.ts'
import { nextNumber } from '../../storage/settings.ts'
import { insertAbsence, type TrainingAbsence } from '../../storage/training-absences.ts'
import type { Desk } from '../desk.ts'
import { findApprover } from '../leave/approver.ts'
import { nameOf, renderStart } from '../meeting/words.ts'
import { findAbsenceRule, judgeClass } from './absence.ts'

/** Working days for an appeal where the pack names none. */
const APPEAL_WORKDAYS = 3

/**
 * Proposes 旷工 for whoever missed a class without a reason: told to the person first, in private, with the way to appeal. It counts for
 * nothing until a named person has signed; how many days it makes, the document leaves open, and nothing follows by itself.
 * A class at which nobody signed in proves nothing. Source: S0-28, design decision 7
 *
 * @returns how many were proposed
 */
export async function proposeAbsences(desk: Desk, meeting: Meeting): Promise<number> {
  const rule = findAbsenceRule(desk)
  if (!rule || meeting.status !== 'held') return 0
  const judged = await judgeClass(desk, meeting)
  if (!judged.some(({ excuse }) => excuse === 'present')) return 0
  const days = desk.pack.penalties.appealWorkdays?.value ?? APPEAL_WORKDAYS
  const appealBy = desk.calendar.addWorkdays(desk.today, days).day
  let count = 0
  for (const { member, excuse } of judged) {
    if (excuse !== undefined) continue
    const absence = await insertAbsence(desk.db, {
      no: await nextNumber(desk.db, 'trainingAbsence'),
      meetingId: meeting.id,
      memberId: member.id,
      toldAt: desk.now,
      appealBy,
    })
    if (!absence) continue
    count += 1
    await desk.record('proposed', { type: 'trainingAbsence', id: absence.id }, { meeting: meeting.no })
    const what = `${renderStart(meeting)}的${nameOf(desk, meeting)}没有您的签到，也没有请假记录`
    const text = `【拟记旷工 ${absence.no}号】${what}。这还没有定：${formatDayShort(appealBy)}前回“申诉旷工${absence.no} 原因”，由有权批假的领导听了再定；到场忘签、临时出警都算理由。（依据：${rule.clause}）`
    await desk.say.toMember(member, text, {
      kind: 'training-absence',
      urgency: 'normal',
      subject: { type: 'trainingAbsence', id: absence.id },
    })
  }
  return count
}

/** Asks whoever decides the person's leave to decide this too. */
export async function askToDecide(desk: Desk, absence: TrainingAbsence): Promise<void> {
  const member = desk.roster.memberById(absence.memberId)
  const meeting = await findMeeting(desk.db, absence.meetingId)
  const approver = member && findApprover(desk, member)
  if (!member || !meeting || !approver) return
  const appeal = absence.appeal ? `\n申诉：${absence.appeal.reveal()}` : '\n本人没有申诉。'
  const text = `【待签认 旷工${absence.no}号】${member.name}，${renderStart(meeting)}${nameOf(desk, meeting)}未签到、无请假。${appeal}\n您签认才算数；不记也请回一声。`
  await desk.say.toMember(approver, text, {
    kind: 'training-absence',
    urgency: 'normal',
    subject: { type: 'trainingAbsence', id: absence.id },
    card: decisionCard(absence.no),
  })
}

function decisionCard(no: number): Card {
  return {
    title: `旷工${no}号`,
    buttons: [
      { key: 'drop', text: '不记', says: `不记旷工${no}` },
      { key: 'confirm', text: '签认', says: `签认旷工${no}` },
    ],
    ends: 'everybody',
  }
}
