/** Instants as the pages show them: the one place that renders dates. Input is ISO 8601 with `+08:00`, so its digits are local already. */

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六']

/** `08:21`. */
export function showTime(iso: string): string {
  return iso.slice(11, 16)
}

/** `11月18日 周三`. */
export function showDay(iso: string): string {
  const [year = 0, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number)
  return `${month}月${day}日 周${WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}`
}

/** `2026-11-18`. */
export function dayPart(iso: string): string {
  return iso.slice(0, 10)
}
