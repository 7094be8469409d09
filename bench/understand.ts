import { readFileSync } from 'node:fs'
import { type UnderstandInput, understand } from '../bot/understand/understand.ts'

export interface UnderstandFigures {
  /** Messages understood in a second of one core's time. */
  messagesPerSecond: number
  /** How many times as long as parsing the same lines as JSON: comparable between machines. */
  timesParsing: number
}

const ROUNDS = 20

/** Milliseconds of processor time that `work` takes, the best of several rounds. */
function measure(work: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1000)
  }
  return best
}

/**
 * Measures understanding on the held-out messages.
 *
 * @param file JSON lines of messages, as `test/understand/heldout.jsonl`
 */
export function benchUnderstand(file: string): UnderstandFigures {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const messages = lines.map(line => JSON.parse(line) as UnderstandInput)
  const understandingMs = measure(() => messages.forEach(message => void understand(message)))
  const parsingMs = measure(() => lines.forEach(line => void JSON.parse(line)))
  return {
    messagesPerSecond: Math.round((messages.length / understandingMs) * 1000),
    timesParsing: Math.round(understandingMs / Math.max(parsingMs, 0.01)),
  }
}
