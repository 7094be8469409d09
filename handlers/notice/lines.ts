import type { Pack } from '../../policy/pack.ts'

/** The lines (条线) that the document itself names for standing work; none where it names none. Source: S0-19 */
export function linesOf(pack: Pack): readonly string[] {
  return pack.notice.standing?.lines.value ?? []
}

const TOLD = /条线\s*[:：是为]?\s*([\p{Script=Han}]{2,12})/u

/** The line that words about a standing task belong to: one of the document's by name, else the one told as 条线. */
export function findLine(pack: Pack, words: string): string | undefined {
  return linesOf(pack).find(line => words.includes(line)) ?? TOLD.exec(words)?.[1]
}
