import { readFileSync } from 'node:fs'
import { type UnderstandInput, understand } from '../../bot/understand/understand.ts'
import type { Intent } from '../../handlers/slots.ts'

export interface LabelledMessage extends UnderstandInput {
  id: string
  intent: Intent
  slots: Record<string, unknown>
}

export function readCases(file: string): LabelledMessage[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as LabelledMessage)
}

const WORDS = new Set(['content', 'requirement', 'appraisal', 'reason', 'to', 'place', 'person', 'community'])
/** Slots that the annotation guide does not score. */
const FREE = new Set(['findings', 'claimedAt', 'kindOfTask', 'title', 'expedite', 'whose', 'fromMeeting', 'solved'])
const bare = (value: unknown): string =>
  String(value)
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{S}]/gu, '')

/** Whether a slot counts as right by the annotation guide: words may hold each other up to twice their length. */
function isSame(slot: string, expected: unknown, got: unknown): boolean {
  if (!WORDS.has(slot)) return JSON.stringify(expected) === JSON.stringify(got)
  const [short, long] = [bare(expected), bare(got)].sort((a, b) => a.length - b.length) as [string, string]
  return short.length > 0 && long.includes(short) && long.length <= 2 * short.length
}

export interface Score {
  intent: number
  slotsF1: number
  whole: number
  silent: number
  misses: string[]
}

/** Scores the program as the annotation guide does. */
export function scoreCases(cases: readonly LabelledMessage[]): Score {
  let [intents, hits, wanted, given, whole, none, silent] = [0, 0, 0, 0, 0, 0, 0]
  const misses: string[] = []
  for (const expected of cases) {
    const got = understand(expected)
    const isIntent = got.intent === expected.intent
    const want = Object.entries(expected.slots)
    const gave = Object.entries(got.slots).filter(([slot, value]) => !FREE.has(slot) && value !== undefined)
    const right = isIntent
      ? want.filter(([slot, value]) => isSame(slot, value, (got.slots as Record<string, unknown>)[slot])).length
      : 0
    intents += Number(isIntent)
    hits += right
    wanted += want.length
    given += gave.length
    const isWhole = isIntent && right === want.length && gave.length === want.length
    whole += Number(isWhole)
    if (expected.intent === 'none') {
      none++
      silent += Number(isIntent)
    }
    if (!isWhole) misses.push(`${expected.id} ${expected.text} → ${got.intent} ${JSON.stringify(got.slots)}`)
  }
  return {
    intent: intents / cases.length,
    slotsF1: (2 * hits) / (wanted + given || 1),
    whole: whole / cases.length,
    silent: none === 0 ? 1 : silent / none,
    misses,
  }
}
