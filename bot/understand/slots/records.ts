import type { SlotsOf } from '../../../handlers/slots.ts'
import type { Evidence } from '../cues/cue.ts'
import { findKm } from '../measures.ts'
import type { PersonSpan } from '../persons.ts'
import type { PlaceSpan } from '../places.ts'
import { renderWhen } from '../when.ts'
import { compact, cut } from './common.ts'

const FORM_PERSON = /(?:走访)?(?:对象|姓名|户主|被访人|受访人|走访人员|被走访人)\s*[:：]\s*([\u4e00-\u9fff]{2,4})/
const FORM_PLACE =
  /(?:地点|地址|住址|位置|区域|范围|路线|路段|片区)\s*[:：]\s*([^\n,。;；]{2,24}?)(?=\s*(?:时长|时间|情况|时段|用时|备注|对象|里程|路程|距离|$|[\n,。;；]))/

export function readCheckIn(evidence: Evidence): SlotsOf['checkIn'] {
  return compact({ kind: judgeKind(evidence), claimedAt: findClaimedAt(evidence.reading) })
}

function judgeKind({ text, reading }: Evidence): 'on' | 'off' | undefined {
  const off =
    /下班|收工|收队|(?:^|[\s,])我?(?:先)?下了|收摊|离岗|走人|撤退|交班|签退|回家|闪人|撤了|下岗打卡|下卡|走啦|到此为止|忙完|结束(?:了)?(?:一天|今天)?/.test(
      text,
    )
  const on =
    /上班|到岗|在岗|上岗|到位|就位|来了|我到|已到|到了|到单位|到社区|到了?(?:村部|大队|居委|队部|乡里|镇里|站里|所里|办公室|值班室|岗亭|工地|党群|社区|单位|网格|街道|居委会)|在(?:值班室|办公室|村部|岗亭|网格里)|坐(?:下|到|在)|上班了|到网格|到点位|到村|在社区|在网格|到的社区|到的|在村|人在|人已经在|上工|开工|值班|进岗|上卡|已经到|我在|报到|开始工作|到站|来得早|抵达|到达|早上.{0,4}忘/.test(
      text,
    )
  if (off && on) {
    // 补下班卡,昨天到了五点半 speaks of the end; 上班打卡,昨天下班晚 of the beginning: the word next to the card decides.
    if (/(?:下班|签退|收工).{0,4}(?:卡|$)|(?:卡|签).{0,4}(?:下班|收工|走人|回家)/.test(text)) return 'off'
    if (/(?:上班|到岗).{0,4}(?:卡|签|$)|(?:卡|签到).{0,4}(?:上班|到岗)/.test(text)) return 'on'
    return /^(?:[^下收离]{0,10})(?:下班|收工|离岗)/.test(reading.text) ? 'off' : 'on'
  }
  if (off) return 'off'
  return on ? 'on' : undefined
}

/** The longest told, unless it belongs to something told about (散步走了…). */
function findMinutes(reading: Evidence['reading']): number | undefined {
  const told = reading.minutes.filter(found => {
    const before = reading.text.slice(Math.max(0, found.start - 5), found.start)
    const after = reading.text.slice(found.end, found.end + 3)
    return (
      !/(?:要走|走路|骑车|开车|等了?|迟到|提前|还有|再过|每天|每次|睡)$/.test(before) &&
      !/^(?:前|以前|一次|路程|后|以后|内)/.test(after)
    )
  })
  return (
    told.find(found =>
      /(?:用时|时长|耗时|共|一共|历时|前后|总共|用了|花了|待了|聊了|坐了|谈了|约)[:：\s]*$/.test(
        reading.text.slice(0, found.start),
      ),
    ) ?? told[0]
  )?.value
}

function rankPerson(text: string, person: PersonSpan): number {
  if (person.isCompanion) return -10
  const before = text.slice(Math.max(0, person.start - 6), person.start)
  const after = text.slice(person.end, person.end + 6)
  let rank = 0
  if (/^(?:家|那|屋|这|处|住处)/.test(after)) rank += 4
  if (
    /(?:走访|慰问|看望|探望|拜访|入户|看了[看下]?|去看|陪|见了|访问?了?|约谈|上门看了?|[跟和与同]|去|到)$/.test(
      before.trimEnd(),
    )
  )
    rank += 3
  if (/(?:老人|对象|人员|户|军人|党员|患者|残疾人|的|妇女|儿童|老兵|家属|租客|房东)$/.test(before.trimEnd())) rank += 2
  if (person.start === 0 || /[\s,:：】。]$/.test(before)) rank += 1
  if (/^[\s,]*(?:今天|上午|下午|昨天)?.{0,2}(?:去过|走访|看过|去了|看了)/.test(after)) rank += 2
  if (/(?:他|她|叫|让|帮|请|给|儿子|女儿|老板|保安|是)$/.test(before)) rank -= 3
  return rank
}

function pickPerson(text: string, persons: readonly PersonSpan[]): PersonSpan | undefined {
  return persons
    .map(person => ({ person, rank: rankPerson(text, person) }))
    .filter(({ rank }) => rank > -3)
    .sort((a, b) => b.rank - a.rank || a.person.start - b.person.start)[0]?.person
}

/** The place told best: named and numbered before common nouns; then the first. */
export function pickPlace(places: readonly PlaceSpan[], minimum = 2): PlaceSpan | undefined {
  return places
    .filter(place => place.strength >= minimum)
    .sort((a, b) => b.strength - a.strength || a.start - b.start)[0]
}

/** A firm named by its bare name before 去过, 走访了 and the like. */
const BARE_FIRM =
  /(?:^|[\s,。])([\u4e00-\u9fff]{2,8}?)(?:也|都)?(?:去过了?|去了一趟|走访(?:完|过|了|好)|走了一趟|走过了?|看过了?)/

/** A piece that only names the record or asks for it to be kept says nothing that was found. */
const NOT_FOUND =
  /^(?:今天|上午|下午|昨天|刚才|刚刚|补记|补一条|记(?:一|个|录|下)*|走访(?:完毕|完|了|过|记录|好了)?|巡[查逻](?:完毕|完|了|结束|记录)?|入户|打卡|下班|上班|帮我|谢谢|用时|时长|情况)+$/

/** What was found: the pieces of the message that tell neither who, where, nor how long, as written. */
function findFindings(
  { surface }: Evidence['reading'],
  told: readonly ({ start: number; end: number } | undefined)[],
): string | undefined {
  const findings: string[] = []
  for (const match of surface.matchAll(/[^\s,。;；!、:：]+/g)) {
    const [start, end] = [match.index, match.index + match[0].length]
    if (match[0].length < 2 || NOT_FOUND.test(match[0])) continue
    if (told.some(span => span && start < span.end && end > span.start)) continue
    findings.push(match[0])
  }
  return findings.length > 0 ? findings.join('，') : undefined
}

/** The time of what is told later than it happened (昨天下午的走访, 8点23到的). */
function findClaimedAt({ whens, input }: Evidence['reading']): string | undefined {
  const past = whens.find(
    when =>
      !when.isDeadline && (when.time === undefined ? when.day < input.at.slice(0, 10) : renderWhen(when) < input.at),
  )
  return past && renderWhen(past)
}

/** The place after its heading in a form. */
function findFormPlace(text: string): { start: number; end: number } | undefined {
  const match = FORM_PLACE.exec(text)
  if (!match) return undefined
  const end = match.index + match[0].length
  return { start: end - match[1]!.length, end }
}

export function readVisit({ reading, text, persons, places }: Evidence): SlotsOf['visit'] {
  const minutes = findMinutes(reading)
  const form = FORM_PERSON.exec(text)
  const person: { start: number; end: number } | undefined = form
    ? { start: form.index + form[0].length - form[1]!.length, end: form.index + form[0].length }
    : pickPerson(text, persons)
  let place: { start: number; end: number } | undefined = findFormPlace(text) ?? pickVisited(text, places, person)
  if (!person && !place) {
    const bare = BARE_FIRM.exec(text)
    if (bare && !/今天|上午|下午|已经|刚才|昨天|都/.test(bare[1]!)) {
      const start = bare.index + bare[0].indexOf(bare[1]!)
      place = { start, end: start + bare[1]!.length }
    }
  }
  const findings = findFindings(reading, [person, place, ...reading.minutes])
  return compact({
    person: person && cut(reading, person),
    place: place && cut(reading, place),
    minutes,
    findings,
    claimedAt: findClaimedAt(reading),
  })
}

/** With a person, the address just before or after the name; without, the firm or house. */
function pickVisited(
  text: string,
  places: readonly PlaceSpan[],
  person: { start: number; end: number } | undefined,
): PlaceSpan | undefined {
  const told = places.filter(
    place =>
      place.strength >= 2 &&
      !/(?:他|说|要|讲|从|叫|请|让)$/.test(text.slice(Math.max(0, place.start - 1), place.start).replace('从', '')),
  )
  if (!person) return pickPlace(told.filter(place => place.strength >= 3)) ?? pickPlace(told)
  const near = told.filter(
    place =>
      place.end <= person.start + 1 &&
      !/[。!\n]/.test(text.slice(place.end, person.start)) &&
      person.start - place.end <= 14,
  )
  const after = told.filter(
    place =>
      place.start >= person.end &&
      place.start - person.end <= 8 &&
      place.strength >= 3 &&
      !place.isFirm &&
      /^[\s,(（:：]*(?:住在?|家住|地址|在)?[\s:：]*$/.test(text.slice(person.end, place.start)),
  )
  return near.at(-1) && !/^社区/.test(text.slice(near.at(-1)!.start)) ? near.at(-1) : after[0]
}

/** Between the verb of going round and what follows: 巡了一圈X, X转了一圈, X巡逻完成. */
const ROUND_AFTER =
  /(?:巡查|巡逻|巡视|巡防|夜巡|巡完|巡了|巡|转了|走了|兜了|逛了|绕了)(?:完|了|过)?(?:一|两|几|三|\d)*(?:圈|遍|趟|转)?(?:了)?\s*([\u4e00-\u9fff]{2,10}?)(?=[\s,。]|一圈|一遍|一趟|结束|完|\d|[一二两三四五六七八九十半]\S{0,2}(?:分|小|个|公|里)|没|无|平|$)/
const ROUND_BEFORE =
  /(?:^|[\s,。:到去在从沿把将给])([\u4e00-\u9fff]{2,12}?)(?:这边|那边|这块|这一带|这一段|这段|里里外外|全部|都|也)?(?:巡(?:查|逻|视|防)?(?:了|完|过|好|结束|完毕)|转了|转悠|走了|走完|走好|行了|跑了[一个]?[圈遍]|看了[一个]?[圈遍]|兜了|兜一|绕了|绕一|逛了|溜了|走遍|转完|转好)/

export function readPatrol({ reading, text, places }: Evidence): SlotsOf['patrol'] {
  const km = findKm(text)
  const outside = places.filter(place => !km || place.start >= km.end || place.end <= km.start)
  const form = findFormPlace(text)
  const route = joinRoute(text, outside)
  const grid = reading.grids[0]
  const named = pickPlace(outside)
  const spot = outside[0]
  let place: { start: number; end: number } | undefined =
    form ?? route ?? (named && (!grid || named.strength >= 3) ? named : undefined) ?? grid ?? named ?? spot
  if (!place) {
    const match = ROUND_AFTER.exec(text) ?? ROUND_BEFORE.exec(text)
    const words = match?.[1]
    const isTime =
      words !== undefined &&
      reading.minutes.some(
        found => found.start < match!.index + match![0].length && text.slice(found.start, found.end).includes(words),
      )
    if (
      match &&
      words &&
      !isTime &&
      !/^[一两几三\d]+(?:遍|圈|趟)|今天|上午|下午|晚上|早上|走了|回来|完了|溜了|结束|刚|大家|骑车|走路|正常|一圈|节前|我|夜巡|巡查|无异常|^好|^记录|^个|^各|完毕|结束/.test(
        words,
      )
    ) {
      const start = match.index + match[0].indexOf(words)
      place = { start, end: start + words.length }
    }
  }
  const findings = findFindings(reading, [place, km, ...reading.minutes])
  return compact({
    place: place && cut(reading, place),
    minutes: findMinutes(reading),
    km: km?.value,
    findings,
    claimedAt: findClaimedAt(reading),
  })
}

/** 城北路到老粮站, 从A到B: one place from the first to the second. */
function joinRoute(text: string, places: readonly PlaceSpan[]): { start: number; end: number } | undefined {
  for (let index = 0; index + 1 < places.length; index++) {
    const [from, to] = [places[index]!, places[index + 1]!]
    if (/^\s*(?:一直)?(?:走|巡)?[到至\-~—]\s*$/.test(text.slice(from.end, to.start)))
      return { start: from.start, end: to.end }
  }
  return undefined
}
