/**
 * A process of its own that starts a channel and stops it when its input ends: it ends by itself only if nothing of the channel is left.
 * Argument: the platform's address. Prints one line when it has stopped.
 */
import { once } from 'node:events'
import { pino } from 'pino'
import { createDingtalkChannel } from '../../../bot/channels/dingtalk/create-channel.ts'
import { systemClock } from '../../../bot/clock.ts'

const [base = ''] = process.argv.slice(2)
const channel = createDingtalkChannel({
  clientId: 'dingemulated',
  clientSecret: 'emulated-secret',
  robotCode: 'dingemulated',
  mode: 'stream',
  apiBase: base,
  oapiBase: base,
  clock: systemClock,
  log: pino({ level: 'silent' }),
})
const started = channel.start(() => Promise.resolve({ messageId: 'm1', duplicate: false }))
process.stdin.resume()
await once(process.stdin, 'end')
await channel.stop()
await started
process.stdout.write('stopped\n')
