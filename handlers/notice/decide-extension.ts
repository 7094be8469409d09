import {
  findExtension,
  findExtensionNumbered,
  listExtensions,
  type NoticeExtension,
  settleExtension,
} from '../../storage/notice-extensions.ts'
import { extendReceipts, listReceivers } from '../../storage/notice-receivers.ts'
import { getNotice, type Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import type { SlotsOf } from '../slots.ts'
import { isIssuer, issuersOf } from './close.ts'
import { nameNotice, nameState, renderDue } from './words.ts'

/** 申请 tells a notice's extension from an incident's (`同意延期 #9`). */
const NO = '申请\\s*(?:第|#|＃)?\\s*(\\d{1,6})\\s*号?'
const DECIDE = new RegExp(
  `^\\s*(?:(同意|批准|准)延期${NO}|(不同意|不准|不批|退回|驳回)延期${NO}|延期${NO}\\s*(?:(同意|批准|准)|(不同意|不准|不批|退回|驳回)))[，,。：:；;\\s]*([\\s\\S]*)$`,
  'u',
)
const states: Record<NoticeExtension['status'], string> = {
  pending: '待批',
  granted: '已同意',
  refused: '未同意',
  withdrawn: '已撤回',
}

interface Wish {
  no: number
  grants: boolean
  reason?: string
}

/** The issuing office grants a grid more time, or refuses with the reason. Nobody decides what they asked for themselves. */
export const decideExtensionCommand: Command = {
  name: 'decideExtension',
  matches: DECIDE,
  who: 'draftNotice',
  dialog: { as: 'office', turns: [['同意延期申请3号', '没有3号延期申请']] },
  async run(ctx) {
    const wish = readWish(ctx.text)
    const extension = await findExtensionNumbered(ctx.db, wish.no)
    if (!extension) return refuse('unknown-number', `没有${wish.no}号延期申请。`)
    return decideExtension(ctx, extension, wish)
  },
}

/** An extension that waits for somebody's word, with its notice. */
export interface WaitingExtension {
  extension: NoticeExtension
  notice: Notice
}

export async function listWaitingExtensions(desk: Desk, member: Member): Promise<WaitingExtension[]> {
  const waiting: WaitingExtension[] = []
  for (const extension of await listExtensions(desk.db, { status: 'pending' })) {
    const notice = await getNotice(desk.db, extension.noticeId)
    if (issuersOf(desk, notice).some(({ id }) => id === member.id)) waiting.push({ extension, notice })
  }
  return waiting
}

/** `1号延期（12号提示单《消防检查》延到12月8日（周二）24:00前）`. */
export function nameWaitingExtension({ extension, notice }: WaitingExtension): string {
  return `${extension.no}号延期（${nameNotice(notice)}延到${renderDue(extension.due)}）`
}

/** 同意, 1号延期同意: the only extension that waits for the speaker, or the one of that number; of a 提示单 told, its notice's. */
export async function decideWaitingExtension(
  ctx: Ctx,
  { no, target, decision, reason }: SlotsOf['decide'],
): Promise<Answer | undefined> {
  if (decision !== 'approve' && decision !== 'reject') return undefined
  if (target !== undefined && target !== 'notice') return undefined
  const fitting = (await listWaitingExtensions(ctx, ctx.actor)).filter(
    ({ extension, notice }) => no === undefined || no === (target === 'notice' ? notice.no : extension.no),
  )
  const [only] = fitting
  if (!only) return undefined
  if (fitting.length > 1) {
    const names = fitting.map(nameWaitingExtension).join('\n')
    return refuse('which', `等您批的延期有${fitting.length}件，请回“同意延期申请几号”：\n${names}`, { private: true })
  }
  return decideExtension(ctx, only.extension, { grants: decision === 'approve', reason })
}

function readWish(text: string): Wish {
  const [, granted, first, , second, third, grants, , words = ''] = DECIDE.exec(text.normalize('NFKC'))!
  const reason = words.replace(/^(?:原因|理由)(?:是|[:：])?\s*/u, '').trim()
  const no = Number(first ?? second ?? third)
  return { no, grants: granted !== undefined || grants !== undefined, reason: reason || undefined }
}

export async function decideExtension(
  ctx: Ctx,
  extension: NoticeExtension,
  { grants, reason }: Pick<Wish, 'grants' | 'reason'>,
): Promise<Answer> {
  const { db, actor, at, pack } = ctx
  const notice = await getNotice(db, extension.noticeId)
  const name = `${extension.no}号延期（${nameNotice(notice)}）`
  const { clause } = pack.notice.chain
  if (extension.memberId === actor.id)
    return refuse('own-request', `${name}是您自己申请的，要由别人批（依据：${clause}）。`)
  if (!isIssuer(ctx, notice))
    return refuse('not-yours', `${name}由发文单位${notice.office ?? ''}批（依据：${clause}），没有改动。`)
  if (notice.status !== 'broadcast')
    return refuse('wrong-state', `${name}：${nameNotice(notice)}${nameState(notice)}，没有改动。`)
  if (!grants && reason === undefined) {
    return refuse('no-reason', `不同意请写一句原因，如“不同意延期申请${extension.no}号 上级当日要数”。`, {
      private: true,
    })
  }
  const status = grants ? 'granted' : 'refused'
  const settled = await settleExtension(db, extension.id, { status, by: actor.id, at, reason })
  if (!settled) return refuse('wrong-state', `${name}${states[extension.status]}，没有改动。`)
  await ctx.record(status, { type: 'noticeExtension', id: extension.id }, { reason })
  if (grants) await extendReceipts(db, { noticeId: notice.id, gridId: extension.gridId, due: extension.due })
  await tellGrid(ctx, settled, name)
  const grid = ctx.roster.gridById(extension.gridId)?.name ?? ''
  return answer(grants ? `${name}已同意：${grid}${renderDue(extension.due)}。` : `${name}没有同意，原因已转告。`)
}

/** Whoever asked, and the others of the grid who have not finished: their day moved too. */
async function tellGrid(ctx: Ctx, extension: NoticeExtension, name: string): Promise<void> {
  const { db, roster, say, actor } = ctx
  const granted = extension.status === 'granted'
  const why = extension.decisionReason ? `：${extension.decisionReason.reveal()}` : ''
  const text = granted
    ? `${name}${actor.name}已同意${why}，时间节点改为${renderDue(extension.due)}。`
    : `${name}${actor.name}没有同意${why}，仍按原时间办。`
  const rows = await listReceivers(db, [extension.noticeId])
  const others = rows
    .filter(row => row.gridId === extension.gridId && row.doneAt === undefined)
    .map(row => row.memberId)
  const told = new Set([extension.memberId, ...(granted ? others : [])])
  for (const memberId of told) {
    const member = roster.memberById(memberId)
    const subject = { type: 'noticeExtension', id: extension.id }
    if (member) await say.toMember(member, text, { kind: 'notice-extension', urgency: 'normal', subject })
  }
}

/** Taken back while nobody decided. */
export const undoableExtension: Undoable = {
  async describe({ db }, id) {
    const found = await findExtension(db, id)
    return found && found.status !== 'withdrawn' ? `${found.no}号延期申请` : undefined
  },
  async undo({ db, actor, at }, id) {
    const found = await findExtension(db, id)
    const settled = await settleExtension(db, id, { status: 'withdrawn', by: actor.id, at })
    return settled
      ? undefined
      : refuse('in-other-hands', `${found?.no}号延期${states[found?.status ?? 'pending']}，不能撤销。`)
  },
}
