/** For `xiaoge doctor`: does WeCom take the credentials, from this address, for this app — and what to fix where not (path 90227). */
import type { Finding } from '../channel.ts'
import { asArray, asObject, asText, type JsonObject } from '../json.ts'
import type { TokenSource } from '../token.ts'
import type { WecomApi } from './api.ts'

export interface DiagnoseOptions {
  agentId: number
  api: WecomApi
  tokens: TokenSource
  /** Where the callback is to be reached. */
  publicUrl?: string
}

export async function diagnoseApp(options: DiagnoseOptions): Promise<Finding[]> {
  const credentials = await checkCredentials(options)
  if (!credentials.ok) return [credentials]
  return [credentials, ...(await checkApp(options)), await checkAddress(options)]
}

async function checkCredentials({ tokens }: DiagnoseOptions): Promise<Finding> {
  try {
    await tokens.get()
    return { ok: true, text: '企业微信应用凭证有效，已取得访问凭证。' }
  } catch (error) {
    return { ok: false, text: `企业微信访问凭证取不到：${sayWhy(error)}。` }
  }
}

async function checkApp({ api, agentId }: DiagnoseOptions): Promise<Finding[]> {
  let app: JsonObject
  try {
    app = await api.get('agent/get', { agentid: String(agentId) })
  } catch (error) {
    // The wrong app, or an address that is not on its list: the reason says which, and where to put it right.
    return [{ ok: false, text: `应用 ${agentId} 不能调用接口：${sayWhy(error)}。` }]
  }
  const name = asText(app.name) ?? String(agentId)
  const findings: Finding[] = [
    app.close === 1
      ? { ok: false, text: `应用“${name}”已停用。请在管理后台重新启用。` }
      : { ok: true, text: `应用“${name}”可以调用接口，出口 IP 在“企业可信IP”里。` },
  ]
  const size = countVisible(app)
  findings.push(
    size === 0
      ? { ok: false, text: `应用“${name}”的可见范围是空的，谁也收不到消息。请在应用详情页设置可见范围。` }
      : { ok: true, text: `应用“${name}”的可见范围已设置；名册里的人都要在范围内，否则收不到私聊。` },
  )
  if (asText(app.redirect_domain) === undefined)
    findings.push({ ok: false, text: '应用还没有设置“网页授权及JS-SDK”的可信域名，手机页面打不开。' })
  return findings
}

/** Members, departments and tags that are named as the app's visible range. */
function countVisible(app: JsonObject): number {
  const lists: [string, string][] = [
    ['allow_userinfos', 'user'],
    ['allow_partys', 'partyid'],
    ['allow_tags', 'tagid'],
  ]
  return lists.reduce((sum, [field, list]) => sum + (asArray(asObject(app[field])?.[list])?.length ?? 0), 0)
}

/** The platform tells nobody whether a callback is set: what can be checked is that it could call this address. */
async function checkAddress({ publicUrl }: DiagnoseOptions): Promise<Finding> {
  const setUp = `应用详情页“接收消息”的 URL 应为 ${publicUrl ?? 'PUBLIC_URL'}/wecom/app，并勾选要接收的事件`
  const isReachable = publicUrl !== undefined && !/\/\/(127\.|localhost|\[::1\])/.test(publicUrl)
  return isReachable
    ? { ok: true, text: `${setUp}。` }
    : { ok: false, text: `PUBLIC_URL 是 ${publicUrl ?? '空的'}，企业微信连不到。${setUp}。` }
}

function sayWhy(error: unknown): string {
  return error instanceof Error ? error.message : '原因不明'
}
