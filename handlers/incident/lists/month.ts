import { addMonths, type Day, endOfDay, instantAt, monthOf, monthRange, namedRange } from '../../../policy/time.ts'

/** A month as lists are asked for; `from` and `to` are instants, `to` not included. */
export interface ListMonth {
  /** `2026-10` */
  month: string
  /** `10月`; with the year where it is not this one. */
  name: string
  from: number
  to: number
}

export const MONTH = '(?:本月|上个?月|(?:\\d{4}年)?(?:1[0-2]|0?[1-9])月份?)'

/** The name of a monthly list, with the month before or behind it, and nothing else: `四项指标`, `本月化解层级`, `督办单 10月`. */
export function monthly(words: string): RegExp {
  return new RegExp(`^\\s*(?:${MONTH}的?\\s*)?(?:${words})(?:[\\s,，:：]*${MONTH})?\\s*[。.!！?？]*\\s*$`, 'u')
}

const TOLD = /(?:(\d{4})年)?(\d{1,2})月份?/u

/** `10月`, `2025年12月`, `上月`; without one the present month. A month still to come is that of last year. */
export function readMonth(text: string, today: Day): ListMonth {
  const told = TOLD.exec(text.normalize('NFKC'))
  const wanted =
    told && Number(told[2]) >= 1 && Number(told[2]) <= 12 ? spell(told[1], Number(told[2]), today) : undefined
  const month = wanted ?? monthOf(/上个?月/u.test(text) ? namedRange('lastMonth', today).from : today)
  const { from, to } = monthRange(month)
  const isThisYear = month.slice(0, 4) === today.slice(0, 4)
  const name = `${isThisYear ? '' : `${month.slice(0, 4)}年`}${Number(month.slice(5))}月`
  return { month, name, from: instantAt(from, '00:00'), to: endOfDay(to) }
}

function spell(year: string | undefined, number: number, today: Day): string {
  const month = `${year ?? today.slice(0, 4)}-${String(number).padStart(2, '0')}`
  return year !== undefined || month <= monthOf(today) ? month : monthOf(addMonths(`${month}-01`, -12))
}
