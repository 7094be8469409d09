import { nameRoles, type Pack, type RoleCode, statusNames } from '../../policy/pack.ts'
import { nameKeyPath } from '../../policy/pack-words.ts'
import { codeNames } from './code-names.ts'
import type { Entry } from './rule-entries.ts'

/** Keys for the program, not for people. */
const INNER = new Set(['key', 'kind', 'code', 'from', 'pauseStates', 'endStates', 'mayMerge', 'unit'])
/** How a key is read together with its value. */
const phrases: Readonly<Record<string, (said: string) => string>> = {
  name: said => said,
  of: said => said,
  stage: said => said,
  role: said => said,
  roles: said => said,
  limit: said => said,
  per: said => `每${said}`,
  period: said => `每${said}`,
  scope: said => `以${said}为单位`,
  tier: said => `${said}职责范围`,
  level: said => `${said}事项`,
  atLeast: said => `至少${said}`,
  atMost: said => `至多${said}`,
  count: said => said,
  target: said => `目标${said}`,
  owner: said => `${said}召集`,
  attendees: said => `${said}参加`,
  by: said => `由${said}`,
  with: said => `兼任${said}`,
  onDay: said => `${said}日`,
  on: said => said,
  half: said => said,
  at: said => said,
  is: said => said,
  points: said => `${said}分`,
  yuanPerWorker: said => `每名网格员奖${said}元`,
}

/** `办理时限：受理，2个工作日（原文）`, or that the figure is not to be compelled, or that the document leaves it out. */
export function describeEntry(pack: Pack, entry: Entry): string {
  const { name, value, status, what, against, enabled } = entry
  if (what !== undefined) return `${what}：${statusNames.missing}`
  const said = `${name}：${describeValue(pack, value)}`
  if (against !== undefined)
    return `${said}（${statusNames.original}）\n${enabled ? '只作参考' : '未启用（减负）'}。${against}`
  return `${said}（${status === 'default' ? `${statusNames.default}，原文没有写明` : statusNames[status]}）`
}

function describeValue(pack: Pack, value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return nameRoles(pack, [value as RoleCode]) || (codeNames[value] ?? value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return value.map(item => describeValue(pack, item)).join('、') || '无'
  if (isList(value)) return describeList(value)
  if (isLimit(value)) return describeLimit(value)
  if (isRange(value)) return `${value.from}—${value.to}`
  if (isRoles(value)) return Object.keys(value).join('、')
  return describeParts(pack, value)
}

/** The names of the roster with who they are. */
const isRoles = (value: object): boolean => Object.values(value).every(one => typeof one === 'object' && 'code' in one)

function describeParts(pack: Pack, value: object): string {
  const parts = Object.entries(value).filter(([key]) => !INNER.has(key))
  return parts.map(([key, member]) => say(key, member)).join('，')

  function say(key: string, member: unknown): string {
    const said = `${describeValue(pack, member)}${typeof member === 'number' ? unitOf(value, key) : ''}`
    return phrases[key]?.(said) ?? `${nameRoles(pack, [key as RoleCode]) || nameKeyPath([key])}${said}`
  }
}

/** What is counted, where the pack does not say it itself. */
function unitOf(value: object, key: string): string {
  if ('unit' in value) return String(value.unit)
  if (key === 'count') return '个'
  if (key !== 'atLeast' && key !== 'atMost') return ''
  if ('role' in value) return '名'
  return 'of' in value && value.of === 'info' ? '条' : '次'
}

interface List {
  title: string
  names: string[]
  stated?: number
}
const isList = (value: object): value is List => 'title' in value && 'names' in value

function describeList({ title, names, stated }: List): string {
  const short = stated === undefined ? '' : `（原文说${stated}项，写出${names.length}项）`
  return `${title}${names.length > 0 ? ` ${names.join('、')}` : ''}${short}`
}

interface Limit {
  unit: string
  count: number
  time?: string
}
const LIMIT_UNITS = ['workday', 'day', 'month', 'clock']
const isLimit = (value: object): value is Limit => 'unit' in value && LIMIT_UNITS.includes(String(value.unit))

function describeLimit({ unit, count, time }: Limit): string {
  if (unit === 'clock') return count === 0 ? `当日${time}` : `${count}天后${time}`
  if (unit === 'workday' && count === 0) return '当个工作日'
  return `${count}${{ workday: '个工作日', day: '天', month: '个月' }[unit] ?? unit}`
}

const isRange = (value: object): value is { from: number; to: number } =>
  Object.keys(value).sort().join() === 'from,to' && typeof (value as { from: unknown }).from === 'number'
