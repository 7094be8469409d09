import { pino } from 'pino'
import { afterEach, expect, it } from 'vitest'
import { createBudget } from '../../bot/budget.ts'
import { createConversation } from '../../bot/conversation.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createSimulatedClock } from '../../bot/simulated-clock.ts'
import { createTimeline } from '../../bot/timeline.ts'
import { createTurns } from '../../bot/turns.ts'
import { jobs } from '../../jobs/index.ts'
import { createScheduler } from '../../jobs/scheduler.ts'
import { createCalendar } from '../../policy/calendar.ts'
import { addDays, type Day, dayOf, formatInstant, instantAt, timeOf } from '../../policy/time.ts'
import { inStreet, type StreetDb } from '../../storage/database.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { insertMessage } from '../../storage/messages.ts'
import { insertNotice, listNotices, updateNotice } from '../../storage/notices.ts'
import { nextNumber } from '../../storage/settings.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { openTestSqlite } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'

const NOTICES_A_DAY = 20
/** Most are signed before the compiled run, one in the last minutes, two too late. */
const SIGNED_AT = ['10:00', '15:50', '16:20'] as const
const signedAt = (index: number) => SIGNED_AT[index < 17 ? 0 : index === 17 ? 1 : 2]
const MONTH = { from: '2026-11-02', to: '2026-11-30' }
const log = pino({ level: 'silent' })

let dispose: (() => Promise<void>) | undefined
afterEach(() => dispose?.())

it('a month with twenty notices a day: no group reads more than the merged texts, nobody on leave is @-ed', {
  timeout: 240_000,
}, async () => {
  const start = instantAt(MONTH.from, '08:00')
  const clock = createSimulatedClock(start, 'hold')
  const opened = await openTestSqlite()
  const { store } = opened
  dispose = opened.dispose
  await store.transact(db => insertStreet(inStreet(db, STREET), start))
  const channel = fakeChannel()
  const sent: { chat: string; at: number; text: string; mentions: string[] }[] = []
  const send = channel.send.bind(channel)
  channel.send = item => {
    const chat = item.to.kind === 'chat' ? item.to.chatId : `@${item.to.platformId}`
    sent.push({ chat, at: clock.now(), text: item.text, mentions: item.mentions.map(({ name }) => name) })
    return send(item)
  }
  const channels = new Map([[channel.name, channel]])
  const turns = createTurns()
  const delivery = createDelivery({ store, clock, channels, budget: createBudget({}), enclose: async () => ({}), log })
  const scheduler = createScheduler({ store, jobs, log })
  await scheduler.forget(start)
  const timeline = createTimeline({ clock, scheduler, delivery, doWork: async () => {}, turns })
  const conversation = createConversation({ store, clock, log, botName: '小格', onCommit: () => {} })
  const read = inStreet(store.read, STREET)
  const roster = await loadRoster(read)
  const calendar = createCalendar()
  const workdays = calendar.workdaysBetween(MONTH.from, MONTH.to)
  const workers = roster.holders(['worker'], MONTH.from)

  let said = 0
  const say = async (who: string, text: string) => {
    said += 1
    await turns.take(() =>
      conversation.receive({
        channel: 'simulator',
        robot: 'test',
        id: `m${said}`,
        chat: { id: `@${who}`, kind: 'direct' },
        sender: { platformId: who, name: who },
        at: clock.now(),
        text,
        mentions: [],
        media: [],
      }),
    )
  }

  const away = new Map<Day, string>()
  for (const [index, day] of workdays.entries()) {
    await timeline.move({ now: instantAt(day, '08:00') })
    const worker = workers[index % workers.length]!
    away.set(day, worker.name)
    const nos = await store.transact(async everywhere => {
      const db = inStreet(everywhere, STREET)
      const messageId = await anyMessage(db, clock.now(), day)
      await takeLeave(db, { memberId: worker.id, day, messageId, at: clock.now() })
      return draftReviewed(db, { drafterId: roster.membersNamed('王科')[0]!.id, day, messageId, at: clock.now() })
    })
    for (const [order, no] of nos.entries()) {
      const at = instantAt(day, signedAt(order))
      if (at > clock.now()) await timeline.move({ now: at })
      await say('方正', `${no}号提示单签发`)
    }
    await timeline.move({ now: instantAt(day, '18:00') })
  }
  await timeline.move({ now: instantAt(addDays(MONTH.to, 1), '12:00') })

  const notices = await listNotices(read, {})
  expect(notices).toHaveLength(workdays.length * NOTICES_A_DAY)
  expect(notices.filter(({ status }) => status !== 'broadcast')).toEqual([])

  // A group reads the compiled run, the one signed afterwards, and in the morning what was deferred: three texts for twenty notices.
  const groups = sent.filter(({ chat }) => /^G0\d$/.test(chat))
  const sheets = groups.filter(({ text }) => text.includes('【工作提示单 第'))
  for (const chat of ['G01', 'G02', 'G03', 'G04']) {
    for (const [index, day] of workdays.entries()) {
      const times = sheets.filter(one => one.chat === chat && dayOf(one.at) === day).map(({ at }) => timeOf(at))
      expect(times).toEqual(index === 0 ? ['15:45', '15:50'] : ['08:30', '15:45', '15:50'])
      // Beside the sheets at most one merged reminder at each of the two hours.
      const others = groups.filter(
        one => one.chat === chat && dayOf(one.at) === day && !one.text.includes('【工作提示单 第'),
      )
      expect(
        others.length,
        others.map(({ at, text }) => `${formatInstant(at)} ${text}`).join('\n'),
      ).toBeLessThanOrEqual(2)
    }
  }
  expect(sheets.find(one => one.chat === 'G01' && timeOf(one.at) === '15:45')!.text).toContain('共17份')

  // Somebody is @-ed for what is overdue, and never whoever is on leave that day.
  const mentioned = groups.filter(({ mentions }) => mentions.length > 0)
  expect(mentioned.length).toBeGreaterThan(0)
  for (const { at, mentions } of mentioned) expect(mentions).not.toContain(away.get(dayOf(at)))
})

async function anyMessage(db: StreetDb, at: number, day: Day): Promise<string> {
  const message = await insertMessage(db, {
    channel: 'simulator',
    robot: 'month',
    platformId: day,
    chatPlatformId: '@王科',
    chatKind: 'direct',
    at,
    receivedAt: at,
    text: '发提示单',
    detail: { mentions: [] },
  })
  return message!.id
}

async function takeLeave(
  db: StreetDb,
  { memberId, day, messageId, at }: { memberId: string; day: Day; messageId: string; at: number },
): Promise<void> {
  const no = await nextNumber(db, 'leave')
  const asked = { no, memberId, fromDay: day, toDay: day, approverId: memberId, askedAt: at, messageId }
  const leave = await insertLeave(db, asked)
  await settleLeave(db, leave.id, { status: 'approved', at })
}

/** Twenty notices that the deputy has passed, due some days later. */
async function draftReviewed(
  db: StreetDb,
  { drafterId, day, messageId, at }: { drafterId: string; day: Day; messageId: string; at: number },
): Promise<number[]> {
  const nos: number[] = []
  for (let index = 0; index < NOTICES_A_DAY; index++) {
    const no = await nextNumber(db, 'notice')
    const notice = await insertNotice(db, {
      no,
      kind: 'campaign',
      title: `第${index + 1}项`,
      content: `第${index + 1}项排查`,
      requirement: '逐户登记',
      appraisal: '漏一户扣0.5分',
      due: addDays(day, 6 + (index % 3)),
      drafterId,
      office: '消安办',
      draftedAt: at,
      messageId,
    })
    await updateNotice(db, notice.id, { status: 'reviewed', submittedAt: at })
    nos.push(no)
  }
  return nos
}
