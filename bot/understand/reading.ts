import { listGrids } from './grids.ts'
import { type Found, listMinutes } from './measures.ts'
import { normalize } from './normalize.ts'
import { listReferences, type Quote, type Reference, readQuote } from './references.ts'
import { listWhens, type When } from './when.ts'

/** What a message and its surroundings are, before anything is read into it. */
export interface UnderstandInput {
  text: string
  /** Local wall time of Asia/Shanghai, `2026-11-18T08:21`. */
  at: string
  /** The sender's role code. */
  role: string
  hasImage: boolean
  /** The text of the message being replied to. */
  quote: string | null
  /** Names of the people whom this street knows: members, residents, key persons. */
  names?: readonly string[]
  /** Names of the street's communities. */
  communities?: readonly string[]
  /** Names of places, firms and housing estates of the street. */
  places?: readonly string[]
  botName?: string
  /** The work calendar; without it Monday to Friday, and 节后 stays open. */
  isWorkday?: (day: string) => boolean
}

/** A message taken apart once, for all rules to look at. `surface` and `text` have the same positions. */
export interface Reading {
  input: UnderstandInput
  surface: string
  text: string
  /** The text without spaces and punctuation, for whole-message patterns. */
  bare: string
  mentions: string[]
  quote: Quote | undefined
  references: Reference[]
  grids: Found<number[]>[]
  whens: When[]
  minutes: Found<number>[]
}

/** Takes a message apart; any string gives a reading. */
export function readMessage(input: UnderstandInput): Reading {
  const { surface, text, mentions } = normalize(input.text, input.botName)
  const grids = listGrids(text)
  return {
    input,
    surface,
    text,
    bare: text.replace(/[\s\p{P}\p{S}]/gu, ''),
    mentions,
    quote: input.quote ? readQuote(input.quote, input.botName) : undefined,
    references: listReferences(text),
    grids,
    whens: listWhens(text, input.at, input.isWorkday ? { isWorkday: input.isWorkday } : {}),
    minutes: listMinutes(text),
  }
}
