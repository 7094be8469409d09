import type { Evidence } from './cues/cue.ts'

/** Power of two: how many places the features are spread over. */
export const BUCKETS = 1 << 14

const SEED = 0x811c9dc5
const PRIME = 0x01000193

const fold = (value: number): number => ((value ^ (value >>> 15)) >>> 0) & (BUCKETS - 1)

/** FNV-1a over UTF-16 units, folded to a bucket. */
function hash(feature: string): number {
  let value = SEED
  for (let index = 0; index < feature.length; index++) value = Math.imul(value ^ feature.charCodeAt(index), PRIME)
  return fold(value)
}

/**
 * The text with what carries no meaning of its own put as one letter: L a place, P a person, G a grid, R a number of a
 * notice or incident, M a length of time, T a time, 0 a figure; anything that is neither a letter nor a figure is a space.
 */
export function abstractText({ text, reading, persons, places }: Evidence): string {
  const marks = new Array<string>(text.length)
  const put = (spans: readonly { start: number; end: number }[], letter: string): void => {
    for (const { start, end } of spans) {
      if (marks[start] !== undefined || marks[end - 1] !== undefined) continue
      marks[start] = letter
      for (let index = start + 1; index < end; index++) marks[index] = ''
    }
  }
  put(reading.grids, 'G')
  put(reading.references, 'R')
  put(persons, 'P')
  put(
    places.filter(place => place.strength >= 3),
    'L',
  )
  put(reading.minutes, 'M')
  put(reading.whens, 'T')
  let result = ''
  for (let index = 0; index < text.length; index++) result += marks[index] ?? text[index]!
  return result
    .replace(/\d+(?:\.\d+)?/g, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

/** What the whole message shows, beside its words. */
function listFlags(evidence: Evidence): string[] {
  const { reading, problem } = evidence
  const today = reading.input.at.slice(0, 10)
  const flags: string[] = [
    `problem${problem.strength}`,
    `length${Math.min(6, Math.floor(Math.log2(1 + reading.bare.length)))}`,
  ]
  if (problem.asksForHelp) flags.push('asks')
  if (evidence.isQuestion) flags.push('question')
  if (evidence.isToColleague) flags.push('colleague')
  if (evidence.hasPlace) flags.push('place')
  if (evidence.hasFirm) flags.push('firm')
  if (evidence.persons.length > 0) flags.push('person')
  if (reading.minutes.length > 0) flags.push('minutes')
  if (reading.grids.length > 0) flags.push('grid')
  if (reading.references.length > 0) flags.push('number')
  for (const when of reading.whens) {
    flags.push(when.isDeadline ? 'deadline' : when.day > today ? 'ahead' : when.day < today ? 'past' : 'today')
    if (when.time !== undefined) flags.push('clock')
  }
  return flags
}

const LONGEST_GRAM = 3

/** Collects buckets, each once. A mark for each bucket is cheaper here than a set of numbers. */
function createCollector(): { add(bucket: number): void; buckets: number[] } {
  const seen = new Uint8Array(BUCKETS)
  const buckets: number[] = []
  return {
    add: bucket => {
      if (seen[bucket] === 1) return
      seen[bucket] = 1
      buckets.push(bucket)
    },
    buckets,
  }
}

/** Adds the buckets of every run of one to three characters, the ends of the text marked. */
function addGrams(text: string, add: (bucket: number) => void): void {
  const padded = `^${text}$`
  for (let start = 0; start < padded.length; start++) {
    let value = SEED
    for (let end = start; end < padded.length && end < start + LONGEST_GRAM; end++) {
      value = Math.imul(value ^ padded.charCodeAt(end), PRIME)
      add(fold(value))
    }
  }
}

/** The buckets of a message's features, each once, for the model of intents. */
export function listIntentBuckets(evidence: Evidence): number[] {
  const { add, buckets } = createCollector()
  addGrams(abstractText(evidence), add)
  for (const flag of listFlags(evidence)) add(hash(`#${flag}`))
  return buckets
}

/** Likewise for the models of categories and topics, which look at the words alone. */
export function listWordBuckets(text: string): number[] {
  const { add, buckets } = createCollector()
  const plain = text
    .replace(/\d+(?:\.\d+)?/g, '0')
    .replace(/[^\p{L}0]+/gu, ' ')
    .slice(0, 200)
  addGrams(plain, add)
  return buckets
}
