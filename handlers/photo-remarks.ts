import { dayOf, formatDayShort } from '../policy/time.ts'
import { findIncidentOfMessage } from '../storage/incident-sources.ts'
import { findIncidentById } from '../storage/incidents.ts'
import { findMessage, type StoredMessage } from '../storage/messages.ts'
import { listOutboxOfSubject } from '../storage/outbox.ts'
import { findPhoto, findSamePhoto } from '../storage/photos.ts'
import type { Desk } from './desk.ts'
import { tellWriter } from './incident/feedback.ts'

const OPTIONS = { kind: 'photo-remark', urgency: 'normal' } as const

/** A picture that cannot be opened: its sender hears it once for a message, in private; what was written beside it stands. */
export async function remarkOnFailedPhoto(desk: Desk, photoId: string): Promise<void> {
  const photo = await findPhoto(desk.db, photoId)
  const message = photo && (await findMessage(desk.db, photo.messageId))
  if (!message) return
  await tellSender(desk, message, '您刚发的图片打不开，没有存下；文字已经记好。需要的话请换一张再发。')
}

/**
 * The very picture of an earlier message: the sender alone is asked whether it was a slip. Nothing is taken off and nobody else hears of it.
 * Source: S3A-15 (不准弄虚作假: flagged to the person first)
 */
export async function remarkOnSamePhoto(desk: Desk, photoId: string, sha256: string): Promise<void> {
  const { db } = desk
  const photo = await findPhoto(db, photoId)
  const message = photo && (await findMessage(db, photo.messageId))
  const earlier = message && (await findSamePhoto(db, { sha256, messageId: message.id }))
  if (!earlier) return
  await desk.record('photoRepeated', { type: 'message', id: message.id }, { earlier: earlier.messageId })
  // Somebody outside the roster is marked for nothing, and other people's cases are not theirs to hear of.
  if (message.memberId === undefined) return
  const incidentId = await findIncidentOfMessage(db, earlier.messageId)
  const no = incidentId && (await findIncidentById(db, incidentId))?.no
  const first = await findMessage(db, earlier.messageId)
  const isOwn = first?.memberId === message.memberId
  const day = dayOf(earlier.at)
  const when = `${day === desk.today ? '今天早些时候' : formatDayShort(day)}${isOwn ? '' : '有人'}发过${no ? `（事件 #${no}）` : ''}`
  await tellSender(
    desk,
    message,
    `您刚发的照片${when}，一模一样，是否误发？发错了重发一张就行；这只是提醒，不影响任何评分。`,
  )
}

/** One remark a message, however many pictures it brought. */
async function tellSender(desk: Desk, message: StoredMessage, text: string): Promise<void> {
  const said = await listOutboxOfSubject(desk.db, { type: 'message', id: message.id })
  if (said.some(({ kind }) => kind === OPTIONS.kind)) return
  const member = desk.roster.memberById(message.memberId ?? '')
  const options = { ...OPTIONS, subject: { type: 'message', id: message.id } }
  if (member) await desk.say.toMember(member, text, options)
  else await tellWriter(desk, message, text, options)
}
