/** Gives words that were read from the normalised text back in the characters that the sender typed. */

/** The longest run of words that is looked for at once; slots are sentences at most. */
const LONGEST = 400

interface Original {
  raw: string
  /** NFKC of `raw`, character by character. */
  normal: string
  /** Where in `raw` the character begins that gave each unit of `normal`; one more at the end. */
  offsets: number[]
}

function alignOriginal(raw: string): Original {
  const offsets: number[] = []
  let normal = ''
  let offset = 0
  for (const character of raw) {
    const folded = character.normalize('NFKC')
    for (let unit = 0; unit < folded.length; unit++) offsets.push(offset)
    normal += folded
    offset += character.length
  }
  offsets.push(raw.length)
  return { raw, normal, offsets }
}

/** How many units of `words` from `from` stand in `normal` in one piece, and where. */
function findLongest(normal: string, words: string, from: number): { at: number; length: number } {
  let best = { at: -1, length: 0 }
  for (let at = normal.indexOf(words[from]!); at >= 0; at = normal.indexOf(words[from]!, at + 1)) {
    let length = 1
    while (from + length < words.length && length < LONGEST && normal[at + length] === words[from + length]) length++
    if (length > best.length) best = { at, length }
  }
  return best
}

function restoreWords(words: string, { raw, normal, offsets }: Original): string {
  let written = ''
  for (let from = 0; from < words.length; ) {
    const { at, length } = findLongest(normal, words, from)
    written += at < 0 ? words[from]! : raw.slice(offsets[at], offsets[at + length])
    from += Math.max(1, length)
  }
  return written
}

/** Slots that hold words of the sender; all others hold values. */
const WORDS: ReadonlySet<string> = new Set([
  'appraisal',
  'community',
  'content',
  'findings',
  'person',
  'place',
  'reason',
  'requirement',
  'title',
  'to',
  'whose',
])

/**
 * Puts the slots that are words into the characters of the message: a full-width comma stays one, though the rules read it
 * as `,`. What was left out between two pieces (a date, a grid) stays out; words that the message does not hold stay as they are.
 */
export function restoreSlots<Slots extends object>(slots: Slots, raw: string): Slots {
  let original: Original | undefined
  const written: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(slots)) {
    const isChanged = typeof value === 'string' && WORDS.has(name) && !raw.includes(value)
    if (isChanged) original ??= alignOriginal(raw)
    written[name] = isChanged && original ? restoreWords(value, original) : value
  }
  return original ? (written as Slots) : slots
}
