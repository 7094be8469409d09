import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { renderNotice } from '../../web/phone/page.tsx'
import { SendError } from '../channels/channel.ts'
import { Refusal } from './refusal.ts'

/** For what scripts call: a code, a sentence, and what helps the script to go on. */
export function answerWithJson(log: Logger): Middleware {
  return async (ctx, next) => {
    await next().catch(error => {
      const { status, code, message, more } = toRefusal(error, log)
      ctx.status = status
      ctx.body = { error: { code, message }, ...more }
      // What was not read of a body must not be taken for the next request on the same connection.
      if (status === 413) ctx.set('Connection', 'close')
    })
  }
}

/** For what people open: the same sentence as a page. */
export function answerWithPage(log: Logger, botName: string): Middleware {
  return async (ctx, next) => {
    await next().catch(error => {
      const { status, message } = toRefusal(error, log)
      ctx.status = status
      ctx.type = 'html'
      ctx.body = renderNotice(botName, 'failed', message)
    })
  }
}

/** A platform that cannot be asked right now is no fault of the person. Anything else goes on to the server. */
function toRefusal(error: unknown, log: Logger): Refusal {
  if (error instanceof Refusal) return error
  if (!(error instanceof SendError)) throw error
  log.warn({ reason: error.message }, 'a phone page could not ask its platform')
  return new Refusal(503, 'platform', '平台这会儿没有应答，请稍后再试。')
}
