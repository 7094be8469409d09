import { listReceivers } from '../../storage/notice-receivers.ts'
import { moveNotice } from '../../storage/notices.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { reportProgress } from '../progress.ts'
import { isIssuer } from './close.ts'
import { findNamedNotices, NOTICE_BEHIND } from './named.ts'
import { nameNotice, nameState } from './words.ts'

const CLOSE = new RegExp(`^\\s*(?:办结|关闭|结束)\\s*${NOTICE_BEHIND}\\s*[。.]?\\s*$`, 'u')

/** The issuing office closes what it issued: nobody is reminded of it any more. From a receiver the same words report completion. */
export const closeCommand: Command = {
  name: 'closeNotice',
  matches: CLOSE,
  who: 'anyMember',
  dialog: { as: 'leader', turns: [['办结提示单12', '没有12号提示单']] },
  async run(ctx) {
    const { db, at, pack } = ctx
    const said = CLOSE.exec(ctx.text.normalize('NFKC'))![1]!
    const [notice] = await findNamedNotices(ctx, said)
    if (!notice) return refuse('unknown-number', `没有${said}号提示单。`)
    if (!isIssuer(ctx, notice)) {
      const { clause } = pack.notice.chain
      const noted = await reportProgress.run(ctx, { no: notice.no, done: true })
      return noted ?? refuse('not-yours', `${nameNotice(notice)}由发文单位办结（依据：${clause}），没有改动。`)
    }
    const closed = await moveNotice(db, notice.id, 'broadcast', { status: 'closed', closedAt: at })
    if (!closed) return refuse('wrong-state', `${nameNotice(notice)}${nameState(notice)}，不能办结，没有改动。`)
    await ctx.record('closed', { type: 'notice', id: notice.id }, { by: 'office' })
    const rows = await listReceivers(db, [notice.id])
    const open = rows.filter(({ doneAt }) => doneAt === undefined).length
    const rest = open > 0 ? `还有${open}人没报完成，不再催办` : '全部已完成'
    return answer(`${nameNotice(notice)}已办结（${rows.length - open}/${rows.length}人完成，${rest}）。`)
  },
}
