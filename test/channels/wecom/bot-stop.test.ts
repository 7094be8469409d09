import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { startWecomBotEmulator, type WecomBotEmulator } from '../../emulators/wecom-bot.ts'

it.each<[string, (emulator: WecomBotEmulator) => string, (emulator: WecomBotEmulator) => boolean]>([
  ['a working line', ({ bot }) => bot.secret, ({ lines }) => lines.isLive],
  ['refused credentials', () => 'wrong', ({ lines }) => lines.frames.length > 0],
  [
    'a subscription that nobody answers',
    ({ lines, bot }) => {
      lines.plan('aibot_subscribe', { isSilent: true })
      return bot.secret
    },
    ({ lines }) => lines.frames.length > 0,
  ],
])('leaves nothing that keeps the process alive, after %s', async (_, prepare, isReady) => {
  const emulator = await startWecomBotEmulator()
  onTestFinished(() => emulator.close())
  const secret = prepare(emulator)
  const script = fileURLToPath(new URL('bot-stop-alone.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, emulator.wsUrl, secret])
  onTestFinished(() => void child.kill())
  let printed = ''
  child.stdout.on('data', chunk => {
    printed += chunk
  })
  await emulator.waitUntil(() => isReady(emulator), 20_000)
  await sleep(100)
  child.stdin.end()
  // What would keep it is a ping every 15 s, a lease of 30 s or a wait of minutes.
  const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(8_000) })
  expect({ code, printed }).toStrictEqual({ code: 0, printed: 'stopped\n' })
  expect(emulator.lines.isLive).toBe(false)
})
