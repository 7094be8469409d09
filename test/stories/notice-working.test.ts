import { afterEach, describe, expect, it } from 'vitest'
import { noticeReminder } from '../../jobs/notice-reminder.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { listExtensions } from '../../storage/notice-extensions.ts'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { rolesOn } from '../../storage/roster.ts'
import { listTasks } from '../../storage/tasks.ts'
import { draft, draftToSigned, noticeNumbered, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
afterEach(() => street.dispose())

describe.each(databases.map(({ name }) => name))(
  'a notice on its way to its end on %s',
  { timeout: 90_000 },
  database => {
    it('is acknowledged, told of, extended, reminded of, inspected and closed', async () => {
      street = await openTestStreet({ now: '2026-11-18T15:50', database })
      const no = await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记，要求附照片'))
      expect(last(await street.say('李敏', '收到', { group: 'G01' }))).toBe(`回执：${no}号1/3人`)
      expect(last(await street.say('王强', '查了18户,还差4户'))).toContain('数量18，还剩4')
      await street.say('陈桂芳', `延期提示单${no} 到12月8日 租户不在家`)
      expect(last(await street.say('王科', '同意延期申请1号'))).toContain('第1网格12月8日')
      await runJob(street, noticeReminder, { due: '2026-12-07T09:00' })
      const reminded = await runJob(street, noticeReminder, { due: '2026-12-08T09:00' })
      expect(reminded.map(({ to, at }) => [to, at])).toEqual([['G01', ['陈桂芳', '李敏', '王强']]])
      await street.say('王科', `督导1网格 ${no}号提示单 登记不全，扣1分`)
      await street.say('李敏', '整改督导1 已补齐')
      expect(last(await street.say('王科', '复查督导1 通过'))).toContain('已结束')
      await street.say('李敏', `${no}号完成`)
      await street.say('李敏', '这是照片', { images: 1 })
      for (const who of ['王强', '陈桂芳']) await street.say(who, `${no}号完成`, { images: 1 })
      expect((await noticeNumbered(street, no)).status).toBe('closed')
      expect(last(await street.say('王科', '负担表'))).toContain('消安办：提示单1')
    })

    it('is decided once by two at the same moment, and counts everybody who acknowledges at once', async () => {
      street = await openTestStreet({ now: '2026-11-18T15:50', database })
      const no = await draftToSigned(street)
      await street.say('陈桂芳', `延期提示单${no} 到12月8日 租户不在家`)
      const both = await Promise.all([
        street.say('王科', '同意延期申请1号'),
        street.say('林静', '不同意延期申请1号 区里当日要数'),
      ])
      expect(new Set(both.map(({ status }) => status))).toEqual(new Set(['handled', 'refused']))
      const [extension] = await listExtensions(street.db)
      expect(['granted', 'refused']).toContain(extension!.status)
      await Promise.all(['李敏', '王强', '陈桂芳'].map(who => street.say(who, '收到', { group: 'G01' })))
      const rows = await listReceivers(street.db, [(await noticeNumbered(street, no)).id])
      expect(rows.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined)).toHaveLength(3)
      const lines = await street.db.sql
        .selectFrom('outbox')
        .select('merge')
        .where('kind', '=', 'acknowledge')
        .orderBy('id')
        .execute()
      const items = lines.map(({ merge }) => (JSON.parse(merge!) as { item: string }).item)
      expect(items).toEqual([1, 2, 3].map(count => `${no}号${count}/9人`))
    })

    it('is closed once by those who finish last at the same moment', async () => {
      street = await openTestStreet({ now: '2026-11-18T15:50', database })
      const no = await draftToSigned(street, WHOLE.replace('逐户登记', '1网格逐户登记'))
      const said = await Promise.all(['李敏', '王强', '陈桂芳'].map(who => street.say(who, `${no}号完成`)))
      expect((await noticeNumbered(street, no)).status).toBe('closed')
      const told = said.flatMap(({ replies }) => replies).filter(({ target }) => target === '王科')
      expect(told).toHaveLength(1)
    })
  },
)

const REGISTER = '准入登记 出租房排查 标准：逐户登记 培训：已培训 准入号：ZR-1'

describe.each(builtInPackIds)('under the pack %s', { timeout: 60_000 }, id => {
  it('S1-10, S3C-06: a task that was given is acknowledged, finished and shown by grid', async () => {
    street = await openTestStreet({ now: '2026-11-18T15:50', pack: id })
    const { pack } = readBuiltIn(id)
    const { gate } = pack.admission
    if (gate.value) await street.say('林静', REGISTER)
    const no = await draft(street, gate.value ? `${WHOLE}\n准入号：ZR-1` : WHOLE)
    await street.say('高峰', `${no}号提示单同意`)
    await street.say('方正', `${no}号提示单签发`)
    const roster = await street.roster()
    const receivers = await listReceivers(street.db, [(await noticeNumbered(street, no)).id])
    expect(receivers.length).toBeGreaterThan(0)
    const member = roster.memberById(receivers[0]!.memberId)!
    expect(rolesOn(member, '2026-11-18').some(({ role }) => pack.notice.receivers.value.includes(role))).toBe(true)
    expect(last(await street.say(member.name, '收到'))).toContain('已记收到')
    expect(last(await street.say(member.name, `${no}号提示单查了18户，还差4户`))).toContain('还剩4')
    expect(last(await street.say(member.name, `${no}号提示单完成`))).toContain('已完成（1/')
    expect(last(await street.say('王科', `提示单${no} 情况`))).toContain(`1/${receivers.length}人完成`)
    const given = await street.say('王科', `任务 @${member.name} 周五前清点台账${gate.value ? ' 准入号ZR-1' : ''}`)
    expect(last(given)).toContain(`已交办${member.name}`)
    expect(await listTasks(street.db)).toHaveLength(1)
  })
})
