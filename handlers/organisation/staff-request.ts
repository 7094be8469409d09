import { gridsOf, type Member, rolesOn } from '../../storage/roster.ts'
import {
  findStaffRequest,
  insertStaffRequest,
  listPendingRequests,
  type StaffRequest,
  settleStaffRequest,
} from '../../storage/staff-requests.ts'
import { chooseGrid } from '../grids.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { findApprover } from '../leave/approver.ts'
import { leadersOf } from '../presence/leaders.ts'

const RESIGN =
  /^\s*(?:我?[要想]?申请辞职|我[要想]辞职|辞职(?:申请|报告)?(?=$|[\s,，:：。]))了?[\s,，:：。]*(?:(?:原因|因为)[:：]?\s*)?([\s\S]{0,200}?)\s*$/u
/** Somebody wants to know about it first. */
const ASKS = /[?？吗呢]\s*[。]?$|^的|怎么|如何|什么|多久|流程|手续|程序|规定/u
const POST = /^\s*申请增员[\s,，:：]*([\s\S]{2,200}?)\s*$/u
const DECIDE =
  /^\s*(不?同意|批准|驳回|退回)\s*(?:第?\s*[#＃]?(\d{1,6})\s*号?\s*)?(辞职|增员)(?:申请)?\s*[#＃]?(\d{1,6})?\s*号?(?:[\s,，:：]+([\s\S]{1,200}?))?\s*[。]?\s*$/u

const names: Record<StaffRequest['kind'], string> = { resign: '辞职申请', post: '增员申请' }

/** A right of the document: the own leader is told, one named person decides. Source: S4E-12 (申请辞职) */
export const resignCommand: Command = {
  name: 'resign',
  matches: RESIGN,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['申请辞职 回老家照顾父母', '已记1号辞职申请']] },
  async run(ctx) {
    if (ctx.chat.kind === 'group') {
      return refuse('private-only', '辞职请私聊我写“申请辞职 原因”，不在群里办；没有记录。', { private: true })
    }
    const reason = RESIGN.exec(ctx.text)?.[1] || undefined
    if (ASKS.test(ctx.text) || ASKS.test(reason ?? '')) {
      const text = '要辞职请私聊我写“申请辞职 原因”，我转给上级答复，答复前可以撤销；现在没有记录。'
      return refuse('only-asked', text, { private: true })
    }
    const [pending] = (await listPendingRequests(ctx.db, { memberId: ctx.actor.id })).filter(
      ({ kind }) => kind === 'resign',
    )
    if (pending) return refuse('repeated', `您的${pending.no}号辞职申请已在等${nameOf(ctx, pending.approverId)}答复。`)
    const approver = findApprover(ctx, ctx.actor)
    if (!approver) return refuse('no-approver', '名册里没有可以答复您辞职的人，请直接找上级。')
    const clause = ctx.pack.lists.find(({ value }) => value.key === 'rights')?.clause
    const request = await file(ctx, { kind: 'resign', text: reason, approver })
    for (const leader of leadersOf(ctx, ctx.actor, ctx.today)) {
      if (leader.id === approver.id) continue
      await ctx.say.toMember(
        leader,
        `${ctx.actor.name}申请辞职，已请${approver.name}答复，请留意工作衔接。`,
        said(request),
      )
    }
    return answer(
      `已记${request.no}号辞职申请，已转${approver.name}答复；答复前工作照常。${clause ? `（依据：${clause}）` : ''}`,
      { private: true },
    )
  },
}

/** One more worker for a grid, to be approved by 乡镇（街道）. Source: S4E-07 (由行政村报乡镇人民政府审批) */
export const askPostCommand: Command = {
  name: 'askPost',
  matches: POST,
  who: 'manageStaff',
  dialog: { as: 'communityLead', turns: [['申请增员 3网格 网格员1名 住户增加', '已记1号增员申请']] },
  async run(ctx) {
    const text = POST.exec(ctx.text)?.[1]
    const approver = findLeader(ctx, ctx.actor.id)
    if (!approver) return refuse('no-approver', '名册里没有可以审批的街道（乡镇）领导，请先补全名册。')
    const grid = chooseGrid(ctx)
    const request = await file(ctx, {
      kind: 'post',
      text,
      approver,
      gridId: 'found' in grid ? grid.found.id : undefined,
    })
    return answer(`已记${request.no}号增员申请，已转${approver.name}审批，结果会告诉您。`, { private: true })
  },
}

/** A decision is a person's, recorded with its reason. */
export const decideRequestCommand: Command = {
  name: 'decideStaffRequest',
  matches: DECIDE,
  who: 'anyMember',
  dialog: { as: 'communityLead', turns: [['同意辞职 #1', '没有1号辞职申请']] },
  async run(ctx) {
    const [, wish, before, word, after, reason] = DECIDE.exec(ctx.text.normalize('NFKC')) ?? []
    const kind = word === '辞职' ? 'resign' : 'post'
    const no = Number(before ?? after)
    if (!no) return refuse('no-number', `请写明几号，如“同意${word} #1”。`, { private: true })
    const request = await findStaffRequest(ctx.db, { no })
    if (!request || request.kind !== kind)
      return refuse('unknown-number', `没有${no}号${names[kind]}。`, { private: true })
    const decider = deciderOf(ctx, request)
    if (decider?.id !== ctx.actor.id) {
      const text = `${no}号${names[kind]}由${decider?.name ?? '别人'}答复，没有改动。`
      return refuse('not-yours', text, { private: true })
    }
    return decideRequest(ctx, request, /^(?:同意|批准)/u.test(wish!), reason)
  },
}

async function decideRequest(ctx: Ctx, request: StaffRequest, approved: boolean, reason?: string): Promise<Answer> {
  const { db, at, actor, roster, say } = ctx
  const name = `${request.no}号${names[request.kind]}`
  if (!approved && !reason)
    return refuse(
      'no-reason',
      `不同意请写原因，如“不同意${request.kind === 'resign' ? '辞职' : '增员'} #${request.no} 原因……”。`,
    )
  const status = approved ? 'approved' : 'rejected'
  const settled = await settleStaffRequest(db, request.id, { status, by: actor.id, at, reason })
  if (!settled) return refuse('wrong-state', `${name}已经有了结果，没有改动。`, { private: true })
  await ctx.record(status, { type: 'staffRequest', id: request.id }, { reason })
  const asker = roster.memberById(request.memberId)
  const why = reason ? `：${reason}` : ''
  const next = approved && request.kind === 'resign' ? '。离岗日期和交接请与其商定' : ''
  if (asker)
    await say.toMember(
      asker,
      `您的${name}，${actor.name}${approved ? '已同意' : '没有同意'}${why}${next}。`,
      said(request),
    )
  const handOver = asker && next ? `定了日期就回“离岗 ${asker.name} 接手 某某 自12月1日”。` : ''
  return answer(`已记${approved ? '同意' : '不同意'}${name}（${asker?.name ?? ''}），已告诉本人。${handOver}`, {
    private: true,
  })
}

export const undoableStaffRequest: Undoable = {
  async describe({ db }, id) {
    const request = await findStaffRequest(db, { id })
    return request && request.status !== 'withdrawn' ? `${request.no}号${names[request.kind]}` : undefined
  },
  async undo(ctx, id) {
    const { db, now, actor, say, roster } = ctx
    const settled = await settleStaffRequest(db, id, { status: 'withdrawn', by: actor.id, at: now })
    if (!settled) return refuse('in-other-hands', '已经答复了，不能撤销；有变化请直接找答复的人。')
    const approver = roster.memberById(settled.approverId)
    const text = `${actor.name}撤回了${settled.no}号${names[settled.kind]}，不用答复了。`
    if (approver) await say.toMember(approver, text, said(settled))
    return undefined
  },
}

async function file(
  ctx: Ctx,
  { kind, text, approver, gridId }: { kind: StaffRequest['kind']; text?: string; approver: Member; gridId?: string },
): Promise<StaffRequest> {
  const { db, at, actor, message, say, roster, today } = ctx
  const own = gridsOf(roster, actor, today)[0]?.id
  const facts = { kind, text, memberId: actor.id, approverId: approver.id, gridId: gridId ?? own }
  const request = await insertStaffRequest(db, { ...facts, at, messageId: message.id })
  await ctx.record('created', { type: 'staffRequest', id: request.id }, { kind })
  const word = kind === 'resign' ? '辞职' : '增员'
  const asked = `${actor.name}提交${request.no}号${names[kind]}${text ? `：${text}` : ''}。回“同意${word} #${request.no}”，或“不同意${word} #${request.no} 原因”。`
  await say.toMember(approver, asked, said(request))
  return request
}

/** Whoever was asked, while they serve; else whoever would be asked today. */
function deciderOf(ctx: Ctx, { kind, approverId, memberId }: StaffRequest): Member | undefined {
  const asked = ctx.roster.memberById(approverId)
  if (asked && rolesOn(asked, ctx.today).length > 0) return asked
  const asker = ctx.roster.memberById(memberId)
  return kind === 'post' ? findLeader(ctx, memberId) : asker && findApprover(ctx, asker)
}

/** 一级总网格长, else a deputy, else the principal; never whoever asks. */
function findLeader({ roster, today }: Ctx, askerId: string): Member | undefined {
  const above = (['chief', 'deputy', 'principal'] as const).flatMap(role => roster.holders([role], today))
  return above.find(({ id }) => id !== askerId)
}

function said({ id }: StaffRequest) {
  return { kind: 'staff-request', urgency: 'normal', subject: { type: 'staffRequest', id } } as const
}

function nameOf({ roster }: Ctx, memberId: string): string {
  return roster.memberById(memberId)?.name ?? '别人'
}
