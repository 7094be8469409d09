/** What a caller of the admin API did wrong; answered as `{"error":{"code","message"}}`. */
export class ApiError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 405
  readonly code: string

  constructor(status: ApiError['status'], code: string, message: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
  }
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'bad-request', message)
}

export function notFound(message: string): ApiError {
  return new ApiError(404, 'not-found', message)
}
