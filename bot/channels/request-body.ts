import { BodyTooLarge, type CallbackRequest } from './channel.ts'

/** Why a body is not read on, with the status that says so. */
export interface BodyRefusal {
  status: 400 | 413
  rejected: 'body-too-large' | 'body-cut-off' | 'body-empty' | 'body-not-text'
}

/** The body of a callback as text, once its signature allows reading it: whole, within the limit, UTF-8. */
export async function readBodyText(request: CallbackRequest, limitBytes: number): Promise<string | BodyRefusal> {
  let bytes: Buffer
  try {
    bytes = await request.readBody(limitBytes)
  } catch (error) {
    return error instanceof BodyTooLarge
      ? { status: 413, rejected: 'body-too-large' }
      : { status: 400, rejected: 'body-cut-off' }
  }
  if (bytes.length === 0) return { status: 400, rejected: 'body-empty' }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { status: 400, rejected: 'body-not-text' }
  }
}
