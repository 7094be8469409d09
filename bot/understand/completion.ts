import type { Understood } from '../../handlers/slots.ts'
import { checkMeaning, describeIntents } from './check-meaning.ts'
import { maskPersonal } from './mask.ts'
import type { UnderstandInput } from './reading.ts'

/** A chat-completion endpoint of the common form (`POST`, `{ model, messages }` in, `choices[0].message.content` out). */
export interface CompletionEndpoint {
  url: string
  key: string
  model: string
  fetch?: typeof fetch
  signal?: AbortSignal
}

const TIMEOUT_MS = 10_000
/** An answer is one small object; whatever is longer is none. */
const MAX_ANSWER = 20_000
/** What a meaning from outside counts for: enough to be filed, never more than what the rules are sure of. */
const CONFIDENCE = 0.7

const INSTRUCTION = `把基层网格工作群的一条消息读成一个意图和它的参数，只回一个 JSON 对象：{"intent": …, "slots": {…}}。没有说的参数不写。日期写 2026-11-20，带时刻写 2026-11-20T15:00。形如〔人1〕的占位符原样保留。与工作无关的消息是 none。意图和参数：${describeIntents()}`

/**
 * Asks the endpoint what an unclear message means. Names, phones, identity numbers, plates and house numbers are put
 * behind placeholders before anything leaves, and put back in the answer. Neither the sender's name nor the roster is sent.
 *
 * @returns the meaning where the answer passes the same checks as any slot; undefined on any failure, refusal, or after 10 s
 */
export async function askCompletion(
  endpoint: CompletionEndpoint,
  input: UnderstandInput,
): Promise<Understood | undefined> {
  const { url, key, model, fetch: send = fetch, signal } = endpoint
  // One mask for both texts: the same name is the same placeholder in the message and in the quote.
  const joined = maskPersonal(
    JSON.stringify({ text: input.text.slice(0, 4000), quote: input.quote?.slice(0, 2000) ?? null }),
    input.names,
  )
  const limit = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({
        model,
        temperature: 0,
        messages: [
          { role: 'system', content: INSTRUCTION },
          { role: 'user', content: `时间：${input.at}\n角色：${input.role}\n消息：${joined.text}` },
        ],
      }),
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    if (!response.ok) {
      await response.body?.cancel()
      return undefined
    }
    const content = readContent(await response.json())
    if (content === undefined) return undefined
    const meaning = checkMeaning(restoreWords(JSON.parse(content), joined.restore))
    return meaning && { ...meaning, confidence: CONFIDENCE }
  } catch {
    // The endpoint only ever helps: without it the message stays unclear and the sender is asked.
    return undefined
  }
}

function readContent(body: unknown): string | undefined {
  const content = (body as { choices?: { message?: { content?: unknown } }[] } | null)?.choices?.[0]?.message?.content
  if (typeof content !== 'string' || content.length > MAX_ANSWER) return undefined
  return /\{[\s\S]*\}/.exec(content)?.[0]
}

function restoreWords(value: unknown, restore: (text: string) => string): unknown {
  if (typeof value === 'string') return restore(value)
  if (Array.isArray(value)) return value.map(item => restoreWords(item, restore))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, restoreWords(item, restore)]))
}
