/** For `xiaoge doctor`: does DingTalk take the credentials, may the app send, does the gateway let it listen — and what to fix where not. */
import { type Finding, SendError } from '../channel.ts'
import type { TokenSource } from '../token.ts'
import type { PlatformApi } from './api.ts'
import { CredentialsRefused, openGateway } from './gateway.ts'

export interface DiagnoseOptions {
  apiBase: string
  clientId: string
  clientSecret: string
  robotCode: string
  listensByStream: boolean
  api: PlatformApi
  tokens: TokenSource
}

/** Nobody's user id: the platform judges permission and robot before it looks for the person, and nothing is delivered. */
const NOBODY = 'xiaoge-doctor-nobody'

export async function diagnoseDingtalk(options: DiagnoseOptions): Promise<Finding[]> {
  const credentials = await checkCredentials(options)
  if (!credentials.ok) return [credentials]
  const findings = [credentials, await checkSending(options)]
  return options.listensByStream ? [...findings, await checkStream(options)] : findings
}

async function checkCredentials({ tokens }: DiagnoseOptions): Promise<Finding> {
  try {
    await tokens.get()
    return { ok: true, text: '钉钉应用凭证有效，已取得访问凭证。' }
  } catch (error) {
    return { ok: false, text: `钉钉访问凭证取不到：${sayWhy(error)}。` }
  }
}

async function checkSending({ api, robotCode }: DiagnoseOptions): Promise<Finding> {
  const good = { ok: true, text: `机器人 ${robotCode} 可以发送消息。` }
  try {
    await api.callApi('/v1.0/robot/oToMessages/batchSend', {
      robotCode,
      userIds: [NOBODY],
      msgKey: 'sampleText',
      msgParam: JSON.stringify({ content: '检查' }),
    })
    return good
  } catch (error) {
    // Refused for the person alone: everything before that was right.
    if (error instanceof SendError && /staffId|StaffId|33012|60121/.test(error.message)) return good
    return {
      ok: false,
      text: `机器人 ${robotCode} 不能发送消息：${sayWhy(error)}。请核对 DINGTALK_ROBOT_CODE 与应用权限。`,
    }
  }
}

async function checkStream(options: DiagnoseOptions): Promise<Finding> {
  try {
    // The ticket opens nothing unless used, and ends by itself.
    await openGateway({ ...options, timeoutMs: 10_000, hasCards: false }, new AbortController().signal)
    return { ok: true, text: '钉钉 Stream 网关可用。' }
  } catch (error) {
    return error instanceof CredentialsRefused
      ? { ok: false, text: '钉钉 Stream 网关拒绝了应用凭证，请核对 DINGTALK_CLIENT_SECRET。' }
      : {
          ok: false,
          text: `钉钉 Stream 网关不可用（${sayWhy(error)}）。请在开发者后台把消息接收模式设为 Stream 并发布应用版本，再检查网络。`,
        }
  }
}

function sayWhy(error: unknown): string {
  return error instanceof Error ? error.message : '原因不明'
}
