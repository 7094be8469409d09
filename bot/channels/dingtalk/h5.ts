/** The phone pages inside DingTalk (open.dingtalk.com: 企业内部应用免登, 获取 jsapiTicket, dd.config). */
import { SendError } from '../channel.ts'
import { asObject, asText } from '../json.ts'
import type { PagePlatform } from '../page-platform.ts'
import { createTicketSource, signPage } from '../ticket.ts'
import type { PlatformApi } from './api.ts'

const LONGEST_CODE = 512

export function createDingtalkPages(options: {
  api: PlatformApi
  corpId: string
  agentId?: string
  clientId: string
  machineNow(): number
}): PagePlatform {
  const { api, corpId, agentId, clientId, machineNow } = options
  const tickets = createTicketSource({
    machineNow,
    async request() {
      const { jsapiTicket, expireIn } = await api.callApi('/v1.0/oauth2/jsapiTickets', {})
      const ticket = asText(jsapiTicket)
      if (!ticket) throw new SendError('retry', '钉钉没有给出页面签名票据')
      return { ticket, lifeMs: Number(expireIn) > 0 ? Number(expireIn) * 1000 : undefined }
    },
  })

  return {
    channel: 'dingtalk',
    isInside: userAgent => /DingTalk/i.test(userAgent),
    client: { corpId, agentId, clientId },

    async identify(code) {
      if (code === '' || code.length > LONGEST_CODE) return undefined
      try {
        const { result } = await api.callOldApi('/topapi/v2/user/getuserinfo', { code })
        return asText(asObject(result)?.userid) || undefined
      } catch (error) {
        // A code that is spent or made up is refused like any other bad parameter.
        if (error instanceof SendError && error.fault === 'refused') return undefined
        throw error
      }
    },

    async sign(url, hash = 'sha256') {
      return signPage(await tickets.get(), decodeURI(url), machineNow(), hash)
    },
  }
}
