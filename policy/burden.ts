import type { WorkCalendar } from './calendar.ts'
import type { QuietRules } from './pack.ts'
import { judgeQuiet } from './quiet.ts'
import { type DayRange, dayOf, endOfDay, instantAt } from './time.ts'

/** A form that a text asks people to fill in. */
export interface FormRequest {
  /** The fields it names, as written, each once. */
  fields: string[]
  /** Those of them that the program can fill in itself. */
  known: string[]
}

/** One thing that the program knows of a grid, by the names that forms give it. */
export interface KnownField {
  name: string
  /** Matches a field's words as a whole. */
  matches: RegExp
}

const FORM =
  /[\p{Script=Han}]{0,6}(?:统计表|登记表|汇总表|一览表|调查表|信息表|明细表|报表|表格|花名册|名册|台账|名单)/u
/** The plainer word wins: `填写登记表，包括姓名、户数` lists its fields behind 包括. */
const FIELDS = [
  /(?:字段|栏目|表头|项目|包括|包含|内容为|注明|列明|含)\s*[是为有:：]?\s*([^。；;\n]+)/u,
  /(?:填写|需填|填报)\s*[:：]?\s*([^。；;\n]+)/u,
]
const BRACKETS = /(?:表|台账|名单|册)\s*[（(]([^）)]+)[）)]/u
const COUNTED =
  /(?:上报|填报|统计|报送|报)(?:一下|下|本网格|各网格)?([\p{Script=Han}]{1,8}?(?:总数|户数|人数|面积|数量|数))(?![\p{Script=Han}]*提示单)/gu
const SEPARATOR = /[、，,/＋+]|和(?=[\p{Script=Han}]{2,})|以及|及(?=[\p{Script=Han}]{2,})/u

/**
 * The form that a text asks for; undefined where it asks for none. Fields stand in brackets behind the form's name, behind 包括 or 填写,
 * or a single figure is asked for (`报出租房数`). Source: S4D-26, S4D-27 (对台账和会议等事项进行精简)
 */
export function readForm(text: string, knownFields: readonly KnownField[]): FormRequest | undefined {
  const listed = FORM.test(text) ? listFields(text) : undefined
  const told = listed ? listed.split(SEPARATOR) : [...text.matchAll(COUNTED)].map(([, field]) => field!)
  const fields = [...new Set(told.map(cleanField))].filter(field => field.length >= 2 && field.length <= 12)
  if (fields.length === 0) return FORM.test(text) && asksToFill(text) ? { fields: [], known: [] } : undefined
  return { fields, known: fields.filter(field => knownFields.some(({ matches }) => matches.test(field))) }
}

function listFields(text: string): string | undefined {
  const found = [BRACKETS, ...FIELDS].map(pattern => pattern.exec(text)?.[1])
  return found.find(words => words !== undefined)
}

function cleanField(field: string): string {
  return field.replace(/等(?:信息|内容|情况|字段|项)?$/u, '').replace(/[\s“”"'：:]/gu, '')
}

function asksToFill(text: string): boolean {
  return /填|报送|上报|报|交|提供|更新/u.test(text)
}

/** Two requests ask for the same form where they name the same fields in any order, or none and the same form. */
export function formKey(text: string, { fields }: FormRequest): string {
  if (fields.length > 0) return [...fields].sort().join('、')
  return FORM.exec(text)?.[0] ?? ''
}

/** What somebody was asked for; counts only. */
export interface BurdenCounts {
  notices: number
  forms: number
  tasks: number
  meetings: number
  afterHours: number
}

/** Minutes that one of each costs, as the pack estimates. */
export type BurdenMinutes = Record<keyof BurdenCounts, number>

/** An estimate by kind, never a measurement: shown as ours. Source: S4D-26 */
export function estimateMinutes(counts: BurdenCounts, minutes: BurdenMinutes): number {
  const kinds = Object.keys(minutes) as (keyof BurdenCounts)[]
  return kinds.reduce((sum, kind) => sum + counts[kind] * minutes[kind], 0)
}

/** The spans of the days that belong to nobody's working time, as instants; the end is not included. */
export function listQuietSpans(
  { from, to }: DayRange,
  rules: QuietRules,
  calendar: WorkCalendar,
): { from: number; to: number }[] {
  const end = endOfDay(to)
  const spans: { from: number; to: number }[] = []
  let at = instantAt(from, '00:00')
  while (at < end) {
    const { quiet, endsAt } = judgeQuiet(at, rules, calendar)
    if (quiet) {
      spans.push({ from: at, to: Math.min(endsAt, end) })
      at = endsAt
    } else at = nextEvening(at, rules)
  }
  return spans
}

/** The first instant after a quiet time's end at which quiet may begin again. */
function nextEvening(at: number, rules: QuietRules): number {
  const evening = instantAt(dayOf(at), rules.value.from)
  return evening > at ? evening : endOfDay(dayOf(at))
}
