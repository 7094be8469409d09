import { dayOf, formatMoment, timeOf } from '../policy/time.ts'
import { type CheckInRecord, insertCheckIn, listCheckIns } from '../storage/check-ins.ts'
import { findMessageByPlatformId, insertMessage, settleMessage } from '../storage/messages.ts'
import { voidRecord } from '../storage/records.ts'
import type { Member } from '../storage/roster.ts'
import type { Desk } from './desk.ts'

/** The platforms whose own attendance clock can be read. */
export type PunchChannel = 'dingtalk' | 'wecom'

/** One check point of the official clock that somebody has answered; those still open are no punches. */
export interface Punch {
  /** The check point, the same on every reading: a later reading of it replaces the earlier. */
  checkPoint: string
  /** Whose, by the platform's id. */
  platformId: string
  /** Absent for a punch on the way (外出打卡), of which only the remark is of use. */
  kind?: CheckInRecord['kind']
  /** The local day it counts for: a night shift's off belongs to the day before. */
  day: string
  at: number
  /** As the platform judged it by the person's own schedule. */
  result: CheckInRecord['result']
  place?: string
  /** What the person wrote beside a punch made elsewhere (外勤). */
  remark?: string
}

/** The part of a message's key that robots fill with their code. */
const ROBOT = 'attendance'
const BY = 'job:punch-import'

/**
 * Files a punch as a check-in, so that nobody clocks in twice. Its message row is the check point: a repeated reading changes nothing,
 * a changed one (an approved 补卡, a correction by the administrator) takes the place of the former.
 * Source: S0-25; the punch of somebody who answers from elsewhere is offered as a visit (expectations §2, outsideRemark)
 *
 * @returns whether a check-in was filed
 */
export async function filePunch(desk: Desk, channel: PunchChannel, member: Member, punch: Punch): Promise<boolean> {
  const { db, now } = desk
  const key = { channel, robot: ROBOT, platformId: punch.checkPoint }
  const stored = await insertMessage(db, {
    ...key,
    chatPlatformId: punch.platformId,
    chatKind: 'direct',
    senderPlatformId: punch.platformId,
    memberId: member.id,
    at: punch.at,
    receivedAt: now,
    text: punch.remark ?? '',
    detail: { mentions: [] },
  })
  const messageId = stored?.id ?? (await findMessageByPlatformId(db, key))?.id
  if (messageId === undefined) return false
  if (!stored && !(await dropFormer(desk, member, punch, messageId))) return false

  if (stored && punch.remark !== undefined) await offerVisit(desk, member, punch.at, punch.remark)
  const { kind, day, at, result, place } = punch
  if (!kind) return false
  const saved = await insertCheckIn(
    db,
    { memberId: member.id, day, kind, at, result, source: channel, place, messageId },
    now,
  )
  await desk.record('created', { type: 'checkIn', id: saved.id }, { kind, result, day, source: channel })
  await settleMessage(db, messageId, { intent: 'checkIn', slots: { kind }, status: 'handled' })
  return true
}

/** @returns false where the check-in that stands says the same, or its owner took it back: then that counts */
async function dropFormer({ db, now }: Desk, member: Member, punch: Punch, messageId: string): Promise<boolean> {
  const { day, at, result } = punch
  const own = await listCheckIns(db, { from: day, to: day, memberIds: [member.id], voided: true })
  const former = own.findLast(checkIn => checkIn.messageId === messageId)
  if (!former) return true
  if (former.at === at && former.result === result) return false
  if (!former.voided) await voidRecord(db, 'check_in', former.id, { at: now, by: BY })
  return true
}

/** Nothing is recorded unless the person says so: the button's words are the visit. */
async function offerVisit({ say }: Desk, member: Member, at: number, remark: string): Promise<void> {
  const [hour = '', minute = ''] = timeOf(at).split(':')
  const half = Number(hour) < 12 ? '上午' : '下午'
  // With its day: what is offered at night is pressed the next morning.
  const [, month = '', date = ''] = dayOf(at).split('-')
  await say.toMember(
    member,
    `您 ${formatMoment(at)} 的外勤打卡写着“${remark}”。要记成走访就点一下；不用记，不理就行。`,
    {
      kind: 'punch-visit',
      urgency: 'normal',
      card: {
        title: '外勤打卡',
        buttons: [
          {
            key: 'visit',
            text: '记成走访',
            says: `${Number(month)}月${Number(date)}日${half}${Number(hour)}点${Number(minute)}分走访 ${remark}`,
          },
        ],
      },
    },
  )
}
