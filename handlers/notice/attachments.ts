import { listMessageFiles, type MessageFile } from '../../storage/message-files.ts'
import { insertNoticeAttachments, type NoticeAttachment } from '../../storage/notice-attachments.ts'
import type { Notice } from '../../storage/notices.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'

/** Pictures and documents of the message travel with the notice. The document it was drafted from is the notice itself. */
export async function attachMedia({ db, at, message }: Ctx, notice: Notice): Promise<void> {
  const photos = await listPhotosOfMessages(db, [message.id])
  const files = (await listMessageFiles(db, message.id)).filter(file => !isReadable(file))
  const media: NoticeAttachment[] = [
    ...photos.map(({ id }) => ({ photoId: id })),
    ...files.map(({ id }) => ({ fileId: id })),
  ]
  await insertNoticeAttachments(db, notice.id, media, at)
}

/** A document whose words can be taken over; one without a name may be. */
export function isReadable({ name }: Pick<MessageFile, 'name'>): boolean {
  return /\.docx$/i.test(name) || !name.includes('.')
}

/** Where the notice stands in a document that is still on its way; undefined where there is none. */
export async function waitForDocument({ db, message }: Ctx): Promise<Answer | undefined> {
  const waiting = (await listMessageFiles(db, message.id)).find(file => isReadable(file) && file.state === 'pending')
  return waiting && answer(`收到《${waiting.name}》，正在读，读好就接着起草，您不用再发。`)
}
