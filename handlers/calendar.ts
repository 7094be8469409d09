import type { CalendarDay } from '../policy/calendar.ts'
import { isDay, monthOf, yearOf } from '../policy/time.ts'
import { loadCalendar, saveCalendarDays } from '../storage/calendar-days.ts'
import { answer, type Command, refuse } from './handler.ts'
import { rejudgeIncidents } from './incident/rejudge.ts'

const KINDS: Record<string, boolean> = { 休: false, 放假: false, 班: true, 上班: true, 补班: true }
const EXAMPLE = '节假日 2027全年\n2027-01-01,休,元旦\n2027-02-06,班,春节调休'

/**
 * The year's holidays as the State Council publishes them, one day a line, or a single exception such as a typhoon day.
 * `全年` says that the lines are all there is for that year: from then on its days are no longer provisional.
 * Source: design decision 2; the days themselves come from the published notice, never from the program.
 */
export const calendarCommand: Command = {
  name: 'importCalendar',
  matches: /^\s*节假日/,
  who: 'importCalendar',
  dialog: { as: 'admin', turns: [['节假日 2026-12-31,休,台风停工', '已记1天']] },
  async run(ctx) {
    const { db, now, text, message, calendar, record } = ctx
    const { days, years, unread } = parseCalendar(text.replace(/^\s*节假日/, ''))
    if (unread.length > 0) {
      return refuse('bad-calendar', `这${unread.length}行没看懂：${unread.join('；')}\n一天一行，例如：\n${EXAMPLE}`)
    }
    if (days.length === 0) return refuse('empty-calendar', `请把放假和调休一天一行发给我，例如：\n${EXAMPLE}`)
    const stray = years.filter(year => !days.some(({ day }) => yearOf(day) === year))
    if (stray.length > 0) return refuse('empty-year', `写了${stray.join('、')}全年，却没有这一年的日子，没有改动。`)

    await saveCalendarDays(db, days, years, { at: now, version: message.id })
    await record('changed', { type: 'calendar', id: days.map(({ day }) => monthOf(day))[0] ?? '' }, { days, years })
    const moved = await rejudgeIncidents({ ...ctx, calendar: await loadCalendar(db) })
    const off = days.filter(({ workday }) => !workday).length
    const known = calendar.lastKnownYear
    const newly = years.filter(year => year > known)
    const judged = moved > 0 ? `${moved}件在办事件的时限已重算。` : ''
    const said = `已记${days.length}天：放假${off}天，上班${days.length - off}天。${judged}`
    return answer(newly.length > 0 ? `${said}${newly.join('、')}年从此按正式安排算，暂计的期限不再暂计。` : said)
  },
}

/** Lines such as `2027-01-01,休,元旦`; commas, spaces and tabs part the fields. */
export function parseCalendar(text: string): { days: CalendarDay[]; years: number[]; unread: string[] } {
  const years = [...text.matchAll(/(\d{4})\s*年?\s*全年/g)].map(([, year]) => Number(year))
  const lines = text
    .replace(/\d{4}\s*年?\s*全年/g, '')
    .split(/[\n；;]/)
    .map(line => line.trim())
    .filter(line => line !== '')
  const days: CalendarDay[] = []
  const unread: string[] = []
  for (const line of lines) {
    const [day = '', kind = '', name] = line.split(/[,，\s]+/)
    const workday = KINDS[kind]
    if (isDay(day) && workday !== undefined) days.push({ day, workday, name })
    else unread.push(line)
  }
  return { days, years, unread }
}
