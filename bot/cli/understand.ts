/**
 * JSON lines in, JSON lines out: what each message means, in order, one answer for each line whatever it holds.
 * `--explain` adds the cues that decided. Loads nothing but `bot/understand`.
 */
import { StringDecoder } from 'node:string_decoder'
import type { UnderstandInput } from '../understand/reading.ts'
import { explain, understand } from '../understand/understand.ts'

const explains = process.argv.includes('--explain')

function readInput(value: unknown): UnderstandInput {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const word = (field: string): string => (typeof row[field] === 'string' ? row[field] : '')
  return {
    text: word('text'),
    at: word('at'),
    role: word('role'),
    hasImage: row.hasImage === true,
    quote: typeof row.quote === 'string' ? row.quote : null,
  }
}

/** @returns the answer to one line, without its line end. */
function answer(line: string): string {
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {
    return JSON.stringify({ id: null, intent: 'none', slots: {}, error: '这一行不是 JSON' })
  }
  const isObject = typeof row === 'object' && row !== null && !Array.isArray(row)
  const id: unknown = isObject ? ((row as { id?: unknown }).id ?? null) : null
  if (!isObject || typeof (row as { text?: unknown }).text !== 'string') {
    return JSON.stringify({ id, intent: 'none', slots: {}, error: '缺少文字字段 text' })
  }
  const input = readInput(row)
  if (!explains) return JSON.stringify({ id, ...understand(input) })
  const { understood, ...reasons } = explain(input)
  return JSON.stringify({ id, ...understood, explanation: reasons })
}

// A reader that has seen enough (head) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

/** Answers lines together, one write for what came together. */
async function writeAnswers(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const text = `${lines.map(answer).join('\n')}\n`
  if (!process.stdout.write(text)) await new Promise(resolve => process.stdout.once('drain', resolve))
}

const decoder = new StringDecoder('utf8')
let rest = ''
for await (const chunk of process.stdin) {
  const lines = (rest + decoder.write(chunk as Buffer)).split('\n')
  rest = lines.pop() ?? ''
  await writeAnswers(lines)
}
rest += decoder.end()
if (rest !== '') await writeAnswers([rest])
