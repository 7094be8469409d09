/** Makes the messages that the classifier is trained on: templates filled by a seeded generator, always the same. */
import type { IncidentCategory, InfoTopic, Intent } from '../../../handlers/slots.ts'
import { FIELD_INFORMATION, FIELD_MESSAGES, FIELD_PROBLEMS } from './phrases/field.ts'
import { INFORMATION } from './phrases/information.ts'
import { PROBLEM_LEADS, PROBLEM_TAILS, PROBLEMS } from './phrases/problems.ts'
import { CHAT, MESSAGES } from './phrases/records.ts'
import * as talk from './phrases/talk.ts'
import * as words from './phrases/words.ts'

export interface TrainingMessage {
  text: string
  intent: Intent
  category?: IncidentCategory
  topic?: InfoTopic
}

/** mulberry32: small, seeded, the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

const INFORMATION_LEADS = '||||||||信息更新：|信息报送：|报一下，|小格，|登记一下，|今天|补充信息：|采集信息：'
const INFORMATION_TAILS = '|||||||，记录一下|，信息已录|，登记一下|，更新下|，名单已报|，拍照了|，报给你'

const lines = (block: string): string[] => block.split('\n').filter(line => line !== '')

export function makeMessages(): TrainingMessage[] {
  const random = createRandom(20261118)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const pickWord = (list: string): string => pick(list.split('|'))
  const whole = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  const surname = (): string => pick(words.SURNAMES_IN_TRAINING.split(''))
  const makeNumeral = (no: number): string => (no <= 10 && random() < 0.3 ? '零一二三四五六七八九十'[no]! : String(no))
  const makeHouse = (): string =>
    pick([
      `${whole(1, 40)}幢`,
      `${whole(1, 60)}号`,
      `${whole(1, 20)}号楼`,
      `${whole(1, 20)}幢${whole(1, 4)}单元`,
      `${whole(1, 20)}幢${whole(1, 18)}0${whole(1, 4)}`,
    ])
  const makePlace = (): string => {
    const kind = random()
    if (random() < 0.25) return pickWord(words.VILLAGES)
    if (kind < 0.3) return pickWord(words.ESTATES)
    if (kind < 0.55) return pickWord(words.ESTATES) + makeHouse()
    if (kind < 0.7) return pickWord(words.ROADS) + (random() < 0.6 ? `${whole(1, 120)}号` : '')
    if (kind < 0.8) return makeHouse()
    if (kind < 0.9) return pickWord(words.FIRMS)
    return pickWord(words.SPOTS)
  }
  const makePerson = (): string =>
    pick([
      surname() + pickWord(words.TITLES),
      surname() + pickWord(words.GIVEN_NAMES),
      pick(['老', '小']) + surname(),
      surname() + pickWord(words.TITLES),
    ])
  const fills: Record<string, () => string> = {
    p: makePlace,
    person: makePerson,
    name: () => pick([surname() + pickWord(words.GIVEN_NAMES), `${pick(['老', '小'])}${surname()}`]),
    firm: () => pickWord(words.FIRMS),
    min: () => pickWord(words.MINUTES),
    km: () => pickWord(words.DISTANCES),
    g: () => pick([`${whole(1, 15)}网格`, `第${makeNumeral(whole(1, 12))}网格`, `${makeNumeral(whole(1, 9))}号网格`]),
    no: () => pick([`${whole(1, 90)}号`, `#${whole(1, 90)}`, `第${whole(1, 90)}号`, `No.${whole(1, 90)}`]),
    n: () => String(whole(2, 120)),
    few: () => pick(['2', '3', '两', '三', '五', '4', '六', '一']),
    day: () => pickWord(words.DAYS),
    time: () => pickWord(words.TIMES),
    room: () => pickWord(words.ROOMS),
    community: () => pickWord(words.COMMUNITIES),
    unit: () => pickWord(words.UNITS),
    why: () => pickWord(words.REASONS),
    excuse: () => pickWord(words.EXCUSES),
    task: () => pickWord(words.TASKS),
    e: () => pickWord(words.ENDINGS),
    paper: () => pickWord(talk.PAPERS),
    whohas: () => pickWord(talk.WHO_HAS),
    handon: () => pickWord(talk.HAND_ON),
    service: () => pickWord(talk.SERVICES),
    counterask: () => pickWord(talk.COUNTER_ASKS),
    counter: () => pickWord(talk.COUNTERS),
    opening: () => pickWord(talk.OPENING),
    elsewhere: () => pickWord(talk.ELSEWHERES),
    farevent: () => pickWord(talk.FAR_EVENTS),
    farsigh: () => pickWord(talk.FAR_SIGHS),
    thing: () => pickWord(talk.OFFICE_THINGS),
    fault: () => pickWord(talk.OFFICE_FAULTS),
    work: () => pickWord(talk.WORK_THINGS),
    opinion: () => pickWord(talk.WORK_OPINIONS),
    badluck: () => pickWord(talk.BAD_LUCK),
    x: surname,
  }
  const fill = (template: string): string => template.replace(/\{(\w+)\}/g, (_, name: string) => fills[name]!())
  /** As voice input and hurried thumbs leave it: commas gone, or spaces in their place. */
  const roughen = (text: string): string => {
    const kind = random()
    if (kind < 0.2) return text.replace(/[，。！：]/g, '')
    return kind < 0.5 ? text.replace(/[，。！]/g, ' ') : text
  }

  const messages: TrainingMessage[] = []
  for (const [category, block] of Object.entries(PROBLEMS)) {
    for (const phrase of lines(block + (FIELD_PROBLEMS[category as IncidentCategory] ?? ''))) {
      for (let copy = 0; copy < 8; copy++) {
        const placed = phrase.includes('{p}') || random() < 0.5 ? phrase : `{p}${phrase}`
        const text = fill(
          `${pickWord(PROBLEM_LEADS)}${copy === 0 ? placed.replace('{p}', '') : placed}${pickWord(PROBLEM_TAILS)}`,
        )
        messages.push({ text: roughen(text), intent: 'reportIncident', category: category as IncidentCategory })
      }
    }
  }
  for (const [topic, block] of Object.entries(INFORMATION)) {
    for (const template of lines(block + (FIELD_INFORMATION[topic as InfoTopic] ?? ''))) {
      for (let copy = 0; copy < 8; copy++) {
        const text = fill(`${pickWord(INFORMATION_LEADS)}${template}${pickWord(INFORMATION_TAILS)}`)
        messages.push({ text: roughen(text), intent: 'submitInfo', topic: topic as InfoTopic })
      }
    }
  }
  for (const [intent, block] of Object.entries(MESSAGES)) {
    const templates = lines(block + (FIELD_MESSAGES[intent as Intent] ?? ''))
    const copies = Math.max(6, Math.ceil(420 / templates.length))
    for (const template of templates) {
      for (let copy = 0; copy < copies; copy++)
        messages.push({ text: roughen(fill(template)), intent: intent as Intent })
    }
  }
  for (const template of lines(CHAT + (FIELD_MESSAGES.none ?? ''))) {
    for (let copy = 0; copy < 12; copy++)
      messages.push({ text: roughen(fill(template)) + (random() < 0.2 ? pickWord(words.ENDINGS) : ''), intent: 'none' })
  }
  return messages
}
