import { findMessageFile } from '../../storage/message-files.ts'
import { listNoticeAttachments } from '../../storage/notice-attachments.ts'
import type { Notice } from '../../storage/notices.ts'
import type { Attachment, Urgency } from '../../storage/outbox.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import type { Destination } from './destinations.ts'
import { nameNotice } from './words.ts'

/** What travels with the notices, one text each, behind the sheet. */
export async function sayAttachments(
  desk: Desk,
  place: Destination,
  notices: readonly Notice[],
  urgency: Urgency,
): Promise<void> {
  for (const notice of notices) {
    for (const { text, attachment } of await describeAttachments(desk, notice)) {
      const spoken = { kind: 'notice-file', urgency, attachment, subject: { type: 'notice', id: notice.id } }
      if ('member' in place) await desk.say.toMember(place.member, text, spoken)
      else if (place.group) await desk.say.toGroup(place.group, text, spoken)
    }
  }
}

/** The same again for one person, who asked for it. @returns how many */
export async function sendAttachments(desk: Desk, member: Member, notice: Notice): Promise<number> {
  const described = await describeAttachments(desk, notice)
  for (const { text, attachment } of described) {
    await desk.say.toMember(member, text, { kind: 'notice-file', urgency: 'answer', attachment })
  }
  return described.length
}

async function describeAttachments({ db }: Desk, notice: Notice): Promise<{ text: string; attachment: Attachment }[]> {
  const described: { text: string; attachment: Attachment }[] = []
  for (const { photoId, fileId } of await listNoticeAttachments(db, notice.id)) {
    if (photoId !== undefined) {
      described.push({ text: `${nameNotice(notice)}附图`, attachment: { kind: 'photo', data: { photoId } } })
      continue
    }
    const file = await findMessageFile(db, fileId)
    if (!file || file.state === 'failed') continue
    described.push({
      text: `${nameNotice(notice)}附件《${file.name}》`,
      attachment: { kind: 'file', data: { fileId } },
    })
  }
  return described
}
