import { judgeRoundDay, minutesBetween } from '../../policy/round.ts'
import { addDays, dayMs, dayOf, formatDayCompact, instantAt, minuteMs, parseTime, timeOf } from '../../policy/time.ts'
import { insertFieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { insertRound, listRounds, type Round, type RoundKind, updateRound } from '../../storage/rounds.ts'
import { chooseGrid } from '../grids.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listFieldMinutes, renderMinutes } from './field-minutes.ts'

const NAMES: Record<RoundKind, string> = { visit: '走访', patrol: '巡查' }
const CALL = String.raw`^\s*(?:@\S+\s+)?`
const END = String.raw`[\s。.！!]*$`
/** `16:30`, `16点半`, `4点20分`, with or without 下午. */
const TIME = String.raw`(?:(上午|早上|中午|下午|晚上)\s*)?(\d{1,2})\s*(?:[:：]\s*(\d{2})|[点时](?:(\d{1,2})分?|(半))?)`

const beginOf = (name: string) => new RegExp(`${CALL}(?:开始\\s*${name}|${name}\\s*开始)了?${END}`, 'u')
const endOf = (name: string) =>
  new RegExp(`${CALL}(?:昨天)?(?:结束\\s*${name}|${name}\\s*结束)了?(?:[\\s,，:：]*${TIME})?${END}`, 'u')

/** 开始走访 … 结束走访: how long, by the walker's own word. Source: S3A-37, S4B-01 */
export const roundCommands: readonly Command[] = (['visit', 'patrol'] as const).flatMap(kind => [
  {
    name: `${kind}Begin`,
    matches: beginOf(NAMES[kind]),
    who: kind,
    dialog: { as: 'worker', turns: [[`开始${NAMES[kind]}`, `${NAMES[kind]}开始`]] },
    run: ctx => begin(ctx, kind),
  } satisfies Command,
  {
    name: `${kind}End`,
    matches: endOf(NAMES[kind]),
    who: kind,
    dialog: { as: 'worker', turns: [[`结束${NAMES[kind]}`, `没有开始${NAMES[kind]}`]] },
    run: ctx => end(ctx, kind, readTime(endOf(NAMES[kind]).exec(ctx.text.normalize('NFKC')))),
  } satisfies Command,
])

/** Minutes since midnight; undefined where no time was told, NaN where there is no such time. */
function readTime(match: RegExpExecArray | null): number | undefined {
  const [, half, hours, minutes, afterHour, isHalf] = match ?? []
  if (hours === undefined) return undefined
  const late = half === '下午' || half === '晚上' || (half === '中午' && Number(hours) < 11)
  const hour = Number(hours) + (late && Number(hours) < 12 ? 12 : 0)
  const minute = isHalf ? 30 : Number(minutes ?? afterHour ?? 0)
  return hour < 24 && minute < 60 ? hour * 60 + minute : Number.NaN
}

/** What goes on, of one kind or any. */
async function findOpen({ db, actor, at, pack }: Ctx, kind?: RoundKind): Promise<Round | undefined> {
  const day = judgeRoundDay(at, pack.attendance)
  const rounds = await listRounds(db, { from: day, to: day, memberId: actor.id, kind })
  return rounds.find(({ endedAt, askedAt }) => endedAt === undefined && askedAt === undefined)
}

/** Those whose end nobody told, of today and the days before. */
async function listUnended({ db, actor, at, pack }: Ctx, kind?: RoundKind): Promise<Round[]> {
  const day = judgeRoundDay(at, pack.attendance)
  const rounds = await listRounds(db, { from: addDays(day, -LOOK_BACK_DAYS), to: day, memberId: actor.id, kind })
  return rounds.filter(({ endedAt }) => endedAt === undefined)
}

/** A weekend or a holiday lies between the round and its end at most. */
const LOOK_BACK_DAYS = 10

async function begin(ctx: Ctx, kind: RoundKind): Promise<Answer> {
  const { db, actor, at, now, pack, message } = ctx
  const name = NAMES[kind]
  const open = await findOpen(ctx)
  if (open?.kind === kind) {
    return refuse('already-begun', `${name} ${timeOf(open.beganAt)} 就开始了，正计着时；完了说“结束${name}”。`)
  }
  const before = open ? `${await close(ctx, open, at)}` : ''
  await askForEnds(ctx)
  const choice = chooseGrid(ctx)
  const saved = await insertRound(
    db,
    {
      kind,
      memberId: actor.id,
      gridId: 'found' in choice ? choice.found.id : undefined,
      day: judgeRoundDay(at, pack.attendance),
      beganAt: at,
      messageId: message.id,
    },
    now,
  )
  await ctx.record('created', { type: 'round', id: saved.id }, { kind })
  const who = ctx.chat.kind === 'group' ? `${actor.name} ` : ''
  return answer(`${before}${who}${name}开始 ${timeOf(at)}，完了说“结束${name}”。`)
}

async function end(ctx: Ctx, kind: RoundKind, told: number | undefined): Promise<Answer> {
  const name = NAMES[kind]
  if (told === undefined) {
    const open = await findOpen(ctx, kind)
    return open ? answer(await close(ctx, open, ctx.at)) : refuseUnbegun(ctx, kind)
  }
  const unended = await listUnended(ctx, kind)
  const fitting = unended.flatMap(round => {
    const endedAt = instantOn(round, told, ctx)
    return round.beganAt < endedAt && endedAt <= ctx.at ? [{ round, endedAt }] : []
  })
  const [fit, open] = [fitting.at(-1), unended.at(-1)]
  if (!fit && open) {
    const began = `${dayOf(open.beganAt) === ctx.today ? '' : `${formatDayCompact(open.day, ctx.today)} `}${timeOf(open.beganAt)}`
    return refuse(
      'bad-time',
      `${name}是 ${began} 开始的，结束时间要在它之后、现在之前，如“结束${name} 16:30”。没有改动。`,
    )
  }
  return fit ? answer(await close(ctx, fit.round, fit.endedAt)) : refuseUnbegun(ctx, kind)
}

/** `结束巡查 2公里` tells the work as well: what goes on ends with the record of it. */
export async function endWithRecord(ctx: Ctx, kind: RoundKind): Promise<string> {
  const says = new RegExp(`${CALL}(?:结束\\s*${NAMES[kind]}|${NAMES[kind]}\\s*结束)`, 'u')
  const open = says.test(ctx.text) ? await findOpen(ctx, kind) : undefined
  return open ? close(ctx, open, ctx.at) : ''
}

/** A time of day on the round's own day; in the small hours that day is not over. */
function instantOn({ day }: Round, minutes: number, { pack }: Ctx): number {
  const instant = instantAt(day, '00:00') + minutes * minuteMs
  return minutes * minuteMs < parseTime(pack.attendance.dayTurnsAt.value) ? instant + dayMs : instant
}

async function refuseUnbegun(ctx: Ctx, kind: RoundKind): Promise<Answer> {
  const name = NAMES[kind]
  const unended = (await listUnended(ctx, kind)).at(-1)
  if (unended) return refuse('no-time', askText(ctx, unended))
  const other = await findOpen(ctx)
  const hint = other ? `正在计的是${NAMES[other.kind]}（${timeOf(other.beganAt)}起）。` : ''
  return refuse(
    'not-begun',
    `没有开始${name}的记录。${hint}已经走完的，直接说一句就行，如“${kind === 'visit' ? '走访了3幢王奶奶，40分钟' : '巡查了沿江路，40分钟'}”。`,
  )
}

/** Files the end: how long, what was recorded meanwhile, and the day's sum. */
async function close(ctx: Ctx, round: Round, endedAt: number): Promise<string> {
  const { db, actor, today } = ctx
  const { id, kind, beganAt, day } = round
  const name = NAMES[kind]
  const minutes = minutesBetween(beganAt, endedAt)
  const told = await listFieldRecords(db, { from: beganAt, to: endedAt + 1, kind, memberIds: [actor.id] })
  const fieldRecordId =
    kind === 'patrol' && told.length === 0 && minutes > 0 ? await filePatrol(ctx, round, endedAt, minutes) : null
  await updateRound(db, id, { endedAt, fieldRecordId })
  await ctx.record('created', { type: 'roundEnd', id }, { kind, minutes })
  const households = told.reduce((sum, record) => sum + (record.households ?? (kind === 'visit' ? 1 : 0)), 0)
  const meanwhile = households > 0 ? `，其间记了${households}户` : ''
  const lasted = `${day === today ? '' : `${formatDayCompact(day, today)} `}本次${name}${renderMinutes(minutes)}${meanwhile}`
  if (kind === 'patrol') return `${lasted}${fieldRecordId ? '，已记巡查1次' : ''}。`
  const [sum] = await listFieldMinutes(ctx, actor, { from: day, to: day })
  const owed = sum && sum.owed > 0 ? `（要求${renderMinutes(sum.owed)}）` : ''
  return `${lasted}；${day === today ? '今天' : '当天'}共${renderMinutes(sum?.done ?? minutes)}${owed}。`
}

/** Walked from beginning to end without a word in between: that is a patrol all the same. */
async function filePatrol(ctx: Ctx, round: Round, endedAt: number, minutes: number): Promise<string> {
  const { at, now, message } = ctx
  const saved = await insertFieldRecord(
    ctx.db,
    {
      kind: 'patrol',
      memberId: round.memberId,
      gridId: round.gridId,
      at,
      claimedAt: endedAt < at ? endedAt : undefined,
      minutes,
      messageId: message.id,
    },
    now,
  )
  // Before the end itself, so that taking back goes the other way round.
  await ctx.record('created', { type: 'patrol', id: saved.id })
  return saved.id
}

function askText({ today }: Pick<Ctx, 'today'>, { kind, day, beganAt }: Round): string {
  const when = day === addDays(today, -1) ? '昨天' : day === today ? '今天' : `${formatDayCompact(day, today)} `
  const name = NAMES[kind]
  return `${when}的${name}（${timeOf(beganAt)}开始）几点结束？回“结束${name} 16:30”这样一句就行；不回，那次时长就不计。`
}

/**
 * Rounds whose end nobody told ask for it once, in private: when the person goes off duty, else with the first word of the next day.
 * Until then, and without an answer, they count no minute.
 */
export async function askForEnds(ctx: Ctx, { isOffDuty = false } = {}): Promise<void> {
  const { db, actor, at, now, pack, say } = ctx
  const today = judgeRoundDay(at, pack.attendance)
  for (const round of await listUnended(ctx)) {
    const isOver = round.day < today || isOffDuty
    if (round.askedAt !== undefined || !isOver) continue
    await updateRound(db, round.id, { askedAt: now })
    await say.toMember(actor, askText(ctx, round), {
      kind: 'round-end',
      urgency: 'answer',
      subject: { type: 'round', id: round.id },
    })
  }
}
