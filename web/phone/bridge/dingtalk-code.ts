import { requestAuthCode$ as requestAuthCodeByCorp } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode'
import { requestAuthCode$ as requestAuthCode } from 'dingtalk-jsapi/api/union/requestAuthCode'
import dd from 'dingtalk-jsapi/entry/mobile'
import 'dingtalk-jsapi/platform/pc'
import { within } from './within.ts'

const PATIENCE_MS = 15_000

/** Asks DingTalk who is looking: a code, good once and for five minutes. Apps before 7.0.45 know only the older call. */
export async function askDingtalkForCode({ corpId, clientId }: { corpId: string; clientId?: string }): Promise<string> {
  const sentence = '钉钉没有告诉我您是谁，请关掉页面重新打开。'
  if (dd.env.platform === 'notInDingTalk') throw new Error('请在钉钉里打开这个页面。')
  const modern = clientId === undefined ? Promise.reject(new Error(sentence)) : requestAuthCode({ corpId, clientId })
  const asked = modern.catch(() => requestAuthCodeByCorp({ corpId } as never))
  const { code } = (await within(PATIENCE_MS, sentence, asked)) as { code: string }
  return code
}
