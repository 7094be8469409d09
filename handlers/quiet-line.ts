import { minuteMs } from '../policy/time.ts'
import { type Answer, answer, type Ctx } from './handler.ts'

/**
 * A receipt that nobody waits for. In a group all receipts of one window share one line when the window closes, so that sixty
 * people who answer a notice cause one message; in private it is said at once.
 */
export function answerQuietly(
  { chat, now, pack }: Ctx,
  { kind, head, item, text }: { kind: string; head: string; item: string; text: string },
): Answer {
  if (chat.kind === 'direct') return answer(text)
  const windowMs = pack.attendance.mergeMinutes.value * minuteMs
  const closesAt = (Math.floor(now / windowMs) + 1) * windowMs
  return answer(`${head}${item}`, { merge: { key: `${kind} ${chat.id}`, head, item }, notBefore: closesAt })
}
