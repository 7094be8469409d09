import type { Config } from '../config.ts'
import { startProgram } from '../main.ts'

/** Runs until it is told to stop, and ends the process when everything is closed. */
export async function start(config: Config, print: (line: string) => void): Promise<void> {
  const program = await startProgram(config)
  const url = config.publicUrl.replace(/:0$/, `:${program.port}`)
  print(config.simulator ? `小格的演示街道已打开：${url}/sim/` : `小格已启动：${url}`)
  if (!config.adminToken) print(`管理接口口令（本次启动有效）：${program.adminToken}`)
  print('按 Ctrl+C 停止。')
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await program.stop()
  // A platform that never answers would else keep its request, and with it the process, for many seconds more.
  process.exit(0)
}
