import { findLeaveNumbered, type Leave } from '../storage/leaves.ts'
import { findNoticeNumbered, getNotice, type Notice } from '../storage/notices.ts'
import {
  askWhich,
  type Choice,
  type ChoiceDraft,
  listChoices,
  meansAll,
  resumeChoice,
  settle,
  settleAll,
} from './decide-which.ts'
import { type Answer, type Ctx, defineHandler, refuse } from './handler.ts'
import { decideIncident, describeWaitingIncident } from './incident/decide.ts'
import { decideLeave } from './leave/decide-leave.ts'
import { leaveStates, renderLeave } from './leave/words.ts'
import { decideNotice, type RejectDraft, rejectNotice } from './notice/decide-notice.ts'
import { findExpediteReason } from './notice/expedite-reason.ts'
import { type ExpediteDraft, expediteNotice } from './notice/sign.ts'
import { nameNotice, nameState } from './notice/words.ts'
import { type HandOverDraft, resumeHandOver } from './organisation/hand-over.ts'
import { plainWords } from './plain-words.ts'
import type { SlotsOf } from './slots.ts'
import { listWaiting, nameWaiting, nameWaitingPlainly } from './waiting.ts'

type Slots = SlotsOf['decide']

/** Approving, signing, returning, sending out: whatever waits for the sender, found by number, by name, or because it is the only thing. */
export const decide = defineHandler({
  intent: 'decide',
  dialog: { as: 'deputy', turns: [['12号提示单同意', '没有']] },
  async run(ctx, slots) {
    if (slots.target === 'incident') return decideIncident(ctx, slots)
    const wish = slots.expedite ? { ...slots, reason: slots.reason ?? findExpediteReason(plainWords(ctx.text)) } : slots
    const choices = await listChoices(ctx, wish)
    const [only] = choices
    const isOpen = wish.decision === undefined && !wish.expedite
    const incident = isOpen ? await describeWaitingIncident(ctx, wish) : undefined
    if (!only && incident) return refuse('no-decision', incident)
    if (!only) return refuseNothing(ctx, wish)
    // Words that sound like a decision and name none decide nothing: an approval is never guessed.
    if (isOpen) return refuse('no-decision', [sayHow(choices), incident].filter(Boolean).join('\n'))
    if (choices.length > 1)
      return meansAll(ctx.text, wish) ? settleAll(ctx, choices, wish) : askWhich(ctx, wish, choices)
    return settle(ctx, only, wish)
  },
  async resume(ctx, draft, understood) {
    const open = draft as ChoiceDraft | RejectDraft | ExpediteDraft | HandOverDraft
    if (open.kind === 'handOver') return resumeHandOver(ctx, open)
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

function sayHow(choices: readonly Choice[]): string {
  const names = choices.flatMap(one => (one.type === 'incident' ? [] : [nameWaitingPlainly(one)])).join('；')
  return `没看出是同意还是退回，没有改动。等您办的有：${names}。请回“几号同意”，或“几号退回”加原因。`
}

/** Nothing waits for the sender under these words: says what there is instead. */
async function refuseNothing(ctx: Ctx, slots: Slots): Promise<Answer> {
  const { db } = ctx
  const { no, target } = slots
  const waiting = (await listWaiting(ctx, ctx.actor)).map(one => nameWaiting(ctx, one))
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
