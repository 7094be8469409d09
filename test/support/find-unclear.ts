import { readdirSync, readFileSync } from 'node:fs'
import { isClear } from '../../bot/clarify.ts'
import { type UnderstandInput, understand } from '../../bot/understand/understand.ts'

const FOLDER = new URL('../understand/', import.meta.url)

/** A message of the held-out sets that the rules cannot tell apart today: which one it is changes as understanding gets better. */
export function findUnclear(role: string): UnderstandInput {
  const lines = readdirSync(FOLDER)
    .filter(name => name.endsWith('.jsonl'))
    .flatMap(name => readFileSync(new URL(name, FOLDER), 'utf8').trim().split('\n'))
  const messages = lines.map(line => JSON.parse(line) as UnderstandInput)
  const found = messages.find(one => one.role === role && !one.quote && !one.hasImage && !isClear(understand(one)))
  if (!found) throw new Error(`everything a ${role} says in the held-out sets is clear: write something harder`)
  return found
}
