import { findCorrection } from '../storage/corrections.ts'
import type { Incident } from '../storage/incidents.ts'
import { findIncidentById } from '../storage/incidents.ts'
import { findLeave } from '../storage/leaves.ts'
import { findExtension } from '../storage/notice-extensions.ts'
import { getNotice } from '../storage/notices.ts'
import { decideCorrection } from './correct/decide-correction.ts'
import { type Answer, answer, ask, type Ctx } from './handler.ts'
import { decideIncident, findWaitingIncident } from './incident/decide.ts'
import { titleIncident } from './incident/words.ts'
import { decideLeave } from './leave/decide-leave.ts'
import { decideExtension } from './notice/decide-extension.ts'
import { decideNotice, type Wish } from './notice/decide-notice.ts'
import { plainWords } from './plain-words.ts'
import { privateReader } from './reader.ts'
import type { SlotsOf } from './slots.ts'
import { listSendable, listWaiting, nameWaiting, nameWaitingPlainly, type Waiting } from './waiting.ts'

type Slots = SlotsOf['decide']

/** What a decision can mean: also the incident of a number that was told. */
export type Choice = Waiting | { type: 'incident'; no: number; incident: Incident }

export interface ChoiceDraft {
  kind: 'choice'
  wish: Wish
  candidates: { type: Choice['type']; id: string }[]
}

/** Whatever waits for the sender and fits the words; of one number everything that bears it. Source: contract (Numbers) */
export async function listChoices(ctx: Ctx, wish: Slots): Promise<Choice[]> {
  const { decision, expedite } = wish
  const waiting = await listWaiting(ctx, ctx.actor)
  const sends = decision === 'issue' || expedite
  const fitting = narrow(ctx, sends ? [...waiting, ...(await listSendable(ctx, ctx.actor))] : waiting, wish)
  const incident = await findWaitingIncident(ctx, wish)
  return incident ? [...fitting, { type: 'incident', no: incident.no, incident }] : fitting
}

function narrow(ctx: Ctx, waiting: readonly Waiting[], wish: Slots): Waiting[] {
  const fitting = waiting.filter(one => fits(ctx, one, wish))
  const named = fitting.filter(one => isCalled(ctx.text, one.type))
  const meant = named.length > 0 ? named : fitting
  const quote = ctx.message.detail.quote?.text
  // A number may have been taken from the quote itself; told by the sender it decides.
  const isNumbered = wish.no !== undefined && /\d/u.test(plainWords(ctx.text))
  if (isNumbered || meant.length < 2 || !quote) return meant
  const quoted = meant.filter(one => isQuoted(ctx, one, quote))
  return quoted.length > 0 ? quoted : meant
}

function fits(ctx: Ctx, one: Waiting, { target, no, whose, decision, expedite }: Slots): boolean {
  const isNotice = one.type === 'notice'
  const ofNotice = isNotice || one.type === 'extension'
  if (target === 'notice' ? !ofNotice : target !== undefined && target !== one.type) return false
  // Only a notice is signed, sent out, or hastened.
  const isPassed = decision === 'sign' || decision === 'issue' || expedite === true
  if (isPassed && !isNotice && one.type !== 'leave') return false
  // An extension that is told by its notice (12号提示单延期同意) bears that number.
  const number = one.type === 'extension' && target === 'notice' ? one.notice.no : one.no
  return (no === undefined || number === no) && (whose === undefined || isNamed(ownerOf(ctx, one), whose))
}

/** 延期 and 更正 say which kind is meant; the other kinds are told by the words around their number. */
function isCalled(text: string, type: Waiting['type']): boolean {
  return (type === 'extension' && text.includes('延期')) || (type === 'correction' && text.includes('更正'))
}

function isQuoted(ctx: Ctx, one: Waiting, quote: string): boolean {
  if (one.type === 'correction') return quote.includes(`【更正】${one.no}号`)
  const owner = one.type === 'leave' ? ownerOf(ctx, one) : undefined
  return owner !== undefined && quote.includes(owner)
}

/** Whose request it is; a notice is nobody's. */
function ownerOf({ roster }: Ctx, one: Waiting): string | undefined {
  if (one.type === 'leave') return roster.memberById(one.leave.memberId)?.name
  return one.type === 'correction' ? roster.memberById(one.correction.memberId)?.name : undefined
}

/** 小陈, 老陈, 陈师傅 and 陈桂芳 all mean 陈桂芳. */
function isNamed(name: string | undefined, whose: string): boolean {
  if (name === undefined) return false
  const bare = whose.replace(/^[小老阿]/, '')
  return name.includes(bare) || (bare.startsWith(name.slice(0, 1)) && /^.(?:师傅|姐|哥|工|书记|主任)?$/u.test(bare))
}

export async function settle(ctx: Ctx, one: Choice, wish: Wish): Promise<Answer> {
  switch (one.type) {
    case 'notice':
      return decideNotice(ctx, one.notice, wish)
    case 'leave':
      return decideLeave(ctx, one.leave, wish)
    case 'correction':
      return decideCorrection(ctx, one.correction, wish)
    case 'extension':
      return decideExtension(ctx, one.extension, { grants: wish.decision !== 'reject', reason: wish.reason })
    case 'incident':
      return decideIncident(ctx, { ...wish, no: one.no })
  }
}

const ALL = /全部|所有|一起|都(?!不)/

/** 都同意, 全部下发. Returning is done one by one, each with its reason. */
export function meansAll(text: string, { decision }: Wish): boolean {
  return decision !== undefined && decision !== 'reject' && ALL.test(text)
}

export async function settleAll(ctx: Ctx, choices: readonly Choice[], wish: Wish): Promise<Answer> {
  const texts: string[] = []
  for (const one of choices) texts.push((await settle(ctx, one, wish)).text)
  return answer(texts.join('\n'))
}

/** One question with the titles of all that the words could mean. */
export function askWhich(ctx: Ctx, { decision, reason, expedite }: Slots, choices: readonly Choice[]): Answer {
  const draft: ChoiceDraft = {
    kind: 'choice',
    wish: { decision, reason, expedite },
    candidates: choices.map(one => ({ type: one.type, id: idOf(one) })),
  }
  const buttons = choices.map((one, index) => {
    const words = one.type === 'incident' ? `${one.no}号事件` : nameWaitingPlainly(one)
    return { key: `${index}`, text: words, says: words }
  })
  const all = decision === 'reject' ? '' : '都要办就回“全部”。'
  const names = choices.map(one => nameChoice(ctx, one))
  const text = `等您办的有${choices.length}件，是哪一件？${all}\n${names.join('\n')}`
  return ask('decide', draft, text, { card: { title: '请选一件', buttons }, private: true })
}

function nameChoice(ctx: Ctx, one: Choice): string {
  if (one.type !== 'incident') return nameWaiting(ctx, one)
  return `${one.no}号事件（${titleIncident(one.incident, ctx.roster, { isPrivate: true, reader: privateReader })}）`
}

function idOf(one: Choice): string {
  switch (one.type) {
    case 'notice':
      return one.notice.id
    case 'leave':
      return one.leave.id
    case 'extension':
      return one.extension.id
    case 'correction':
      return one.correction.id
    case 'incident':
      return one.incident.id
  }
}

const KIND_WORDS: readonly [Choice['type'], RegExp][] = [
  ['extension', /延期/u],
  ['correction', /更正/u],
  ['incident', /事件|#/u],
  ['notice', /提示单|通知|任务/u],
  ['leave', /假/u],
]

export async function resumeChoice(
  ctx: Ctx,
  { candidates, wish }: ChoiceDraft,
  slots: Slots | undefined,
): Promise<Answer | undefined> {
  const words = plainWords(ctx.text).normalize('NFKC')
  const kind = slots?.target ?? KIND_WORDS.find(([, pattern]) => pattern.test(words))?.[0]
  const no = slots?.no ?? Number(/\d+/.exec(words)?.[0] ?? Number.NaN)
  const loaded: Choice[] = []
  for (const { type, id } of candidates) {
    const one = await load(ctx, type, id)
    if (one && (kind === undefined || type === kind) && (Number.isNaN(no) || one.no === no)) loaded.push(one)
  }
  const [only] = loaded
  if (loaded.length > 1 && meansAll(words, wish)) return settleAll(ctx, loaded, wish)
  return only && loaded.length === 1 ? settle(ctx, only, { ...wish, ...slots }) : undefined
}

async function load({ db }: Ctx, type: Choice['type'], id: string): Promise<Choice | undefined> {
  switch (type) {
    case 'notice': {
      const notice = await getNotice(db, id)
      return { type, no: notice.no, notice }
    }
    case 'leave': {
      const leave = await findLeave(db, id)
      return leave && { type, no: leave.no, leave }
    }
    case 'extension': {
      const extension = await findExtension(db, id)
      return extension && { type, no: extension.no, extension, notice: await getNotice(db, extension.noticeId) }
    }
    case 'correction': {
      const correction = await findCorrection(db, id)
      return correction && { type, no: correction.no ?? 0, correction }
    }
    case 'incident': {
      const incident = await findIncidentById(db, id)
      return incident && { type, no: incident.no, incident }
    }
  }
}
