import { judgeQuiet } from '../../policy/quiet.ts'
import { dayOf, endOfDay, parseInstant } from '../../policy/time.ts'
import { cancelTimers } from '../../storage/job-runs.ts'
import { insertMeeting, listMeetings, type Meeting, markMeeting, moveMeeting } from '../../storage/meetings.ts'
import type { Card } from '../../storage/outbox.ts'
import { nextNumber } from '../../storage/settings.ts'
import { askWhichGrid, resumeGrid } from '../grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, refuse } from '../handler.ts'
import { suggestAgenda } from '../incident/lists/agenda.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { listMeetingsHere, preferHere, startOf } from './find-meeting.ts'
import { REMINDER_JOB, setReminders } from './reminders.ts'
import { replyCard } from './reply-card.ts'
import { chooseScope, type MeetingScope, scopeOfGrid } from './scope.ts'
import { readTopic } from './topic.ts'
import { nameKind, nameMeeting, nameOf, renderMeeting, renderStart } from './words.ts'

type Slots = SlotsOf['scheduleMeeting']
interface ScheduleDraft {
  slots: Slots
  asks: 'start' | 'grid'
  /** The meeting to be moved, where a move was asked for. */
  moves?: string
  among?: string[]
}

const MOVES = /改到|改成|改在|改为|改期|推迟|提前到|延期|挪到|调到/
const CANCELS = /取消|不开了|不用开/

/** Calls a meeting in words, moves it or calls it off; whoever is concerned reads it once, in the group. */
export const scheduleMeeting = defineHandler({
  intent: 'scheduleMeeting',
  who: 'scheduleMeeting',
  dialog: { as: 'communityLead', turns: [['下周三上午9点在社区二楼多功能厅开社区月会', '09:00，社区二楼多功能厅']] },
  async run(ctx, slots) {
    if (CANCELS.test(ctx.text)) return cancel(ctx, slots)
    if (MOVES.test(ctx.text)) return move(ctx, slots)
    return call(ctx, slots)
  },
  async resume(ctx, draft, understood) {
    const { slots, asks, moves, among = [] } = draft as ScheduleDraft
    if (asks === 'grid') {
      const grid = resumeGrid(ctx, among)
      return grid && call(ctx, slots, scopeOfGrid(ctx, grid))
    }
    const start = understood.when ?? (understood.intent === 'scheduleMeeting' ? understood.slots.start : undefined)
    if (!start) return undefined
    if (!moves) return call(ctx, { ...slots, start })
    const meeting = (await listPlanned(ctx)).find(({ id }) => id === moves)
    return meeting && moveTo(ctx, meeting, { ...slots, start })
  },
})

interface Start {
  startDay: string
  startAt?: number
}

function readStart(start: string): Start {
  const startAt = start.includes('T') ? parseInstant(start) : undefined
  return { startDay: startAt === undefined ? start.slice(0, 10) : dayOf(startAt), startAt }
}

function isPast({ at }: Ctx, { startDay, startAt }: Start): boolean {
  return (startAt ?? endOfDay(startDay)) <= at
}

async function call(ctx: Ctx, slots: Slots, told?: MeetingScope): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const { meetingKind: kind = 'other', place } = slots
  if (!slots.start) return askStart({ slots, asks: 'start' }, `${nameKind(ctx, kind)}哪天几点开？`)
  const start = readStart(slots.start)
  if (isPast(ctx, start)) return refusePast(start)
  const scope = told ?? chooseScope(ctx, kind)
  if ('among' in scope) {
    const among = scope.among.map(({ id }) => id)
    return askStart({ slots, asks: 'grid', among }, askWhichGrid({ ask: 'grid', among: scope.among }))
  }
  const called = await listMeetings(db, { from: start.startDay, to: start.startDay, statuses: ['planned'] })
  const same = called.find(
    one =>
      one.kind === kind &&
      one.groupId === scope.groupId &&
      one.gridId === scope.gridId &&
      one.startAt === start.startAt,
  )
  if (same) return refuse('called-already', `${nameMeeting(ctx, same)}（${renderStart(same)}）已经约好了，不用再发。`)

  const meeting = await insertMeeting(db, {
    no: await nextNumber(db, 'meeting'),
    kind,
    ...start,
    ...scope,
    place,
    topic: readTopic(plainWords(ctx.text), kind, place),
    calledBy: actor.id,
    calledAt: at,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'meeting', id: meeting.id })
  await setReminders(ctx, meeting)
  await suggestAgenda(ctx, meeting)
  const text = `【会议通知】${renderMeeting(ctx, meeting)}。到时我会提醒，到场回“会议签到”。`
  const card = replyCard(ctx, meeting)
  const isHere = meeting.groupId !== undefined && meeting.groupId === ctx.chat.group?.id
  return answer(await announce(ctx, meeting, text, card), isHere ? { card } : {})
}

function askStart(draft: ScheduleDraft, text: string): Answer {
  return ask('scheduleMeeting', draft, text)
}

function refusePast(start: Start): Answer {
  return refuse('past', `${renderStart(start)}已经过了，请再说一遍哪天几点开。`)
}

/**
 * Every chat of the meeting's group reads it once; where it was said in one of them, by the answer there.
 *
 * @returns that answer
 */
async function announce(ctx: Ctx, meeting: Meeting, text: string, card?: Card): Promise<string> {
  const group = ctx.roster.groupById(meeting.groupId)
  const elsewhere = (group?.chats ?? []).filter(chat => chat.platformId && chat.id !== ctx.chat.id)
  for (const chat of elsewhere) {
    const subject = { type: 'meeting', id: meeting.id }
    await ctx.say.toChat(chat.id, text, { kind: 'meeting', urgency: urgencyOf(ctx, meeting), subject, card })
  }
  if (group && group.id === ctx.chat.group?.id) return text
  return `${text}\n${group && elsewhere.length > 0 ? `已通知${group.name}。` : '还没有绑定的群，请另外通知大家。'}`
}

/** Of a meeting that is held before the quiet hours end, the group must hear within them. Source: S3A-14 (重要或紧急事由) */
function urgencyOf({ now, pack, calendar }: Ctx, { startAt }: Meeting): 'urgent' | 'normal' {
  const { quiet, endsAt } = judgeQuiet(now, pack.quietHours, calendar)
  return quiet && startAt !== undefined && startAt < endsAt ? 'urgent' : 'normal'
}

async function move(ctx: Ctx, slots: Slots): Promise<Answer> {
  const meeting = await findOwn(ctx, slots)
  if ('refused' in meeting) return meeting
  if (slots.start) return moveTo(ctx, meeting, slots)
  return askStart({ slots, asks: 'start', moves: meeting.id }, `${nameMeeting(ctx, meeting)}改到哪天几点？`)
}

async function moveTo(ctx: Ctx, meeting: Meeting, { start: told, place }: Slots): Promise<Answer> {
  const start = readStart(told!)
  if (isPast(ctx, start)) return refusePast(start)
  const moved = await moveMeeting(ctx.db, meeting.id, { ...start, startAt: start.startAt, place, movedAt: ctx.at })
  await ctx.record('moved', { type: 'meeting', id: meeting.id }, { from: renderStart(meeting), to: renderStart(moved) })
  await setReminders(ctx, moved)
  const text = `【会议改期】原定${renderStart(meeting)}，改为${renderMeeting(ctx, moved)}。`
  return answer(await announce(ctx, moved, text))
}

async function cancel(ctx: Ctx, slots: Slots): Promise<Answer> {
  const meeting = await findOwn(ctx, slots)
  if ('refused' in meeting) return meeting
  await ctx.record('voided', { type: 'meeting', id: meeting.id })
  const text = await callOff(ctx, meeting)
  return answer(text)
}

/**
 * The meeting's group reads it once, in the chat where it was said by the answer.
 *
 * @returns that answer
 */
export async function callOff(ctx: Ctx, meeting: Meeting): Promise<string> {
  await markMeeting(ctx.db, meeting.id, 'cancelled')
  await cancelTimers(ctx.db, REMINDER_JOB, meeting.id)
  return announce(ctx, meeting, `【会议取消】${renderStart(meeting)}的${nameOf(ctx, meeting)}不开了。`)
}

/** The next meeting here that is meant; only who called it moves it or calls it off. */
async function findOwn(ctx: Ctx, { meetingKind }: Slots): Promise<Meeting | (Answer & { refused: string })> {
  const planned = await listPlanned(ctx)
  const fitting = planned.filter(
    ({ kind }) => meetingKind === undefined || meetingKind === 'other' || kind === meetingKind,
  )
  const own = fitting.filter(({ calledBy }) => calledBy === ctx.actor.id)
  const [meeting] = preferHere(ctx, own.length > 0 ? own : fitting)
  if (!meeting) return { text: '没查到还没开的会，没有改动。', refused: 'no-meeting' }
  if (meeting.calledBy === ctx.actor.id) return meeting
  const caller = ctx.roster.memberById(meeting.calledBy)?.name ?? '召集人'
  return { text: `${nameMeeting(ctx, meeting)}是${caller}召集的，请${caller}来改。`, refused: 'not-yours' }
}

async function listPlanned(ctx: Ctx): Promise<Meeting[]> {
  const coming = await listMeetingsHere(ctx, { from: ctx.today })
  return coming.filter(meeting => meeting.status === 'planned' && startOf(meeting) > ctx.at)
}
