import { maskName, maskPlace } from '../storage/masking.ts'
import type { Ctx, StrangerCtx } from './handler.ts'

/** How residents and doors look to whoever reads the answer: whole in private, masked in a group. */
export interface Reader {
  /** False: others than those entitled may read along. */
  isPrivate: boolean
  person(name: string): string
  place(place: string): string
}

const plain: Reader = { isPrivate: true, person: name => name, place: place => place }
const masked: Reader = { isPrivate: false, person: maskName, place: maskPlace }

/** For an answer that stands where the question stood. */
export function readerOf({ chat, pack }: Ctx | StrangerCtx): Reader {
  return chat.kind === 'group' && pack.privacy.maskInGroups.value ? masked : plain
}

export const groupReader: Reader = masked
export const privateReader: Reader = plain

const SHOWN_GRAPHEMES = 64
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The first words of a text, for lists: one line, at most 64 characters as people count them. */
export function shortenText(text: string, length: number = SHOWN_GRAPHEMES): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const graphemes: string[] = []
  for (const { segment } of segmenter.segment(line.slice(0, length * 20))) {
    if (graphemes.length === length) return `${graphemes.join('')}…`
    graphemes.push(segment)
  }
  return graphemes.join('')
}
