import { addDays, type Day, endOfDay, instantAt, isDay } from '../../policy/time.ts'
import { findNoticeNumbered, listNotices, type Notice } from '../../storage/notices.ts'
import type { Desk } from '../desk.ts'

/** One group: the number as people write it in `提示单12`, `提示单0317-2`, `12号提示单`. Two patterns, for a word stands on either side. */
export const NOTICE_BEHIND = '提示单\\s*(?:第|#|＃)?\\s*(\\d{1,6}(?:-\\d{1,3})?)\\s*号?'
export const NOTICE_BEFORE = '(?:第|#|＃)?\\s*(\\d{1,6}(?:-\\d{1,3})?)\\s*号?\\s*(?:工作)?提示单'

/**
 * The notice that a number names: its own number, else the notices that went out on that day (`0317`), and of several the one counted
 * behind the hyphen (`0317-2`).
 *
 * @returns the one notice, or all of that day where the number decides between none of them
 */
export async function findNamedNotices({ db, today }: Pick<Desk, 'db' | 'today'>, said: string): Promise<Notice[]> {
  const [, head = '', place] = /^(\d+)(?:-(\d+))?$/.exec(said) ?? []
  const numbered = place === undefined && !head.startsWith('0') ? await findNoticeNumbered(db, Number(head)) : undefined
  if (numbered) return [numbered]
  const day = readDay(head, today)
  if (!day) return []
  const sent = await listNotices(db, { broadcast: { from: instantAt(day, '00:00'), before: endOfDay(day) } })
  if (place === undefined) return sent
  return sent.slice(Number(place) - 1, Number(place))
}

/** `0317`: the last 17 March up to today. */
function readDay(digits: string, today: Day): Day | undefined {
  if (digits.length !== 4) return undefined
  const years = [today.slice(0, 4), addDays(`${today.slice(0, 4)}-01-01`, -1).slice(0, 4)]
  return years.map(year => `${year}-${digits.slice(0, 2)}-${digits.slice(2)}`).find(day => isDay(day) && day <= today)
}
