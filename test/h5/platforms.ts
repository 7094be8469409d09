import { createPlatformApi } from '../../bot/channels/dingtalk/api.ts'
import { createDingtalkPages } from '../../bot/channels/dingtalk/h5.ts'
import { createDingtalkTokens } from '../../bot/channels/dingtalk/token.ts'
import type { PagePlatform } from '../../bot/channels/page-platform.ts'
import { createWecomApi, createWecomTokens } from '../../bot/channels/wecom/api.ts'
import { createWecomPages } from '../../bot/channels/wecom/h5.ts'
import type { DingtalkEmulator } from '../emulators/dingtalk.ts'
import type { WecomEmulator } from '../emulators/wecom.ts'

export const CORP_ID = 'dingcorp0001'
export const AGENT_ID = '123456'

export const userAgents = {
  wecom:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 wxwork/4.1.36 MicroMessenger/7.0.1 Language/zh',
  dingtalk:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 AliApp(DingTalk/7.6.0) com.laiwang.DingTalk/36543',
}

/** The pages' side of an emulated DingTalk, put together as the channel does. */
export function dingtalkPages(emulator: DingtalkEmulator, machineNow: () => number): PagePlatform {
  const { apiBase, oapiBase, clientId, clientSecret } = emulator
  const tokens = createDingtalkTokens({ apiBase, clientId, clientSecret, machineNow })
  const api = createPlatformApi({ apiBase, oapiBase, tokens })
  return createDingtalkPages({ api, corpId: CORP_ID, agentId: AGENT_ID, clientId, machineNow })
}

/** The same of an emulated WeCom. */
export function wecomPages(emulator: WecomEmulator, machineNow: () => number): PagePlatform {
  const { apiBase, corpId, agentId, secret } = emulator
  const api = createWecomApi({ apiBase, tokens: createWecomTokens({ apiBase, corpId, secret, machineNow }) })
  return createWecomPages({ api, corpId, agentId, machineNow })
}
