import { minuteMs } from '../policy/time.ts'
import { findNewestOfMergeKey } from '../storage/merge-windows.ts'
import { type Answer, answer, type Ctx } from './handler.ts'

/**
 * A receipt among many. In a group the first of a window is answered at once and those that follow share one line when it closes, so
 * that sixty people who answer a notice cause two messages; in private it is said at once.
 */
export async function answerQuietly(
  ctx: Ctx,
  { kind, head, item, text }: { kind: string; head: string; item: string; text: string },
): Promise<Answer> {
  const { chat } = ctx
  if (chat.kind === 'direct') return answer(text)
  const key = `${kind} ${chat.id}`
  return answer(`${head}${item}`, { merge: { key, head, item }, notBefore: await joinWindow(ctx, key) })
}

/** When a line of this merge key leaves: now where it opens a window, else when the open window closes. Source: contract, check-ins */
export async function joinWindow({ db, now, pack }: Pick<Ctx, 'db' | 'now' | 'pack'>, key: string): Promise<number> {
  const newest = await findNewestOfMergeKey(db, key)
  if (!newest) return now
  const windowMs = pack.attendance.mergeMinutes.value * minuteMs
  const closesAt = newest.notBefore > newest.at ? newest.notBefore : newest.at + windowMs
  return now < closesAt ? closesAt : now
}
