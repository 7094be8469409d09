/** What a request to the simulator is told when it cannot be done: a status, a short code and a sentence for people. */
export class Rejection extends Error {
  readonly status: number
  readonly code: string
  constructor(status: 400 | 401 | 403 | 404 | 409 | 413, code: string, message: string) {
    super(message)
    this.name = 'Rejection'
    this.status = status
    this.code = code
  }
}
