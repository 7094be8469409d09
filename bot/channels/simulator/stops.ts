import type { WorkCalendar } from '../../../policy/calendar.ts'
import type { Pack } from '../../../policy/pack.ts'
import { addDays, dayOf, formatInstant, instantAt, mondayOf } from '../../../policy/time.ts'
import type { Stop } from '../../../web/shared/simulator-api.ts'

/** A minute by which the proof line of the cut-off stands in the chats. */
const AFTER_PROOF = '16:05'
const MORNING = '08:00'
const SUMMARY = '08:30'

/** Instants worth jumping to from `now`, each later than it: what the buttons of the page's clock do. */
export function listStops(now: number, pack: Pack, calendar: WorkCalendar): Stop[] {
  const today = dayOf(now)
  const nextMonday = addDays(mondayOf(today), 7)
  const { nudgesAt, compileAt } = pack.notice
  const nudges = [...nudgesAt.value].sort().map(time => nextAt(time, now, calendar))
  const stops: [key: string, text: string, at: number][] = [
    ['nudge', '下一次催办', Math.min(...nudges)],
    ['broadcast', compileAt.value, nextAt(compileAt.value, now, calendar)],
    ['proof', AFTER_PROOF, nextAt(AFTER_PROOF, now, calendar)],
    ['workday', '下一工作日', instantAt(calendar.nextWorkday(today), MORNING)],
    ['monday', '下周一', instantAt(calendar.firstWorkdayOfWeek(nextMonday) ?? nextMonday, SUMMARY)],
  ]
  return stops.map(([key, text, at]) => ({ key, text, at: formatInstant(at) }))
}

/** The next time of day on a working day after `now`. */
function nextAt(time: string, now: number, calendar: WorkCalendar): number {
  const day = calendar.shiftHoliday(dayOf(now), 'next')
  const at = instantAt(day, time)
  return at > now ? at : instantAt(calendar.nextWorkday(day), time)
}
