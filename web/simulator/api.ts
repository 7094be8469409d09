/** The page's one way to the server. Every failure becomes a sentence that can be shown. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
  }
}

export function getJson<T>(path: string): Promise<T> {
  return request<T>(path, {})
}

export function sendJson<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return request<T>(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  })
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/sim/api${path}`, init).catch(() => {
    throw new ApiError(0, '连不上程序，请看看它是否还在运行。')
  })
  const answer = (await response.json().catch(() => ({}))) as T & { error?: { message: string } }
  if (!response.ok) throw new ApiError(response.status, answer.error?.message ?? `没成功（${response.status}）。`)
  return answer
}
