/** Calls of the official account (developers.weixin.qq.com: 获取 access_token, 客服消息, 素材管理, 全局返回码). */
import { SendError, type SendFault } from '../channel.ts'
import { type FileToSend, fetchFile, postFile, throwHarmless } from '../files.ts'
import { type Answer, requestPlatform } from '../http.ts'
import { asNumber, asObject, asText, type JsonObject } from '../json.ts'
import { createTokenSource, type TokenSource, withToken } from '../token.ts'

const PLATFORM = '微信公众号'
const REFUSED_PAUSE_MS = 10 * 60_000

/** `token`: fetched anew once and the call repeated. First match wins. */
const RULES: { codes: number[]; fault: SendFault | 'token'; words: string }[] = [
  { codes: [40014, 42001, 41001], fault: 'token', words: '访问凭证失效' },
  { codes: [-1], fault: 'retry', words: '微信系统繁忙' },
  { codes: [40125, 40013, 40002], fault: 'credentials', words: '请核对 WECHAT_APP_ID 与 WECHAT_SECRET' },
  { codes: [40164], fault: 'credentials', words: '出口 IP 不在公众号的 IP 白名单里，请在“开发—基本配置”添加' },
  { codes: [45015], fault: 'refused', words: '居民已超过 48 小时没有来信，或已取消关注，平台不让再发' },
  { codes: [45047], fault: 'refused', words: '居民来信后的 5 条客服消息已用完，等其再来信' },
  { codes: [48001], fault: 'refused', words: '公众号没有客服消息权限（需认证），只能在 5 秒内当场回复' },
  { codes: [40003, 43004], fault: 'refused', words: '收信人不是关注者' },
  { codes: [45009, 45011], fault: 'throttled', words: '今天的调用次数已用完' },
  { codes: [40004, 40005, 40006, 40007, 40009, 45001, 45002], fault: 'refused', words: '内容或文件不被接受' },
]

export interface WechatApi {
  /** @throws {SendError} */
  post(path: string, body: JsonObject): Promise<JsonObject>
  /** Resolves to the `media_id`, good for three days. @throws {SendError} */
  uploadImage(image: FileToSend): Promise<string>
  /** @throws {SendError} */
  download(mediaId: string, maxBytes: number): Promise<Uint8Array>
}

export interface WechatApiOptions {
  apiBase: string
  appId: string
  secret: string
  machineNow(): number
}

export function createWechatTokens({ apiBase, appId, secret, machineNow }: WechatApiOptions): TokenSource {
  return createTokenSource({
    machineNow,
    refusedPauseMs: REFUSED_PAUSE_MS,
    async request() {
      const query = new URLSearchParams({ grant_type: 'client_credential', appid: appId, secret })
      const answer = await requestPlatform(PLATFORM, `${apiBase}/cgi-bin/token?${query}`, { method: 'GET' })
      // Here 40001 says that the secret is wrong; anywhere else, that the token is.
      if (asNumber(asObject(answer.body)?.errcode) === 40001) {
        throw new SendError('credentials', '请核对 WECHAT_SECRET（40001）')
      }
      const { access_token, expires_in } = readSuccess(answer)
      const accessToken = asText(access_token)
      if (!accessToken) throw new SendError('retry', '微信没有给出访问凭证')
      return { accessToken, lifeMs: Number(expires_in) * 1000 }
    },
  })
}

export function createWechatApi({ apiBase, tokens }: { apiBase: string; tokens: TokenSource }): WechatApi {
  const addressOf = (path: string, token: string, query: Record<string, string> = {}) =>
    `${apiBase}/cgi-bin/${path}?${new URLSearchParams({ access_token: token, ...query })}`

  const call = async (request: (token: string) => Promise<Answer>) =>
    readSuccess(await withToken(tokens, request, isTokenRefused))

  return {
    post: (path, body) =>
      call(token =>
        requestPlatform(PLATFORM, addressOf(path, token), {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    async uploadImage(image) {
      const url = (token: string) => addressOf('media/upload', token, { type: 'image' })
      const answer = await call(token => postFile(PLATFORM, url(token), image)).catch(throwHarmless)
      return String(answer.media_id)
    },
    async download(mediaId, maxBytes) {
      const result = await withToken(
        tokens,
        token => fetchFile(PLATFORM, addressOf('media/get', token, { media_id: mediaId }), maxBytes),
        found => 'answer' in found && isTokenRefused(found.answer),
      )
      if ('bytes' in result) return result.bytes
      readSuccess(result.answer)
      throw new SendError('retry', '微信没有给出图片')
    },
  }
}

function isTokenRefused({ body }: Answer): boolean {
  const code = asNumber(asObject(body)?.errcode)
  return code === 40001 || RULES[0]!.codes.includes(code ?? 0)
}

/** @throws {SendError} where `errcode` is there and not 0, or the answer is none of the platform's */
function readSuccess({ status, body }: Answer): JsonObject {
  const fields = asObject(body)
  const code = asNumber(fields?.errcode) ?? 0
  if (!fields) {
    throw new SendError(status >= 500 || status < 300 ? 'ambiguous' : 'retry', `微信没有给出结果（${status}）`)
  }
  if (code === 0) return fields
  const rule = RULES.find(({ codes }) => codes.includes(code))
  const fault = !rule || rule.fault === 'token' ? 'retry' : rule.fault
  throw new SendError(fault, `${rule?.words ?? '未知的错误'}（${code}）`)
}
