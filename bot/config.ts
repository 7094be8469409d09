import { existsSync } from 'node:fs'
import { z } from 'zod'
import { PackError, parsePack } from '../policy/pack.ts'
import { builtInPackIds } from '../policy/packs/built-in.ts'
import { parseInstant } from '../policy/time.ts'
import { judgeWechat, readWechat, wechatVariables } from './config-wechat.ts'
import { judgeWecom, readWecom, wecomVariables } from './config-wecom.ts'
import { readPack } from './pack-file.ts'

/** EX_CONFIG of sysexits: the configuration is wrong. */
export const EX_CONFIG = 78

/** Every fault at once, one a line, each naming its variable. */
export class ConfigError extends Error {
  readonly faults: string[]
  constructor(faults: string[]) {
    super(`配置有误，请改正后再启动：\n${faults.map(fault => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

export type Config = ReturnType<typeof readConfig>

const url = z.string().refine(isHttpUrl, '应为 http:// 或 https:// 地址').transform(trimSlash)
const port = z.coerce
  .number({ error: '应为 1 到 65535 的整数' })
  .int('应为整数')
  .min(0, '不能小于 0')
  .max(65_535, '不能大于 65535')
const text = z.string().trim().min(1)
const count = z.coerce.number({ error: '应为整数' }).int('应为整数').positive('应大于 0')

const schema = z.object({
  HOST: text.default('127.0.0.1'),
  PORT: port.default(3000),
  DATABASE_URL: text.regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, '应为 file:路径 或 postgres://…').optional(),
  DATA_DIR: text.default('data'),
  POLICY_PACK: text.default('street-team'),
  ROSTER_DIR: text.optional(),
  ADMIN_TOKEN: text.min(16, '至少 16 个字符').optional(),
  DATA_KEY: text
    .refine(
      value => Buffer.from(value, 'base64').length === 32 && /^[A-Za-z0-9+/]{43}=$/.test(value),
      '应为 32 字节的 base64',
    )
    .optional(),
  PUBLIC_URL: url.optional(),
  BOT_NAME: text.default('小格'),
  SIMULATOR: z.enum(['on', 'off'], { error: '应为 on 或 off' }).optional(),
  SIMULATOR_START: text.refine(isInstant, '应为时刻，例如 2026-11-18T08:00:00+08:00').optional(),
  SIMULATOR_CLOCK: z.enum(['run', 'hold'], { error: '应为 run 或 hold' }).default('run'),
  SIMULATOR_TOKEN: text.min(16, '至少 16 个字符').optional(),
  DINGTALK_CLIENT_ID: text.optional(),
  DINGTALK_CLIENT_SECRET: text.optional(),
  DINGTALK_ROBOT_CODE: text.optional(),
  DINGTALK_CORP_ID: text.optional(),
  DINGTALK_AGENT_ID: text.optional(),
  DINGTALK_CARD_TEMPLATE: text.optional(),
  DINGTALK_EVENT_TOKEN: text.optional(),
  DINGTALK_EVENT_AES_KEY: text.regex(/^[A-Za-z0-9]{43}$/, '应为 43 个字母或数字').optional(),
  DINGTALK_MODE: z.enum(['stream', 'webhook', 'both'], { error: '应为 stream、webhook 或 both' }).default('stream'),
  DINGTALK_API_BASE: url.default('https://api.dingtalk.com'),
  DINGTALK_OAPI_BASE: url.default('https://oapi.dingtalk.com'),
  DINGTALK_API_QUOTA: count.default(5_000),
  DINGTALK_MESSAGE_QUOTA: count.default(3_000),
  ...wecomVariables,
  ...wechatVariables,
  UNDERSTAND_URL: url.optional(),
  UNDERSTAND_KEY: text.optional(),
  UNDERSTAND_MODEL: text.optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { error: '应为 pino 的日志级别' })
    .default('info'),
})

/** Every variable that is read. */
export const variableNames: readonly string[] = Object.keys(schema.shape)

/** Reads the environment (contract.md, Environment). Empty values count as absent. @throws {ConfigError} */
export function readConfig(env: NodeJS.ProcessEnv) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(given)
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}：${message}`)
  const has = (name: string) => given[name] !== undefined

  const hasDingtalk = has('DINGTALK_CLIENT_ID') && has('DINGTALK_CLIENT_SECRET')
  const partial = Object.keys(given).filter(name => name.startsWith('DINGTALK_') && !/_(BASE|MODE|QUOTA)$/.test(name))
  if (partial.length > 0 && !hasDingtalk) {
    const missing = ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'].filter(name => !has(name))
    faults.push(`${missing.join('、')}：钉钉只配了一部分（已有 ${partial.join('、')}），请补全或全部去掉`)
  }
  if (has('DINGTALK_EVENT_TOKEN') !== has('DINGTALK_EVENT_AES_KEY'))
    faults.push('DINGTALK_EVENT_TOKEN、DINGTALK_EVENT_AES_KEY：事件订阅只配了一部分，请补全或全部去掉')
  const wecom = judgeWecom(has)
  const wechat = judgeWechat(has)
  faults.push(...wecom.faults, ...wechat.faults)
  const hasPlatform = hasDingtalk || wecom.isConfigured || wechat.isConfigured
  const opinion = ['UNDERSTAND_URL', 'UNDERSTAND_KEY', 'UNDERSTAND_MODEL']
  const lacking = opinion.filter(name => !has(name))
  if (lacking.length > 0 && lacking.length < opinion.length)
    faults.push(`${lacking.join('、')}：对话补全只配了一部分，请补全或全部去掉`)
  const simulator = given.SIMULATOR ? given.SIMULATOR === 'on' : !hasPlatform
  if (!simulator && !has('ADMIN_TOKEN')) faults.push('ADMIN_TOKEN：未开模拟器时必填，至少 16 个字符')
  if (!simulator && !has('DATA_KEY'))
    faults.push('DATA_KEY：未开模拟器时必填，32 字节的 base64（openssl rand -base64 32）')
  faults.push(...findPackFaults(given.POLICY_PACK ?? 'street-team').map(fault => `POLICY_PACK：${fault}`))
  if (given.ROSTER_DIR && !existsSync(given.ROSTER_DIR)) faults.push(`ROSTER_DIR：找不到目录 ${given.ROSTER_DIR}`)
  const bases = [
    ...(hasDingtalk ? [given.DINGTALK_API_BASE, given.DINGTALK_OAPI_BASE] : []),
    ...(wecom.isConfigured ? [given.WECOM_API_BASE] : []),
    ...(wechat.isConfigured ? [given.WECHAT_API_BASE] : []),
    ...(has('WECOM_BOT_ID') ? [given.WECOM_BOT_WS?.replace(/^ws/, 'http')] : []),
  ]
  if (simulator && hasPlatform && !has('SIMULATOR_TOKEN') && !bases.every(isLoopbackUrl)) {
    faults.push('SIMULATOR_TOKEN：模拟器与真实平台同时打开时必填')
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)

  const value = parsed.data
  return {
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL ?? `http://${value.HOST}:${value.PORT}`,
    databaseUrl: value.DATABASE_URL ?? (simulator ? 'file:data/demo.db' : 'file:data/xiaoge.db'),
    dataDir: value.DATA_DIR,
    policyPack: value.POLICY_PACK,
    rosterDir: value.ROSTER_DIR,
    adminToken: value.ADMIN_TOKEN,
    dataKey: value.DATA_KEY,
    botName: value.BOT_NAME,
    logLevel: value.LOG_LEVEL,
    completion:
      value.UNDERSTAND_URL && value.UNDERSTAND_KEY && value.UNDERSTAND_MODEL
        ? { url: value.UNDERSTAND_URL, key: value.UNDERSTAND_KEY, model: value.UNDERSTAND_MODEL }
        : undefined,
    simulator: simulator
      ? {
          start: value.SIMULATOR_START === undefined ? undefined : parseInstant(value.SIMULATOR_START),
          clock: value.SIMULATOR_CLOCK,
          token: value.SIMULATOR_TOKEN,
        }
      : undefined,
    dingtalk:
      value.DINGTALK_CLIENT_ID && value.DINGTALK_CLIENT_SECRET
        ? {
            clientId: value.DINGTALK_CLIENT_ID,
            clientSecret: value.DINGTALK_CLIENT_SECRET,
            robotCode: value.DINGTALK_ROBOT_CODE ?? value.DINGTALK_CLIENT_ID,
            corpId: value.DINGTALK_CORP_ID,
            agentId: value.DINGTALK_AGENT_ID,
            cardTemplate: value.DINGTALK_CARD_TEMPLATE,
            mode: value.DINGTALK_MODE,
            events:
              value.DINGTALK_EVENT_TOKEN && value.DINGTALK_EVENT_AES_KEY
                ? { token: value.DINGTALK_EVENT_TOKEN, aesKey: value.DINGTALK_EVENT_AES_KEY }
                : undefined,
            apiBase: value.DINGTALK_API_BASE,
            oapiBase: value.DINGTALK_OAPI_BASE,
            quota: { api: value.DINGTALK_API_QUOTA, webhook: value.DINGTALK_MESSAGE_QUOTA },
          }
        : undefined,
    wecom: readWecom(value),
    wechat: readWechat(value),
  }
}

/** A built-in pack is right by its own tests; a file is read here, so that its faults stand beside the others. */
function findPackFaults(idOrPath: string): string[] {
  if ((builtInPackIds as readonly string[]).includes(idOrPath)) return []
  if (!existsSync(idOrPath))
    return [`没有名为“${idOrPath}”的内置规则包（有 ${builtInPackIds.join('、')}），也没有这个文件`]
  try {
    const { name, yaml } = readPack(idOrPath)
    parsePack(yaml, name)
    return []
  } catch (error) {
    return error instanceof PackError ? [...error.faults] : [`读不了 ${idOrPath}（${(error as Error).message}）`]
  }
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)
}

export function isLoopbackUrl(value: string | undefined): boolean {
  return (
    value !== undefined && isHttpUrl(value) && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(value).hostname)
  )
}

function isInstant(value: string): boolean {
  return parseInstant(value) !== undefined
}

function trimSlash(value: string): string {
  return value.replace(/\/+$/, '')
}
