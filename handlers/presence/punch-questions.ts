import type { CheckInKind } from '../../policy/attendance.ts'
import { minuteMs, timeOf } from '../../policy/time.ts'
import { type CheckInRecord, findCheckIn } from '../../storage/check-ins.ts'
import { correctableCheckIn } from '../correct/check-in.ts'
import { correctRecord } from '../correct/correct.ts'
import { type Answer, ask, type Ctx, refuse } from '../handler.ts'
import { nameKind } from './makeup.ts'

const CONFIRMS = /^\s*(?:是的?|对的?|没错|确认)[。.！!\s]*$/u
const DROPS = /^\s*(?:不用?[记改]|不要了|算了|打错了|按错了)[。.！!\s]*$/u
const CHANGES = /^\s*(?:改|是的?|对的?|没错|确认)[。.！!\s]*$/u

/** One clocking on or off as it was told. */
export interface Clocking {
  /** Absent for a bare 打卡. */
  kind?: CheckInKind
  makeup: boolean
  at: number
  /** The earlier time that the words name. */
  claimedAt?: number
  /** Told in words, where it is not the place of work. */
  place?: string
  /** The person was asked and stands by it. */
  sure?: boolean
}

/** Gone home before having come: one question, with nothing recorded. */
export function askWhich(draft: Clocking & { kind: CheckInKind }, other: number): Answer {
  const before = nameKind(draft.kind === 'on' ? 'off' : 'on')
  return ask(
    'checkIn',
    draft,
    `您 ${timeOf(other)} 已打${before}，这次又说 ${timeOf(draft.at)} ${nameKind(draft.kind)}，先后对不上，先没记。` +
      `按错了请回“${before}”，没错请回“是”，不用记请回“不记”。`,
    { private: true },
  )
}

/** @param kind what the answer says it was, where it says so. @returns undefined where it is no answer to the question */
export function resumeOrder(
  text: string,
  asked: Clocking,
  kind: CheckInKind | undefined,
): { clocking: Clocking } | { refused: Answer } | undefined {
  if (DROPS.test(text)) return { refused: refuse('dropped', '好，没有记。', { private: true }) }
  if (CONFIRMS.test(text)) return { clocking: { ...asked, sure: true } }
  return kind && { clocking: { ...asked, kind, sure: true } }
}

/** Two times for the same punch. */
interface TimeDraft {
  checkInId: string
  at: number
}

/** The standing punch that tells another time than these words: of a make-up any, else one that no repeated tap explains. */
export function findOtherTime(
  { pack }: Ctx,
  standing: readonly CheckInRecord[],
  { kind, makeup, claimedAt }: Clocking & { kind: CheckInKind },
): CheckInRecord | undefined {
  if (claimedAt === undefined) return undefined
  const same = standing.filter(one => one.kind === kind).sort((a, b) => a.at - b.at)
  const counting = kind === 'on' ? same[0] : same.at(-1)
  if (!counting) return undefined
  const apartMs = Math.abs(counting.at - claimedAt)
  return apartMs >= (makeup ? minuteMs : pack.attendance.repeatMinutes.value * minuteMs) ? counting : undefined
}

/** 08:20 stands and 08:50 is told: nothing is guessed. What the official clock recorded is corrected there. */
export function askWhichTime(other: CheckInRecord, at: number): Answer {
  const name = nameKind(other.kind)
  const stands = `您 ${timeOf(other.at)} 已打${name}，这次又说是 ${timeOf(at)}`
  if (other.source === 'dingtalk' || other.source === 'wecom') {
    const text = `${stands}；平台考勤导入的以平台为准，请在平台里补卡，没有改动。`
    return refuse('official-punch', text, { private: true })
  }
  const draft: TimeDraft = { checkInId: other.id, at }
  const buttons = [
    { key: 'change', text: `改成 ${timeOf(at)}`, says: '改' },
    { key: 'keep', text: `还是 ${timeOf(other.at)}`, says: '不改' },
  ]
  return ask('checkIn', draft, `${stands}，先没动。要改成 ${timeOf(at)} 请回“改”，不改请回“不改”。`, {
    private: true,
    card: { title: `${name}时间`, buttons },
  })
}

export function isTimeQuestion(draft: unknown): draft is TimeDraft {
  return typeof draft === 'object' && draft !== null && 'checkInId' in draft
}

/** A change goes the way of every correction: at once, or by whoever answers for the grid. */
export async function resumeTime(ctx: Ctx, { checkInId, at }: TimeDraft): Promise<Answer | undefined> {
  if (DROPS.test(ctx.text)) return refuse('dropped', '好，没有改。', { private: true })
  if (!CHANGES.test(ctx.text)) return undefined
  const standing = await findCheckIn(ctx.db, checkInId)
  if (!standing) return undefined
  return correctRecord(ctx, correctableCheckIn, { id: standing.id, day: standing.day }, { at }, undefined)
}
