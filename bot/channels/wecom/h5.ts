/** The phone pages inside WeCom: JS-SDK tickets (path 96909) and web login (path 91022, 91023). */
import { SendError } from '../channel.ts'
import { asId, asText } from '../json.ts'
import type { PagePlatform } from '../page-platform.ts'
import { createTicketSource, signPage } from '../ticket.ts'
import type { WecomApi } from './api.ts'
import { encodeMediaRef } from './media.ts'

const AUTHORIZE = 'https://open.weixin.qq.com/connect/oauth2/authorize'
const LONGEST_CODE = 512

export function createWecomPages(options: {
  api: WecomApi
  corpId: string
  agentId: number
  machineNow(): number
}): PagePlatform {
  const { api, corpId, machineNow } = options
  const agentId = String(options.agentId)
  const tickets = createTicketSource({
    machineNow,
    async request() {
      const { ticket, expires_in } = await api.get('get_jsapi_ticket')
      const value = asText(ticket)
      if (!value) throw new SendError('retry', '企业微信没有给出页面签名票据')
      return { ticket: value, lifeMs: Number(expires_in) > 0 ? Number(expires_in) * 1000 : undefined }
    },
  })

  return {
    channel: 'wecom',
    isInside: userAgent => /wxwork\//i.test(userAgent),
    client: { corpId, agentId },
    mediaRef: encodeMediaRef,

    authorizeUrl(returnUrl, state) {
      const query = new URLSearchParams({
        appid: corpId,
        redirect_uri: returnUrl,
        response_type: 'code',
        scope: 'snsapi_base',
        state,
        agentid: agentId,
      })
      return `${AUTHORIZE}?${query}#wechat_redirect`
    },

    async identify(code) {
      if (code === '' || code.length > LONGEST_CODE) return undefined
      try {
        // Whoever is no member comes with `openid` alone.
        return asId((await api.get('auth/getuserinfo', { code })).userid)
      } catch (error) {
        if (error instanceof SendError && error.fault === 'refused') return undefined
        throw error
      }
    },

    async sign(url) {
      return signPage(await tickets.get(), url, machineNow(), 'sha1')
    },
  }
}
