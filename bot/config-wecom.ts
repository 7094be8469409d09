import { z } from 'zod'

const text = z.string().trim().min(1)
const aesKey = text.regex(/^[A-Za-z0-9]{43}$/, '应为 43 个字母或数字（控制台里的 EncodingAESKey）')
const token = text.regex(/^[A-Za-z0-9]{1,32}$/, '应为不超过 32 个字母或数字')

/** The variables of WeCom, on top of the program's own. */
export const wecomVariables = {
  WECOM_CORP_ID: text.optional(),
  WECOM_AGENT_ID: z.coerce.number({ error: '应为整数' }).int('应为整数').positive('应大于 0').optional(),
  WECOM_SECRET: text.optional(),
  WECOM_TOKEN: token.optional(),
  WECOM_AES_KEY: aesKey.optional(),
  WECOM_BOT_TOKEN: token.optional(),
  WECOM_BOT_AES_KEY: aesKey.optional(),
  WECOM_BOT_ID: text.optional(),
  WECOM_BOT_SECRET: text.optional(),
  WECOM_API_BASE: text
    .refine(value => /^https?:\/\/\S+$/.test(value) && URL.canParse(value), '应为 http:// 或 https:// 地址')
    .transform(value => value.replace(/\/+$/, ''))
    .default('https://qyapi.weixin.qq.com'),
  WECOM_BOT_WS: text
    .refine(value => /^wss?:\/\/\S+$/.test(value) && URL.canParse(value), '应为 ws:// 或 wss:// 地址')
    .default('wss://openws.work.weixin.qq.com'),
}

type Values = z.infer<z.ZodObject<typeof wecomVariables>>

const APP = ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_SECRET', 'WECOM_TOKEN', 'WECOM_AES_KEY']
const BOT_CALLBACK = ['WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY']
const BOT_CONNECTION = ['WECOM_BOT_ID', 'WECOM_BOT_SECRET']
const PARTS: [name: string, variables: string[]][] = [
  ['企业微信自建应用', APP],
  ['企业微信智能机器人（回调）', BOT_CALLBACK],
  ['企业微信智能机器人（长连接）', BOT_CONNECTION],
]

/** @returns whether one of WeCom's ways is configured, and a sentence for each that is only half */
export function judgeWecom(has: (name: string) => boolean): { isConfigured: boolean; faults: string[] } {
  const faults = PARTS.flatMap(([name, variables]) => {
    const missing = variables.filter(variable => !has(variable))
    if (missing.length === 0 || missing.length === variables.length) return []
    const given = variables.filter(has).join('、')
    return [`${missing.join('、')}：${name}只配了一部分（已有 ${given}），请补全或全部去掉`]
  })
  const isWhole = (variables: string[]) => variables.every(has)
  if (isWhole(BOT_CALLBACK) && isWhole(BOT_CONNECTION)) {
    faults.push('WECOM_BOT_TOKEN、WECOM_BOT_ID：智能机器人的回调和长连接只能选一种，请去掉其中一组')
  }
  return { isConfigured: PARTS.some(([, variables]) => isWhole(variables)), faults }
}

/** The same as the channel's parts want them; undefined where nothing of WeCom is configured. */
export function readWecom(value: Values) {
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId, WECOM_SECRET: secret } = value
  const { WECOM_TOKEN: appToken, WECOM_AES_KEY: appAesKey, WECOM_API_BASE: apiBase } = value
  const app =
    corpId && agentId && secret && appToken && appAesKey
      ? { corpId, agentId, secret, token: appToken, aesKey: appAesKey }
      : undefined
  const bot = readBot(value)
  return app || bot ? { app, bot, apiBase } : undefined
}

function readBot(value: Values) {
  const { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_TOKEN: botToken, WECOM_BOT_AES_KEY: key } = value
  if (botToken && key) return { mode: 'callback', token: botToken, aesKey: key } as const
  return botId && secret ? ({ mode: 'connection', botId, secret, wsUrl: value.WECOM_BOT_WS } as const) : undefined
}
