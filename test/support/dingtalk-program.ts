import { type DingtalkEmulator, type EmulatorOptions, startDingtalkEmulator } from '../emulators/dingtalk.ts'
import { type ChildProgram, createChildProgram } from './child-program.ts'
import { createDingtalkStreet } from './dingtalk-street.ts'

export interface DingtalkProgram {
  emulator: DingtalkEmulator
  program: ChildProgram
  /** The folder it runs in, with its database, roster and photos. */
  folder: string
  /** Its settings but the port, for other commands beside it. */
  env: Record<string, string>
  /** Where the emulated platform posts to. */
  callback: string
  dispose(): Promise<void>
}

/** The program as shipped, not yet started, with a street whose only platform is the emulated DingTalk; `env` is laid over its settings. */
export async function createDingtalkProgram(
  options: { emulator?: EmulatorOptions; env?: Record<string, string> } = {},
): Promise<DingtalkProgram> {
  const emulator = await startDingtalkEmulator({ redeliverAfterMs: 500, callsPerSecond: 10_000, ...options.emulator })
  const { folder, rosterDir, dispose } = createDingtalkStreet(emulator)
  const env = {
    PATH: process.env.PATH ?? '',
    SIMULATOR: 'off',
    ADMIN_TOKEN: 'chaos-admin-token-0123456789',
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    ROSTER_DIR: rosterDir,
    DINGTALK_CLIENT_ID: emulator.clientId,
    DINGTALK_CLIENT_SECRET: emulator.clientSecret,
    DINGTALK_MODE: 'both',
    DINGTALK_API_BASE: emulator.apiBase,
    DINGTALK_OAPI_BASE: emulator.oapiBase,
    DINGTALK_MESSAGE_QUOTA: '1000000',
    DINGTALK_API_QUOTA: '1000000',
    LOG_LEVEL: 'warn',
    ...options.env,
  }
  const program = await createChildProgram(folder, env)
  return {
    emulator,
    program,
    folder,
    env,
    callback: `${program.base}/dingtalk/callback`,
    async dispose() {
      await program.kill()
      await emulator.close()
      dispose()
    },
  }
}

/** Posts one message until it is acknowledged, as a platform that redelivers would. @returns its msgId */
export async function postUntilAcked(
  { emulator, callback }: Pick<DingtalkProgram, 'emulator' | 'callback'>,
  saying: { from: string; text: string; group?: string; msgId: string },
): Promise<string> {
  for (;;) {
    const { responses } = await emulator.post(saying, { url: callback }).catch(() => ({ responses: [] }))
    if (responses[0]?.status === 200) return saying.msgId
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
