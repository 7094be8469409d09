import { findLeave, findLeaveNumbered, type Leave } from '../storage/leaves.ts'
import { findNoticeNumbered, getNotice, type Notice } from '../storage/notices.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, refuse } from './handler.ts'
import { decideIncident, decideWaitingIncident, describeWaitingIncident } from './incident/decide.ts'
import { decideLeave } from './leave/decide-leave.ts'
import { leaveStates, renderLeave } from './leave/words.ts'
import { decideWaitingExtension, listWaitingExtensions, nameWaitingExtension } from './notice/decide-extension.ts'
import { decideNotice, type RejectDraft, rejectNotice, type Wish } from './notice/decide-notice.ts'
import { findExpediteReason } from './notice/expedite-reason.ts'
import { type ExpediteDraft, expediteNotice } from './notice/sign.ts'
import { nameNotice, nameState } from './notice/words.ts'
import { plainWords } from './plain-words.ts'
import type { SlotsOf } from './slots.ts'
import { listSendable, listWaiting, nameWaiting, type Waiting } from './waiting.ts'

type Slots = SlotsOf['decide']

interface ChoiceDraft {
  kind: 'choice'
  wish: Wish
  candidates: { type: Waiting['type']; id: string }[]
}

/** Approving, signing, returning, sending out: whatever waits for the sender, found by number, by name, or because it is the only thing. */
export const decide = defineHandler({
  intent: 'decide',
  dialog: { as: 'deputy', turns: [['12号提示单同意', '没有']] },
  async run(ctx, slots) {
    if (slots.target === 'incident') return decideIncident(ctx, slots)
    const wish = slots.expedite ? { ...slots, reason: slots.reason ?? findExpediteReason(plainWords(ctx.text)) } : slots
    const candidates = narrow(ctx, await listCandidates(ctx, wish), wish)
    const [only] = candidates
    const extension = only && !ctx.text.includes('延期') ? undefined : await decideWaitingExtension(ctx, wish)
    if (extension) return extension
    const isOpen = wish.decision === undefined && !wish.expedite
    const incident = isOpen ? await describeWaitingIncident(ctx, wish) : undefined
    if (!only && incident) return refuse('no-decision', incident)
    if (!only) return (await decideWaitingIncident(ctx, wish)) ?? refuseNothing(ctx, wish)
    // Words that sound like a decision and name none decide nothing: an approval is never guessed.
    if (isOpen) return refuse('no-decision', [sayHow(candidates), incident].filter(Boolean).join('\n'))
    if (candidates.length > 1)
      return meansAll(ctx.text, wish) ? settleAll(ctx, candidates, wish) : askWhich(ctx, wish, candidates)
    return settle(ctx, only, wish)
  },
  async resume(ctx, draft, understood) {
    const open = draft as ChoiceDraft | RejectDraft | ExpediteDraft
    const slots = understood.intent === 'decide' ? understood.slots : undefined
    if (open.kind === 'choice') return resumeChoice(ctx, open, slots)
    const notice = await getNotice(ctx.db, open.noticeId)
    const words = plainWords(ctx.text)
    if (open.kind === 'offer')
      return takesOffer(notice, words) ? expediteNotice(ctx, notice, findExpediteReason(words)) : undefined
    // Words about another number are no reason for this one; and a bare decision gives none.
    const told = /(\d+)\s*号/.exec(words.normalize('NFKC'))?.[1]
    if (told !== undefined && Number(told) !== notice.no) return undefined
    if (slots?.decision && slots.reason === undefined && findExpediteReason(words) === undefined) return undefined
    const reason = slots?.reason ?? findExpediteReason(words) ?? words.replace(/^(?:原因|理由)(?:是|[:：])?/, '')
    return open.kind === 'reject' ? rejectNotice(ctx, notice, reason) : expediteNotice(ctx, notice, reason)
  },
})

/** `加急，台风今晚登陆`: the word itself, since anything less would send a notice by accident. */
function takesOffer({ status, no }: Notice, words: string): boolean {
  const told = /(\d+)\s*号/.exec(words.normalize('NFKC'))?.[1]
  return (
    status === 'signed' &&
    words.includes('加急') &&
    !/不(?:用|要|必)?加急/.test(words) &&
    (told === undefined || Number(told) === no)
  )
}

function sayHow(candidates: readonly Waiting[]): string {
  const names = candidates.map(nameWaitingPlainly).join('；')
  return `没看出是同意还是退回，没有改动。等您办的有：${names}。请回“几号同意”，或“几号退回”加原因。`
}

function nameWaitingPlainly({ type, no }: Waiting): string {
  return `${no}号${type === 'notice' ? '提示单' : '请假'}`
}

async function listCandidates(ctx: Ctx, { decision, expedite }: Slots): Promise<Waiting[]> {
  const waiting = await listWaiting(ctx, ctx.actor)
  const sends = decision === 'issue' || expedite
  return sends ? [...waiting, ...(await listSendable(ctx, ctx.actor))] : waiting
}

function narrow(ctx: Ctx, waiting: readonly Waiting[], { target, no, whose }: Slots): Waiting[] {
  const fitting = waiting.filter(
    one =>
      (target === undefined || one.type === target) &&
      (no === undefined || one.no === no) &&
      (whose === undefined || (one.type === 'leave' && isNamed(ctx, one.leave, whose))),
  )
  const quote = ctx.message.detail.quote?.text
  if (no !== undefined || fitting.length < 2 || !quote) return fitting
  const quoted = fitting.filter(one => one.type === 'leave' && quote.includes(nameOf(ctx, one.leave)))
  return quoted.length > 0 ? quoted : fitting
}

function nameOf({ roster }: Ctx, leave: Leave): string {
  return roster.memberById(leave.memberId)?.name ?? ''
}

/** 小陈, 老陈, 陈师傅 and 陈桂芳 all mean 陈桂芳. */
function isNamed(ctx: Ctx, leave: Leave, whose: string): boolean {
  const name = nameOf(ctx, leave)
  const bare = whose.replace(/^[小老阿]/, '')
  return name.includes(bare) || (bare.startsWith(name.slice(0, 1)) && /^.(?:师傅|姐|哥|工|书记|主任)?$/u.test(bare))
}

async function settle(ctx: Ctx, waiting: Waiting, wish: Wish): Promise<Answer> {
  return waiting.type === 'notice' ? decideNotice(ctx, waiting.notice, wish) : decideLeave(ctx, waiting.leave, wish)
}

const ALL = /全部|所有|一起|都(?!不)/

/** 都同意, 全部下发. Returning is done one by one, each with its reason. */
function meansAll(text: string, { decision }: Wish): boolean {
  return decision !== undefined && decision !== 'reject' && ALL.test(text)
}

async function settleAll(ctx: Ctx, waiting: readonly Waiting[], wish: Wish): Promise<Answer> {
  const texts: string[] = []
  for (const one of waiting) texts.push((await settle(ctx, one, wish)).text)
  return answer(texts.join('\n'))
}

/** One question with the titles of all that the words could mean. */
function askWhich(ctx: Ctx, { decision, reason, expedite }: Slots, candidates: readonly Waiting[]): Answer {
  const draft: ChoiceDraft = {
    kind: 'choice',
    wish: { decision, reason, expedite },
    candidates: candidates.map(one => ({ type: one.type, id: one.type === 'notice' ? one.notice.id : one.leave.id })),
  }
  const names = candidates.map(one => nameWaiting(ctx, one))
  const buttons = candidates.map((one, index) => {
    const words = nameWaitingPlainly(one)
    return { key: `${index}`, text: words, says: words }
  })
  const all = decision === 'reject' ? '' : '都要办就回“全部”。'
  const text = `等您办的有${candidates.length}件，是哪一件？${all}\n${names.join('\n')}`
  return ask('decide', draft, text, { card: { title: '请选一件', buttons }, private: true })
}

async function resumeChoice(
  ctx: Ctx,
  { candidates, wish }: ChoiceDraft,
  slots: Slots | undefined,
): Promise<Answer | undefined> {
  const words = plainWords(ctx.text).normalize('NFKC')
  const target = slots?.target ?? (/提示单|通知|任务/.test(words) ? 'notice' : /假/.test(words) ? 'leave' : undefined)
  const no = slots?.no ?? Number(/\d+/.exec(words)?.[0] ?? Number.NaN)
  const loaded: Waiting[] = []
  for (const { type, id } of candidates) {
    const waiting = await load(ctx, type, id)
    if (waiting && (target === undefined || type === target) && (Number.isNaN(no) || waiting.no === no))
      loaded.push(waiting)
  }
  const [only] = loaded
  if (loaded.length > 1 && meansAll(words, wish)) return settleAll(ctx, loaded, wish)
  return only && loaded.length === 1 ? settle(ctx, only, { ...wish, ...slots }) : undefined
}

async function load({ db }: Ctx, type: Waiting['type'], id: string): Promise<Waiting | undefined> {
  if (type === 'notice') {
    const notice = await getNotice(db, id)
    return { type, no: notice.no, notice }
  }
  const leave = await findLeave(db, id)
  return leave && { type, no: leave.no, leave }
}

/** Nothing waits for the sender under these words: says what there is instead. */
async function refuseNothing(ctx: Ctx, slots: Slots): Promise<Answer> {
  const { db } = ctx
  const { no, target } = slots
  const waiting = [
    ...(await listWaiting(ctx, ctx.actor)).map(one => nameWaiting(ctx, one)),
    ...(await listWaitingExtensions(ctx)).map(nameWaitingExtension),
  ]
  const others = waiting.length > 0 ? `等您办的有：${waiting.join('；')}。` : '现在没有等您办的。'
  if (no === undefined) {
    return refuse('nothing-waiting', slots.whose ? `没找到${slots.whose}等您批的请假。${others}` : others)
  }
  const notice = target === 'leave' ? undefined : await findNoticeNumbered(db, no)
  const leave = target === 'notice' ? undefined : await findLeaveNumbered(db, no)
  if (notice && !leave) return decideNotice(ctx, notice, slots)
  if (leave && !notice) return decideLeave(ctx, leave, slots)
  if (notice && leave) return refuse('nothing-waiting', `${describeBoth(ctx, notice, leave)}都不等您办。${others}`)
  const kind = target === 'leave' ? '请假' : target === 'notice' ? '提示单' : ''
  return refuse('unknown-number', `没有${no}号${kind}。${others}`)
}

function describeBoth({ roster }: Ctx, notice: Notice, leave: Leave): string {
  return `${nameNotice(notice)}（${nameState(notice)}）和${renderLeave(roster, leave)}（${leaveStates[leave.status]}）`
}
