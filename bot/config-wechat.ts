import { z } from 'zod'

const text = z.string().trim().min(1)

/** The variables of the residents' official account, on top of the program's own. */
export const wechatVariables = {
  WECHAT_APP_ID: text.optional(),
  WECHAT_SECRET: text.optional(),
  WECHAT_TOKEN: text.regex(/^[A-Za-z0-9]{3,32}$/, '应为 3 到 32 个字母或数字').optional(),
  WECHAT_AES_KEY: text.regex(/^[A-Za-z0-9]{43}$/, '应为 43 个字母或数字（后台里的 EncodingAESKey）').optional(),
  WECHAT_API_BASE: text
    .refine(value => /^https?:\/\/\S+$/.test(value) && URL.canParse(value), '应为 http:// 或 https:// 地址')
    .transform(value => value.replace(/\/+$/, ''))
    .default('https://api.weixin.qq.com'),
}

const REQUIRED = ['WECHAT_APP_ID', 'WECHAT_SECRET', 'WECHAT_TOKEN']

/** @returns whether the account is configured, and a sentence where it is only half */
export function judgeWechat(has: (name: string) => boolean): { isConfigured: boolean; faults: string[] } {
  const missing = REQUIRED.filter(name => !has(name))
  const given = [...REQUIRED, 'WECHAT_AES_KEY'].filter(has)
  if (missing.length === 0) return { isConfigured: true, faults: [] }
  if (given.length === 0) return { isConfigured: false, faults: [] }
  return {
    isConfigured: false,
    faults: [`${missing.join('、')}：公众号只配了一部分（已有 ${given.join('、')}），请补全或全部去掉`],
  }
}

/** The same as the channel wants them; undefined where it is not configured. */
export function readWechat(value: z.infer<z.ZodObject<typeof wechatVariables>>) {
  const { WECHAT_APP_ID: appId, WECHAT_SECRET: secret, WECHAT_TOKEN: token, WECHAT_AES_KEY: aesKey } = value
  return appId && secret && token ? { appId, secret, token, aesKey, apiBase: value.WECHAT_API_BASE } : undefined
}
