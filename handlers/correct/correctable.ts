import type { Day } from '../../policy/time.ts'
import type { Ctx } from '../handler.ts'
import type { Reader } from '../reader.ts'
import type { IncidentCategory, InfoTopic } from '../slots.ts'

/** What is to be different; a field that is absent stays as it was. Stored with a request as JSON. */
export interface Changes {
  person?: string
  place?: string
  minutes?: number
  km?: number
  households?: number
  /** When it was done. UTC epoch ms. */
  at?: number
  kind?: 'on' | 'off'
  topic?: InfoTopic
  text?: string
  category?: IncidentCategory
  half?: 'am' | 'pm' | 'day'
  reason?: string
  count?: number
  /** At the meeting, or not. */
  present?: boolean
  /** The record was a mistake altogether. */
  dropped?: true
}

/** One record of the speaker that could be meant. */
export interface Candidate {
  id: string
  /** Where its deciders are looked for; absent: the owner's grids. */
  gridId?: string
  /** The local day it counts for. */
  day: Day
  /** When it was told, where no audit of its own says so. UTC epoch ms. */
  toldAt?: number
}

/** What people say about a record: which day, which words, which part, and the new value. */
export interface Told {
  /** The day that is named, where one is. */
  day?: Day
  /** The words that named the kind: 上班 打卡, 例会. */
  named: string
  /** What is left of the words before 改为 once kind, day and part are taken out: 王奶奶, 3. */
  which: string
  /** 地点, 时长, …: where the part is named. */
  label?: string
  /** What stands behind 改为. */
  value: string
}

/** The change in words, for whoever reads: `走访 王奶奶 → 李奶奶`. */
export type Difference = (reader: Reader) => string

/** Why nothing can be changed, in the words of a refusal. */
export interface Hindrance {
  reason: string
  text: string
}

/** In whose name a record is replaced: the owner's, by the message in which the owner said so. */
export interface Behalf {
  memberId: string
  messageId: string
  /** When the owner said so. */
  at: number
}

/** How one kind of record is put right. One list of them all stands in `correctables.ts`. */
export interface Correctable {
  /** As the audit names it. */
  type: string
  name: string
  /** How people name the kind, as the source of an expression. */
  words: string
  /** What of it can be changed, and the words for it; said where somebody asks for something else. */
  example: string
  /** What else to do where the speaker has no such record. */
  missing?: string
  /** The speaker's own, standing records that could be meant; the newest first. */
  list(ctx: Ctx, told: Told): Promise<Candidate[]>
  /** Undefined where the value is none of this kind's. */
  read(ctx: Ctx, told: Told, record: Candidate): Changes | undefined
  /** Judged again when it is decided: meanwhile the record may have gone. `memberId` is its owner. */
  compare(ctx: Ctx, id: string, changes: Changes, memberId: string): Promise<Difference | Hindrance>
  /** For kinds of which only trying tells whether others have built on the record: done when it is decided. */
  attempt?(ctx: Ctx, id: string): Promise<Hindrance | undefined>
  /** Puts the new record in the place of the old. @returns its id; undefined where nothing takes its place */
  replace(ctx: Ctx, id: string, changes: Changes, behalf: Behalf): Promise<string | undefined>
  /** True where its owner may not do it alone, however soon. */
  needsApproval?(ctx: Ctx, record: Candidate, changes: Changes): boolean
  /** Tells others who should know what its owner did alone. @returns what the answer adds, `，已告知陈桂芳` */
  tellWhenDirect?(ctx: Ctx, what: string, changes: Changes): Promise<string>
}

export function isHindrance(found: Difference | Hindrance): found is Hindrance {
  return 'reason' in found
}

export const ALREADY_GONE: Hindrance = { reason: 'already-voided', text: '这条记录已经撤销了，不用再更正。' }
export const NO_CHANGE: Hindrance = { reason: 'no-change', text: '和原来记的一样，没有改动。' }

/** Whether the words that are left name this record: one holds the other, or any part of it (3幢王奶奶 names `王奶奶 3幢`). */
export function isNamed(parts: readonly (string | undefined)[], which: string): boolean {
  if (which === '') return true
  return parts.some(part => part !== undefined && part !== '' && (part.includes(which) || which.includes(part)))
}
