import { insertExtension, listExtensions, type NoticeExtension } from '../../storage/notice-extensions.ts'
import { findNotice, type Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import { nextNumber } from '../../storage/settings.ts'
import { type Answer, answer, ask, type Command, type Ctx, refuse } from '../handler.ts'
import { listAbsent } from '../leave/absent.ts'
import { type Addressed, dueOf, findAddressed, refuseNotAddressed } from './addressed.ts'
import { issuersOf } from './close.ts'
import { findNamedNotices, NOTICE_BEFORE, NOTICE_BEHIND } from './named.ts'
import { dueAtOf, nameNotice, renderDue } from './words.ts'

/** What is still open of a wish for more time. */
export interface ExtensionDraft {
  kind: 'extension'
  noticeId: string
  due?: string
  reason?: string
}

const ASK = new RegExp(`^\\s*(?:申请)?(?:延期\\s*${NOTICE_BEHIND}|${NOTICE_BEFORE}\\s*(?:申请|想|要)?延期)`, 'u')
const UNTIL =
  /^\s*(?:延期)?\s*[到至]?\s*[^\s，,。；;]*?(?:[周月日号天点]|\d{1,2}:\d{2})[一二三四五六日天末底]?(?:\d{1,2}[日号])?(?:\d{1,2}:\d{2}|[上下]午(?:\d{1,2}点)?)?(?:前|之前)?/u
const BECAUSE = /^[\s，,。；;：:]*(?:原因|理由|因为|由于|因)?(?:是|[:：])?\s*/u

/**
 * A grid asks for more time on a notice, with the reason; the issuing office decides. Until then the day stands.
 * Source: issue "task notices" part 4; S3B-07 (如特殊情况…应当及时注明原因)
 */
export const askExtensionCommand: Command = {
  name: 'askExtension',
  matches: ASK,
  who: 'reportProgress',
  dialog: { as: 'leader', turns: [['延期提示单12 到12月8日 租户不在家', '没有12号提示单']] },
  async run(ctx, { when }) {
    const words = ctx.text.normalize('NFKC')
    const [head, behind, before] = ASK.exec(words)!
    const said = (behind ?? before)!
    const [notice] = await findNamedNotices(ctx, said)
    const own = await findAddressed(ctx, notice)
    if (!own) return refuseNotAddressed(ctx, notice?.no ?? Number(said.split('-')[0]))
    return complete(ctx, own, when, readReason(words.slice(head.length)))
  },
}

/** What stands behind the new day: `到周五，租户不在家` → 租户不在家. */
function readReason(words: string): string | undefined {
  const reason = words.replace(UNTIL, '').replace(BECAUSE, '').trim()
  return reason.length >= 2 ? reason : undefined
}

/** The answer to 延到哪天 or 什么原因. */
export async function resumeExtension(
  ctx: Ctx,
  { noticeId, due, reason }: ExtensionDraft,
  when: string | undefined,
): Promise<Answer | undefined> {
  const own = await findAddressed(ctx, await findNotice(ctx.db, noticeId))
  if (!own) return undefined
  const words = ctx.text.normalize('NFKC').trim()
  if (due === undefined) return when === undefined ? undefined : complete(ctx, own, when, reason ?? readReason(words))
  return complete(ctx, own, due, words.replace(BECAUSE, ''))
}

async function complete(
  ctx: Ctx,
  own: Addressed,
  due: string | undefined,
  reason: string | undefined,
): Promise<Answer> {
  const { notice, receipt } = own
  const refused = await refuseState(ctx, own)
  if (refused) return refused
  const standing = dueOf(own)
  const draft: ExtensionDraft = { kind: 'extension', noticeId: notice.id, due, reason }
  if (!due) return ask('reportProgress', draft, `${nameNotice(notice)}想延到哪天？回个日期，如“下周三”。`)
  if (dueAtOf(due) <= ctx.at || (standing !== undefined && dueAtOf(due) <= dueAtOf(standing))) {
    const { clause } = ctx.pack.notice.parts
    const now = standing ? `，现在的时间节点是${renderDue(standing)}` : ''
    return refuse('not-later', `${renderDue(due)}不比原来晚${now}（依据：${clause}），没有改动。请说一个更晚的日期。`)
  }
  if (!reason?.trim())
    return ask('reportProgress', draft, `${nameNotice(notice)}延期要写明原因，回一句就行，如“租户不在家”。`)
  const extension = await insertExtension(ctx.db, {
    no: await nextNumber(ctx.db, 'extension'),
    noticeId: notice.id,
    gridId: receipt.gridId,
    memberId: ctx.actor.id,
    due,
    reason: reason.trim(),
    askedAt: ctx.at,
    messageId: ctx.message.id,
  })
  await ctx.record('created', { type: 'noticeExtension', id: extension.id })
  const deciders = await listDeciders(ctx, notice)
  for (const decider of deciders) await tellDecider(ctx, decider, notice, extension)
  const names = deciders.map(({ name }) => name).join('、')
  return answer(`${extension.no}号延期已报${names}：${nameNotice(notice)}延到${renderDue(due)}；批准前仍按原时间。`)
}

async function refuseState(ctx: Ctx, { notice, receipt }: Addressed): Promise<Answer | undefined> {
  const name = nameNotice(notice)
  if (notice.status === 'closed') return refuse('closed', `${name}已办结，不用延期。`)
  if (receipt.doneAt !== undefined) return refuse('done', `${name}您已报完成，不用延期。`)
  if (!notice.due) return refuse('no-due', `${name}没有时间节点，不用延期。`)
  const pending = await listExtensions(ctx.db, { noticeId: notice.id, status: 'pending' })
  const same = pending.find(({ gridId }) => gridId === receipt.gridId)
  return (
    same && refuse('already-asked', `${name}本网格已有${same.no}号延期在等批（${renderDue(same.due)}），没有再记。`)
  )
}

/** The issuing office; whoever of it is on leave only where nobody else is left. Nobody decides for themselves. */
async function listDeciders(ctx: Ctx, notice: Notice): Promise<Member[]> {
  const absent = await listAbsent(ctx)
  const issuers = issuersOf(ctx, notice).filter(({ id }) => id !== ctx.actor.id)
  const present = issuers.filter(({ id }) => !absent.has(id))
  if (present.length > 0) return present
  const office = ctx.roster.members.filter(
    member =>
      !absent.has(member.id) &&
      member.id !== ctx.actor.id &&
      issuersOf(ctx, { drafterId: '', office: notice.office }).includes(member),
  )
  return office.length > 0 ? office : issuers
}

async function tellDecider(ctx: Ctx, decider: Member, notice: Notice, extension: NoticeExtension): Promise<void> {
  const { roster, actor, say } = ctx
  const { no, due, reason, gridId, id } = extension
  const grid = roster.gridById(gridId)?.name ?? ''
  const before = notice.due ? `原定${renderDue(notice.due)}，` : ''
  const text = `【延期申请】${no}号，${grid}${actor.name}：${nameNotice(notice)}${before}想延到${renderDue(due)}。\n原因：${reason.reveal()}`
  await say.toMember(decider, text, {
    kind: 'notice-extension',
    urgency: 'normal',
    subject: { type: 'noticeExtension', id },
    card: {
      title: `${no}号 延期申请`,
      buttons: [
        { key: 'grant', text: '同意延期', says: `同意延期申请${no}号` },
        { key: 'refuse', text: '不同意', says: `不同意延期申请${no}号` },
      ],
      ends: 'everybody',
    },
  })
}
