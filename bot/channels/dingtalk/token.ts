/** The app's access token (open.dingtalk.com, 获取企业内部应用的 accessToken). */
import { SendError } from '../channel.ts'
import { asObject, asText } from '../json.ts'
import { createTokenSource, type TokenSource } from '../token.ts'
import { findFault, toPlatformError } from './errors.ts'
import { requestPlatform } from './http.ts'

export interface TokenOptions {
  apiBase: string
  clientId: string
  clientSecret: string
  machineNow(): number
}

export function createDingtalkTokens(options: TokenOptions): TokenSource {
  return createTokenSource({ machineNow: options.machineNow, request: () => requestToken(options) })
}

async function requestToken({ apiBase, clientId, clientSecret }: TokenOptions) {
  const answer = await requestPlatform(`${apiBase}/v1.0/oauth2/accessToken`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ appKey: clientId, appSecret: clientSecret }),
  })
  const fault = findFault(answer)
  if (fault !== undefined) throw toPlatformError(fault)
  const body = asObject(answer.body)
  const accessToken = asText(body?.accessToken)
  if (accessToken === undefined || accessToken === '') throw new SendError('retry', '钉钉没有给出访问凭证')
  return { accessToken, lifeMs: Number(body?.expireIn) * 1000 }
}
