/** A call that brought nothing: with the sentence to show, and what the server told the script. */
export class CallError extends Error {
  /** 0: nobody answered. */
  readonly status: number
  readonly code: string
  /** How far an upload is, where that is why it was refused. */
  readonly received?: number

  constructor(status: number, message: string, more: { code?: string; received?: number } = {}) {
    super(message)
    this.name = 'CallError'
    this.status = status
    this.code = more.code ?? ''
    this.received = more.received
  }

  /** Whether the same call may well go through later. */
  get isPassing(): boolean {
    const { status, code } = this
    return status === 0 || status === 408 || status === 429 || status >= 500 || code === 'photo-missing'
  }
}

const TIMEOUT_MS = 20_000

export function getJson<T>(path: string): Promise<T> {
  return request<T>(path, { method: 'GET' })
}

export function postJson<T>(path: string, body: unknown): Promise<T> {
  return request<T>(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

export function putBytes<T>(path: string, body: ArrayBuffer): Promise<T> {
  return request<T>(path, { method: 'PUT', headers: { 'Content-Type': 'application/octet-stream' }, body })
}

/** @throws {CallError} */
async function request<T>(path: string, init: RequestInit): Promise<T> {
  // Older phones lack AbortSignal.timeout.
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS)
  try {
    const response = await fetch(`/h5/api${path}`, { ...init, signal: abort.signal, credentials: 'same-origin' })
    const answer = (await response.json().catch(() => ({}))) as T & {
      error?: { code: string; message: string }
      received?: number
    }
    if (response.ok) return answer
    const message = answer.error?.message ?? `没成功（${response.status}），请稍后再试。`
    throw new CallError(response.status, message, { code: answer.error?.code, received: answer.received })
  } catch (error) {
    if (error instanceof CallError) throw error
    throw new CallError(0, '现在连不上网。')
  } finally {
    clearTimeout(timer)
  }
}
