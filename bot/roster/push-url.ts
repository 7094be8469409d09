/** Where the group robots of each platform take messages. Source: protocols/dingtalk.md, protocols/wecom.md */
const robotHosts = { dingtalk: 'oapi.dingtalk.com', wecom: 'qyapi.weixin.qq.com', simulator: undefined } as const

/**
 * Whether messages may be sent to this push address: https at the platform's own host, or at an API base that somebody configured.
 * Anything else would let a roster file aim the program at a machine inside the house.
 */
export function judgePushUrl(
  text: string,
  channel: keyof typeof robotHosts,
  allowedBases: readonly string[],
): { ok: true } | { ok: false; reason: string } {
  const host = robotHosts[channel]
  if (host === undefined) return { ok: false, reason: '模拟群没有“推送地址”，请留空' }
  // The address is a secret, so no sentence repeats it.
  const reason = `“推送地址”应为 https://${host}/ 开头的网址`
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(text) || !URL.canParse(text)) return { ok: false, reason }
  const url = new URL(text)
  const isPlatform = url.protocol === 'https:' && url.host === host
  const isNamed = url.username === '' && url.password === ''
  return isNamed && (isPlatform || allowedBases.some(base => new URL(base).origin === url.origin))
    ? { ok: true }
    : { ok: false, reason }
}
