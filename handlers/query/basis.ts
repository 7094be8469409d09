import { dayOf } from '../../policy/time.ts'
import { findIncident } from '../../storage/incidents.ts'
import { findNoticeNumbered } from '../../storage/notices.ts'
import { loadPackVersion } from '../../storage/packs.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'

/** A notice (`提示单12`, `12号提示单`) or an incident (`事件3`, `3号事件`, `#3`). */
export const RECORD = /(?:提示单\s*#?(\d+)|#?(\d+)\s*号?提示单|事件\s*#?(\d+)|#?(\d+)\s*号?事件|#(\d+))/

/** Under which version of which document a record was judged: the one of its day, whatever came later. Source: S0-37 */
export async function tellBasis(ctx: Ctx): Promise<Answer> {
  const [, noticeAfter, noticeBefore, ...incident] = RECORD.exec(ctx.text.normalize('NFKC')) ?? []
  const noticeNo = noticeAfter ?? noticeBefore
  const no = Number(noticeNo ?? incident.find(Boolean))
  const notice = noticeNo ? await findNoticeNumbered(ctx.db, no) : undefined
  const at = noticeNo ? notice?.draftedAt : (await findIncident(ctx.db, no))?.reportedAt
  const name = noticeNo ? `${no}号提示单` : `事件 #${no}`
  if (at === undefined) return refuse('unknown-record', `没有${name}，请核对编号。`)

  const day = dayOf(at)
  const { pack, from } = await loadPackVersion(ctx.db, day)
  const limit = pack.sla.find(({ value }) => value.stage === 'resolve') ?? pack.actions.reportIncident
  const { rule, clause } = noticeNo ? pack.notice.cutoff : limit
  const judged = `${name}（${day}）按《${pack.title}》版本${pack.version}办理，这一版自${from}起施行，以后改了也不影响它。`
  return answer(`${judged}\n${rule}：${clause}`)
}
