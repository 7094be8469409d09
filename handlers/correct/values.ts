import { addDays, type Day, instantAt } from '../../policy/time.ts'
import { judgeMinutes } from '../duration.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'

const END = '[。.！!]*$'
const MINUTES = new RegExp(`^${NUMERAL}\\s*(?:分钟|分)${END}`, 'u')
const HOURS = new RegExp(`^(?:(半)个?小时|${NUMERAL}\\s*个?(半)?(?:小时|钟头))${END}`, 'u')
const KM = new RegExp(`^(\\d{1,3}(?:\\.\\d{1,2})?)\\s*(公里|千米|里路?|km)${END}`, 'iu')
const HOUSEHOLDS = new RegExp(`^${NUMERAL}\\s*户${END}`, 'u')
const COUNT = new RegExp(`^${NUMERAL}\\s*[\\p{Script=Han}]{0,2}${END}`, 'u')
const TIME =
  /^(上午|早上|中午|下午|晚上|次日|凌晨)?\s*(\d{1,2})\s*(?:[:：点时]\s*(\d{1,2}|半)?)\s*分?(?:整)?[。.！!]*$/u

/** `30分钟`, `半小时`, `1个半小时`; undefined where it is no length that something can take. */
export function readMinutes(value: string): number | undefined {
  return judgeMinutes(readLength(value)).minutes
}

function readLength(value: string): number | undefined {
  const minutes = readNumeral(MINUTES.exec(value)?.[1])
  if (minutes !== undefined) return minutes
  const [all, half, hours, more] = HOURS.exec(value) ?? []
  if (all === undefined) return undefined
  return half ? 30 : (readNumeral(hours) ?? 0) * 60 + (more ? 30 : 0)
}

/** `2.5公里`; a 里 is half of one. */
export function readKm(value: string): number | undefined {
  const [all, number, unit] = KM.exec(value) ?? []
  if (all === undefined) return undefined
  return unit?.startsWith('里') ? Number(number) / 2 : Number(number)
}

export function readHouseholds(value: string): number | undefined {
  return readNumeral(HOUSEHOLDS.exec(value)?.[1])
}

/** `20`, `20户`, `二十家`. */
export function readCount(value: string): number | undefined {
  return readNumeral(COUNT.exec(value)?.[1])
}

/** `8:20`, `下午5点半`, `次日1:30` on a local day; undefined where it names no time of day. */
export function readTimeOn(value: string, day: Day): number | undefined {
  const [all, part, hours, minutes] = TIME.exec(value) ?? []
  if (all === undefined) return undefined
  const isAfternoon = (part === '下午' || part === '晚上') && Number(hours) < 12
  const hour = Number(hours) + (isAfternoon ? 12 : 0)
  const minute = minutes === '半' ? 30 : Number(minutes ?? 0)
  if (hour > 23 || minute > 59) return undefined
  const time = `${`${hour}`.padStart(2, '0')}:${`${minute}`.padStart(2, '0')}`
  return instantAt(part === '次日' ? addDays(day, 1) : day, time)
}

/** What names a place rather than a person. */
const PLACE = /[幢栋号楼元室厅店部处站厂院校区司坊馆园市场路街巷桥门口]$|\d\s*[-—幢栋号楼单室]/u
const WITH_PERSON = /^(.*\d.*[幢栋号楼元室]|.*\d)的?(\p{Script=Han}{2,6})$/u
/** Words of a sentence: what holds one of them is nobody's name. */
const NO_NAME =
  /[每次了吧们这那我你他她它呢吗的]|(?:周|星期|礼拜)[一二三四五六日天末]|\d\s*[月点]|一下|大家|上班|下班|[上下中]午|早上|晚上|[今明后昨前]天|全天|小时/u
/** An amount is nobody's name and no address. */
const AMOUNT = /^\d+(?:\.\d+)?\s*(?:公里|千米|里路?|米|km|户|家|人|次|分钟?|个?小时)$/iu
const LONGEST_NAME = 8
const LONGEST_PLACE = 30

/** `5幢老李`, `老李`, `城东超市`: an address with a name behind it, a place, or a name alone; undefined for anything else. */
export function readWhom(value: string): { person?: string; place?: string } | undefined {
  const told = value.replace(/[。.！!]+$/u, '')
  if (AMOUNT.test(told)) return undefined
  const [, address, name] = WITH_PERSON.exec(told) ?? []
  if (address && name && !PLACE.test(name) && !NO_NAME.test(name)) return { place: address, person: name }
  if (PLACE.test(told)) return told.length <= LONGEST_PLACE ? { place: told } : undefined
  return /^[\p{Script=Han}·]+$/u.test(told) && told.length <= LONGEST_NAME && !NO_NAME.test(told)
    ? { person: told }
    : undefined
}
