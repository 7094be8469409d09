import type { VisitOutcome } from '../../storage/field-records.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { CALLED, SURNAME } from './names.ts'

/** One household or place called on, as a message tells it. */
export interface VisitTold {
  person?: string
  place?: string
  minutes?: number
  findings?: string
  /** How many households the words count together. */
  households?: number
  /** Why nobody was seen. */
  outcome?: VisitOutcome
}

const ADDRESS = '(?:[\\p{Script=Han}A-Za-z]{0,8}\\d[\\d\\p{Script=Han}A-Za-z-]{0,12}?(?:[幢栋号楼元室]|\\d)的?)?'
const BEHIND = '(?=$|[、,，;；。\\s\\d]|家|和|及|与|以及|还有|等|共|各|都|一共|两口)'
/** 王奶奶、李大爷 and 王奶奶和李大爷: there a bare name will do; after a comma only somebody called by a form of address. */
const NEXT = new RegExp(
  `^(?:家里|家|一家)?(?:\\s*(?:、|[,，]?\\s*(?:以及|还有|和|及|与))\\s*(?<place>${ADDRESS})(?<name>${CALLED}|${SURNAME}\\p{Script=Han}{1,2})${BEHIND}|\\s*[,，;；\\n]\\s*(?<placed>${ADDRESS})(?<called>${CALLED})(?=$|[、,，;；。\\s]))`,
  'u',
)
const VISITED = '(?:走访|入户|上门|看望|慰问|探望|家访|回访|拜访|访)(?:看望|慰问)?[了过]?'
/** The first of several: 走访了3幢王奶奶、…, 走访了3户：王奶奶、…. */
const FIRST = new RegExp(
  `${VISITED}\\s*(?:${NUMERAL}\\s*[户家](?:人家)?\\s*(?=[:：,，]))?[:：,，]?\\s*(?<place>${ADDRESS})(?<name>${CALLED}|${SURNAME}\\p{Script=Han}{1,2})(?=家里|家|一家|\\s*(?:[、,，;；\\n]|以及|还有|和|及|与))`,
  'u',
)
const LENGTH =
  /[共约]*(?:(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*分钟|(?:半|\d{1,2}|[一二两三四五六七八九十]{1,2})\s*个?半?\s*(?:小时|钟头)半?)/u
const VERB = /走访|入户|上门|看望|慰问|探望|家访|回访|拜访|访了|去了|到了|看了/u
const HOUSEHOLDS = new RegExp(`${NUMERAL}\\s*(?:户(?![籍口主型外内])|家(?![里庭人属长具电政园]))`, 'u')

/** So many households of several buildings in a row: 走访3幢5户，4幢6户. */
const BUILDING = `[\\p{Script=Han}]{0,8}?${NUMERAL}(?:幢|栋|座|号楼)(?:${NUMERAL}单元)?`
const BUILDINGS = new RegExp(
  `${VISITED}\\s*[:：]?\\s*((?:${BUILDING}\\s*${NUMERAL}\\s*户(?:\\s*[、,，和及]\\s*|(?=$|[;；。\\s]))){2,})`,
  'u',
)
const IN_BUILDING = new RegExp(`(${BUILDING})\\s*${NUMERAL}\\s*户`, 'gu')

const WHO = '(?:人|本人|户主|老人|家里|家中|屋里|敲门|全家|家属|一直|已经?|还是|仍然?|都|又|还|正|[她他])*'
const OUTCOMES: readonly [VisitOutcome, RegExp][] = [
  [
    'notHome',
    new RegExp(
      `^${WHO}(?:不在家?|不在屋|没(?:有)?人(?:在家?|应门?|开门|答应)?|无人(?:在家|应答|应门|开门)?|未遇[到见]?|没(?:有)?[见碰遇找][到着](?:人|本人)?|外出(?:打工|未归)?|出门|锁着?门)了?$`,
      'u',
    ),
  ],
  [
    'refused',
    new RegExp(
      `^${WHO}(?:拒访|拒绝(?:走访|开门|见面|登记|入户|配合)?|不(?:肯|愿意?|让|给)(?:开门|见面?|进门?|配合|登记|说)|闭门不见)了?$`,
      'u',
    ),
  ],
  ['hospital', new RegExp(`^${WHO}在?住院(?:了|中|治疗)*$`, 'u')],
  ['moved', new RegExp(`^${WHO}(?:搬走|搬家|搬离|迁走|迁出|搬到.{1,12})[了啦]*$`, 'u')],
  ['died', new RegExp(`^${WHO}(?:去世|过世|病故|死亡|离世)了?$`, 'u')],
]

export const outcomeNames: Readonly<Record<VisitOutcome, string>> = {
  notHome: '不在家',
  refused: '拒访',
  hospital: '住院',
  moved: '已搬走',
  died: '已去世',
}

/** Why nobody was seen, where one of the words' clauses says just that: her son being away is no reason. */
export function readOutcome(words: string): VisitOutcome | undefined {
  const clauses = words
    .normalize('NFKC')
    .split(/[,。;!\s、]+/u)
    .filter(Boolean)
  return OUTCOMES.find(([, pattern]) => clauses.some(clause => pattern.test(clause)))?.[0]
}

/**
 * Everybody whom one message tells of: several named in a row, else the one that understanding found, else so many households of a place.
 * What was found belongs to whoever it names, else to all of them; the time is shared. Source: S0-12 (many households in one message)
 */
export function readVisits(text: string, slots: SlotsOf['visit']): VisitTold[] {
  const words = plainWords(text).normalize('NFKC')
  const households = readHouseholds(words)
  const buildings = listBuildings(words, slots.minutes)
  if (buildings.length > 1) return buildings
  const { named, rest } = listNamed(words)
  if (named.length > 1) return shareAmong(named, rest, households, slots.minutes)
  const { person, place, minutes, findings } = slots
  const behind = words.slice(Math.max(0, words.indexOf(person ?? '')) + (person?.length ?? 0))
  const outcome = readOutcome((person === undefined ? words : behind).replace(place ?? '', ' '))
  const count = person !== undefined && households === 1 ? undefined : households
  return [{ person, place, minutes, findings, outcome, households: count }]
}

function listBuildings(words: string, minutes: number | undefined): VisitTold[] {
  const [all, told = ''] = BUILDINGS.exec(words) ?? []
  if (all === undefined) return []
  const rest = words.slice(words.indexOf(all) + all.length)
  const found = [...told.matchAll(IN_BUILDING)]
  return found.map(([, place, , , count], index) => ({
    place,
    households: readNumeral(count),
    minutes: minutes === undefined ? undefined : share(minutes, found.length, index),
    findings: readFindings(rest),
  }))
}

function shareAmong(
  named: readonly { person: string; place?: string }[],
  rest: string,
  households: number | undefined,
  minutes: number | undefined,
): VisitTold[] {
  const findings = readFindings(rest)
  const outcome = readOutcome(rest)
  const meant = named.filter(({ person }) => findings?.includes(person))
  const more = Math.max(0, (households ?? 0) - named.length)
  return named.map((one, index) => {
    const isMeant = meant.length === 0 || meant.includes(one)
    return {
      ...one,
      minutes: minutes === undefined ? undefined : share(minutes, named.length, index),
      households: index === 0 && more > 0 ? 1 + more : undefined,
      outcome: isMeant ? outcome : undefined,
      findings: isMeant ? findings : undefined,
    }
  })
}

function share(minutes: number, parts: number, index: number): number {
  return Math.floor(minutes / parts) + (index < minutes % parts ? 1 : 0)
}

/** Counted beside the word for the visit: in `走访5户，1户燃气管老化` five. */
export function readHouseholds(words: string): number | undefined {
  const clause = words
    .normalize('NFKC')
    .split(/[,。;!\n]/u)
    .find(one => VERB.test(one))
  return clause === undefined ? undefined : readNumeral(HOUSEHOLDS.exec(clause)?.[1])
}

/** Those named in a row behind the word for the visit, and what the words say after the last of them. */
function listNamed(words: string): { named: { person: string; place?: string }[]; rest: string } {
  const first = FIRST.exec(words)
  if (!first) return { named: [], rest: words }
  const named = [toNamed(first.groups!)]
  let rest = words.slice(first.index + first[0].length)
  for (let match = NEXT.exec(rest); match; match = NEXT.exec(rest)) {
    named.push(toNamed(match.groups!))
    rest = rest.slice(match[0].length)
  }
  return { named, rest }
}

function toNamed({ place, name, placed, called }: Record<string, string | undefined>) {
  const address = (place ?? placed)?.replace(/的$/, '')
  return { person: (name ?? called)!, ...(address && { place: address }) }
}

/** What is told behind the names, without the count and the time. */
function readFindings(rest: string): string | undefined {
  const told = rest
    .replace(/^(?:家里|家|两家|几家)?(?:等|共|一共)*(?:[\d一二三四五六七八九十]+\s*[户家人])?/u, '')
    .replace(LENGTH, '')
    .split(/[\s,。;!、]+/u)
    .filter(piece => piece.length > 1)
  return told.length > 0 ? told.join('，') : undefined
}
