import { type Day, minuteMs, timeOf } from '../../policy/time.ts'
import { readClaimedAt } from '../claimed-time.ts'
import { readTimeOn } from '../correct/values.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import type { SlotsOf } from '../slots.ts'

const MAKEUP = /补(?:打)?卡|补签/u
/** 补上班卡, 补一下昨天的卡: only with a time or day, for by itself it is a punch of now. */
const MAKES_UP = /补(?:打|一下|一个|一次|个)?(?:昨天|前天|早上)?的?(?:上班|下班)?的?(?:打)?卡/u
const FORGOT = /忘(?:记|了|记了)?(?:打|签|按|刷|说|报)|漏打/u
/** Words of now, or a punch told first with something else behind it: 打卡，昨天加班到9点. */
const NOW = /今天|今早|现在|刚|^\s*(?:上班|下班)?(?:打卡|到岗|到了)了?\s*[,，。;；](?!.*[忘补])/u
const TIME = /\d{1,2}\s*[:：点]/u
const TIME_OF_DAY = /(上午|早上|中午|下午|晚上)?\s*(\d{1,2})\s*[:：点时](?:\s*\d{1,2}|半)?/u
/** The first words speak of a day to come; 到岗了，明天… does not. */
const AHEAD =
  /^(?:(?!打卡|到岗|上班|下班|签到)[^，,。；;！!？?])*(?:明天|明早|后天)[^，,。；;！!？?]*(?:打卡|上班|下班|到岗|值班|夜班|白班)|^\s*(?:补卡|值班)[\s:：]*(?:明天|明早|后天)/u
const BAD_TIME = '只能补一个月以内、已经过去的时间，没有记。没到点的到时候直接打卡，更早的请找网格长线下核实。'

/** What the words say of a punch: whether it is handed in afterwards, and the earlier time they name. */
export interface ToldPunch {
  makeup: boolean
  claimedAt?: number
}

export function isMakeup(text: string): boolean {
  return MAKEUP.test(text)
}

/**
 * 补卡, or in everyday words what comes to the same: the punch of another day, or one of today that was forgotten. A time of another
 * day never becomes one of now. Source: S0-25 (forgot)
 *
 * @param shiftDay the day that a punch of now would count for: a night ends on the day on which it began
 */
export function readToldPunch(
  { text, at, today, pack }: Ctx,
  { kind, claimedAt: told }: SlotsOf['checkIn'],
  shiftDay: Day,
): ToldPunch | { refused: Answer } {
  if (AHEAD.test(text))
    return { refused: refuse('in-future', '还没到那天，没有记；到时候打一声就行。', { private: true }) }
  const day = told?.slice(0, 10)
  const isOfBefore = day !== undefined && day < today && day !== shiftDay && !NOW.test(text)
  const isSaidMakeup = MAKEUP.test(text) || (told !== undefined && MAKES_UP.test(text))
  const isTimeTold = told?.includes('T') ?? false
  const claimedAt = isTimeTold
    ? readClaimedAt(told, at)
    : isOfBefore
      ? readClaimedAt(findTimeOn(text, kind, day), at)
      : undefined
  const isForgotten =
    FORGOT.test(text) && claimedAt !== undefined && at - claimedAt >= pack.attendance.repeatMinutes.value * minuteMs
  const makeup = isSaidMakeup || isOfBefore || isForgotten
  if (!makeup || claimedAt !== undefined) return { makeup, claimedAt }
  if (TIME.test(text)) return { refused: refuse('bad-time', BAD_TIME, { private: true }) }
  if (day === undefined) return { makeup }
  return { refused: refuse('no-time', '请写明补几点的卡，比如“补卡 昨天上班 8:10”。没有记。', { private: true }) }
}

/** `8点20`, `5点半`; nobody goes off duty before nine in the morning. @returns a local time of that day */
function findTimeOn(text: string, kind: SlotsOf['checkIn']['kind'], day: Day): string | undefined {
  const [told, part, hours] = TIME_OF_DAY.exec(text) ?? []
  if (told === undefined) return undefined
  const isEvening = part === undefined && kind === 'off' && Number(hours) < 9
  const instant = readTimeOn(`${isEvening ? '下午' : ''}${told.trim()}`, day)
  return instant === undefined ? undefined : `${day}T${timeOf(instant)}`
}
