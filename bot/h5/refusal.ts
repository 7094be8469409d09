/** What a request of the phone pages is told when it cannot be done: a status, a short code, and a sentence for the person. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  /** More for the script: how far an upload is. */
  readonly more: object
  constructor(
    status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503,
    code: string,
    message: string,
    more: object = {},
  ) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.more = more
  }
}
