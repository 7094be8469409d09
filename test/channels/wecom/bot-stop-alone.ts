/**
 * A process of its own that starts the bot's long connection and stops it when its input ends: it ends by itself only if nothing of
 * it is left. Arguments: the platform's address, the secret. Prints one line when it has stopped.
 */
import { once } from 'node:events'
import { pino } from 'pino'
import { createWecomBotByLine } from '../../../bot/channels/wecom/bot-by-line.ts'
import { systemClock } from '../../../bot/clock.ts'

const [wsUrl = '', secret = ''] = process.argv.slice(2)
const bot = createWecomBotByLine({
  botId: 'aibEMULATED',
  secret,
  wsUrl,
  botName: '小格',
  apiBase: 'http://127.0.0.1:9',
  memory: {
    takeLease: async () => true,
    releaseLease: async () => {},
    sweepLease: async () => {},
    findLease: async () => undefined,
    isAnswerDue: async () => false,
    spendReply: async () => true,
    restoreReply: async () => {},
    findUserId: async () => undefined,
    noteUserId: async () => {},
    isKnown: async () => true,
  },
  isAlone: true,
  machineNow: () => systemClock.machineNow(),
  log: pino({ level: 'silent' }),
  onEvent: async () => {},
  onGap: () => {},
})
const started = bot.start(() => Promise.resolve({ messageId: 'm1', duplicate: false }))
process.stdin.resume()
await once(process.stdin, 'end')
await bot.stop()
await started
process.stdout.write('stopped\n')
