import type { Notice } from '../../storage/notices.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { findOneNamed, isAnswer, NOTICE_NO } from './notice-number.ts'
import { sendAttachments } from './say-attachments.ts'
import { nameNotice, nameState } from './words.ts'

const DOCUMENT = new RegExp(`^\\s*${NOTICE_NO}(?:的)?\\s*(?:文档|文件|[wW]ord|WORD|docx|打印稿)\\s*[。.]?\\s*$`)
const ATTACHMENTS = new RegExp(`^\\s*${NOTICE_NO}(?:的)?\\s*附件\\s*[。.]?\\s*$`)

/** `提示单12 文档`: the sheet in the office's form, as a Word document, in private. */
export const documentCommand: Command = {
  name: 'noticeDocument',
  matches: DOCUMENT,
  who: 'anyMember',
  dialog: { as: 'office', turns: [['提示单12 文档', '没有12号提示单']] },
  async run(ctx) {
    const notice = await findReadable(ctx, DOCUMENT)
    if (isAnswer(notice)) return notice
    const attachment = { kind: 'notice-document', data: { noticeIds: [notice.id] } }
    return answer(`${nameNotice(notice)}的文档`, { kind: 'notice-document', attachment, private: true })
  },
}

/** `提示单12 附件`: what travels with a notice once more, for whoever could not open it in the group. */
export const attachmentCommand: Command = {
  name: 'noticeAttachments',
  matches: ATTACHMENTS,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['提示单12 附件', '没有12号提示单']] },
  async run(ctx) {
    const notice = await findReadable(ctx, ATTACHMENTS)
    if (isAnswer(notice)) return notice
    const sent = await sendAttachments(ctx, ctx.actor, notice)
    if (sent === 0) return answer(`${nameNotice(notice)}没有附件。`)
    return answer(`${nameNotice(notice)}的${sent}个附件已私发给您。`, { private: true })
  },
}

/** Before it has gone out a notice is the affair of those who draft, approve and send. */
async function findReadable(ctx: Ctx, matches: RegExp): Promise<Notice | Answer> {
  const notice = await findOneNamed(ctx, matches.exec(ctx.text) ?? [])
  if (isAnswer(notice)) return notice
  const isOpen = notice.broadcastAt !== undefined || notice.drafterId === ctx.actor.id || ctx.may('queryStreet')
  return isOpen ? notice : refuse('not-broadcast', `${notice.no}号提示单${nameState(notice)}，下发后再看。`)
}
