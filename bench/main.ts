/** `npm run bench [-- NAME]`: prints one table. What counts are the ratios against a baseline of the same run. */
import { fileURLToPath } from 'node:url'
import { PROGRAM_ROOT } from '../bot/program-root.ts'
import { benchConversation } from './conversation.ts'
import type { Row } from './table.ts'
import { benchUnderstand } from './understand.ts'

const benches: Record<string, () => Row[] | Promise<Row[]>> = {
  understand() {
    const file = fileURLToPath(new URL('test/understand/heldout.jsonl', PROGRAM_ROOT))
    const { messagesPerSecond, timesParsing } = benchUnderstand(file)
    return [
      {
        what: 'understanding a message',
        figure: `${messagesPerSecond} messages/s of one core`,
        ratio: `${timesParsing} ×`,
        baseline: 'parsing its line as JSON',
      },
    ]
  },
  conversation: benchConversation,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in benches))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
const rows: Row[] = []
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await run()))
}
console.table(rows)
