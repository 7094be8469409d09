import type { Desk } from '../../handlers/desk.ts'
import { markOf } from '../../handlers/notice/sheet-words.ts'
import { nameTargets, renderCycle, renderDue } from '../../handlers/notice/words.ts'
import { dayOf } from '../../policy/time.ts'
import { maskNumbers } from '../../storage/masking.ts'
import { findMessageFile } from '../../storage/message-files.ts'
import { listApprovals, type NoticeApproval } from '../../storage/notice-approvals.ts'
import { listNoticeAttachments } from '../../storage/notice-attachments.ts'
import { findNotice, type Notice } from '../../storage/notices.ts'

/** One notice as the office's form shows it; what is not there is an empty text. */
export interface SheetPage {
  street: string
  /** `第12号`. */
  number: string
  title: string
  /** Of the day it went out, else of the signature or the draft: `2026年11月18日`. */
  date: string
  office: string
  /** `加急、顺延`. */
  marks: string
  /** The four parts and the targets, by the names the document gives them. */
  rows: { name: string; words: string }[]
  attachments: string
  drafter: string
  reviewer: string
  signer: string
}

/**
 * The notices as pages of one sheet, in the order asked.
 *
 * @param masked for a group: identity and telephone numbers are hidden
 */
export async function describeSheet(
  desk: Pick<Desk, 'db' | 'roster' | 'pack'>,
  noticeIds: readonly string[],
  { masked }: { masked: boolean },
): Promise<SheetPage[]> {
  const approvals = await listApprovals(desk.db, noticeIds)
  const pages: SheetPage[] = []
  for (const id of noticeIds) {
    const notice = await findNotice(desk.db, id)
    if (!notice) continue
    const steps = approvals.filter(({ noticeId }) => noticeId === id)
    pages.push(await describePage(desk, notice, steps, masked ? maskNumbers : text => text))
  }
  return pages
}

async function describePage(
  desk: Pick<Desk, 'db' | 'roster' | 'pack'>,
  notice: Notice,
  steps: readonly NoticeApproval[],
  show: (text: string) => string,
): Promise<SheetPage> {
  const { pack, roster } = desk
  const names = pack.notice.parts.value
  const rows = [
    { name: names.content, words: notice.content ?? '' },
    { name: names.requirement, words: notice.requirement ?? '' },
    { name: names.due, words: notice.due ? renderDue(notice.due) : '' },
    { name: names.appraisal, words: notice.appraisal ?? '' },
    { name: '周期', words: renderCycle(notice) ?? '' },
    { name: '下发范围', words: nameTargets(roster, notice) },
  ]
  return {
    street: roster.street.name,
    number: `第${notice.no}号`,
    title: show(notice.title ?? ''),
    date: spellDay(notice.broadcastAt ?? notice.signedAt ?? notice.draftedAt),
    office: notice.office ?? '',
    marks: (await markOf(desk, notice)).join('、'),
    rows: rows.map(({ name, words }) => ({ name, words: show(words) })).filter(({ words }) => words !== ''),
    attachments: await nameAttachments(desk, notice),
    drafter: roster.memberById(notice.drafterId)?.name ?? '',
    reviewer: nameStep(desk, steps, 'approve'),
    signer: nameStep(desk, steps, 'sign'),
  }
}

function spellDay(at: number): string {
  const [year, month, date] = dayOf(at).split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Who took the step last; `陈晓（代方正）` where somebody stood in. */
function nameStep({ roster }: Pick<Desk, 'roster'>, steps: readonly NoticeApproval[], decision: string): string {
  const step = steps.findLast(one => one.decision === decision)
  if (!step) return ''
  const by = roster.memberById(step.byId)?.name ?? ''
  const away = step.forId === undefined ? undefined : roster.memberById(step.forId)
  return away ? `${by}（代${away.name}）` : by
}

async function nameAttachments({ db }: Pick<Desk, 'db'>, { id }: Notice): Promise<string> {
  const attached = await listNoticeAttachments(db, id)
  const fileIds = attached.flatMap(({ fileId }) => fileId ?? [])
  const files = await Promise.all(fileIds.map(fileId => findMessageFile(db, fileId)))
  const names = files.flatMap(file => (file ? [`《${file.name}》`] : []))
  const photos = attached.filter(({ photoId }) => photoId !== undefined).length
  return [...names, ...(photos > 0 ? [`图片${photos}张`] : [])].join('、')
}
