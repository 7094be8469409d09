import { afterEach, describe, expect, it } from 'vitest'
import { listAttendance } from '../../handlers/attendance.ts'
import { openDesk } from '../../handlers/desk.ts'
import { callRoll } from '../../handlers/meeting/roll.ts'
import { findIncident } from '../../storage/incidents.ts'
import { listMeetings } from '../../storage/meetings.ts'
import { listReceivers } from '../../storage/notice-receivers.ts'
import { runWeeklySummary } from '../summary/support.ts'
import { draftToSigned, noticeNumbered } from '../support/notice-steps.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type StreetOptions, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(() => street.dispose())

/** Everything that depends on a record is counted from the records that stand, so a correction needs no second step. */
describe.each(databases.map(({ name }) => name))(
  'what follows from a record follows its correction, on %s',
  database => {
    const open = async (options: StreetOptions = {}) => {
      street = await openTestStreet({ database, now: '2026-11-18T08:20', ...options })
    }
    const say = async (who: string, text: string, time?: string) => {
      if (time) street.setTime(time)
      return toldTo(await street.say(who, text), who)
    }
    const desk = () => openDesk(street.db, { by: 'test', now: street.now(), at: street.now() })
    async function attendanceOf(who: string, day: string) {
      const { on, off } = (await listAttendance(await desk(), day)).find(({ member }) => member.name === who)!
      return { on, off }
    }

    it('S0-25: the day of a punch that was taken back, and of a make-up that was approved', async () => {
      await open()
      await say('李敏', '到岗了')
      await say('李敏', '撤销 打卡')
      await say('李敏', '下班了', '2026-11-18T17:40')
      street.setTime('2026-11-19T08:10')
      expect(await attendanceOf('李敏', '2026-11-18')).toEqual({ on: 'missing', off: 'ok' })
      await say('李敏', '补卡 昨天上班 8:20')
      expect(await attendanceOf('李敏', '2026-11-18')).toEqual({ on: 'missing', off: 'ok' })
      await say('陈桂芳', '同意更正1')
      expect(await attendanceOf('李敏', '2026-11-18')).toEqual({ on: 'makeup', off: 'ok' })
      expect(await say('李敏', '我昨天的考勤')).toContain('上班 08:20 补卡')
    })

    it('S0-25: a late punch that was early in truth', async () => {
      await open({ now: '2026-11-18T08:45' })
      await say('李敏', '到岗了')
      expect(await attendanceOf('李敏', '2026-11-18')).toMatchObject({ on: 'late' })
      await say('李敏', '更正 上班打卡 改为 8:25 原因：手机没电', '2026-11-18T10:00')
      await say('陈桂芳', '同意更正1')
      expect(await attendanceOf('李敏', '2026-11-18')).toMatchObject({ on: 'makeup' })
    })

    it('S4D-09: the rounds of a day', async () => {
      await open({ pack: 'county-center', now: '2026-11-18T09:00' })
      await say('李敏', '巡查了沿江路一圈，没发现问题')
      expect(await say('李敏', '巡查了河滨路一圈，没发现问题')).toContain('今天第2次，够了')
      await say('李敏', '更正 巡查 河滨路 作废')
      expect(await say('李敏', '我今天的巡查')).toContain('11/18 1次')
    })

    it('S0-12: whom a list lacks, and one’s own visits', async () => {
      await open()
      await say('李敏', '登记走访对象 低保户 王秀英 3幢201 每月')
      await say('李敏', '登记走访对象 低保户 李桂兰 5幢302 每月')
      await say('李敏', '走访了王秀英，20分钟')
      const missing = async () => (await say('李敏', '本月未走访')).match(/低保-0\d/gu)
      expect(await missing()).toEqual(['低保-02'])
      await say('李敏', '改成李桂兰')
      expect(await missing()).toEqual(['低保-01'])
      await say('李敏', '改成30分钟')
      expect(await missing()).toEqual(['低保-01'])
      expect(await say('李敏', '我本周的走访')).toMatch(/走访 1 次.*\n.*李桂兰.*30分钟/u)
      await say('李敏', '撤销 走访')
      expect(await missing()).toEqual(['低保-01', '低保-02'])
    })

    it('S2-25: the week’s count of information, and what repeats what', async () => {
      await open({ pack: 'county-grid' })
      const week = async () => (await say('李敏', '信息进度')).match(/\d+\/\d+条/u)?.[0]
      await say('李敏', '信息：5幢新搬来一家三口，外地户籍')
      await say('李敏', '信息：5幢新搬来一家三口，外地户籍')
      const before = await week()
      expect(before).toMatch(/^1\//u)
      await say('李敏', '更正 信息 内容 改为 7幢新开网吧一家')
      expect(await week()).toMatch(/^2\//u)
      await say('李敏', '更正 信息 7幢 作废')
      expect(await week()).toBe(before)
    })

    it('the counts of a notice', async () => {
      await open({ now: '2026-11-18T15:50' })
      const no = await draftToSigned(street)
      const acknowledged = async () =>
        (await listReceivers(street.db, [(await noticeNumbered(street, no)).id])).filter(one => one.acknowledgedAt)
          .length
      await say('李敏', `收到${no}号`)
      expect(await acknowledged()).toBe(1)
      expect(await say('李敏', '撤销 回执')).toContain('已撤销')
      expect(await acknowledged()).toBe(0)
    })

    it('the state of an incident: nothing of it moves but what was wrong', async () => {
      await open()
      await say('李敏', '3号楼路灯坏了')
      const before = await findIncident(street.db, 1)
      await say('李敏', '更正 1号事件 地点 改为 5号楼', '2026-11-18T14:00')
      expect((await findIncident(street.db, 1))!.place!.reveal()).toBe('3号楼')
      await say('陈桂芳', '同意更正1')
      const { place, ...rest } = (await findIncident(street.db, 1))!
      const { place: _, ...kept } = before!
      expect([place!.reveal(), JSON.stringify(rest)]).toEqual(['5号楼', JSON.stringify(kept)])
    })

    it('S0-28: the roll of a class, and the absence that was proposed', async () => {
      await open({ now: '2026-11-16T09:00' })
      await say('陈桂芳', '明天下午2点 经合社三楼开网格周例会')
      street.setTime('2026-11-18T09:00')
      const [meeting] = await listMeetings(street.db)
      const absent = async () => (await callRoll(await desk(), meeting!)).absent.map(({ name }) => name)
      expect(await absent()).toContain('李敏')
      await say('李敏', '更正 例会 我到了')
      await say('陈桂芳', '同意')
      expect(await absent()).not.toContain('李敏')
    })

    it('the weekly summary that has gone out: the next one says what was put right', async () => {
      await open({ now: '2026-11-17T09:00' })
      await say('李敏', '走访了3幢王奶奶')
      await say('李敏', '走访了5幢刘大爷')
      const first = await runWeeklySummary(street, '2026-11-23T08:30')
      expect(first.find(({ chat }) => chat === 'C01')!.text).toContain('走访2')
      expect(first.map(({ text }) => text).join()).not.toContain('更正')
      await say('李敏', '更正 走访 刘大爷 作废', '2026-11-24T09:00')
      await say('陈桂芳', '同意更正1')
      // Of a day that no summary has told yet: in its own figures, with no line of its own.
      await say('李敏', '走访了7幢孙大爷')
      await say('李敏', '改成吴大爷')
      const second = await runWeeklySummary(street, '2026-11-30T08:30')
      const textIn = (chat: string) => second.find(one => one.chat === chat)!.text
      expect(textIn('C01')).toContain('走访1（上期1）')
      expect(textIn('C01').split('\n').at(-1)).toBe('此前记录更正1条（走访1），以现在的数为准')
      expect(textIn('S01').split('\n').at(-1)).toBe('此前记录更正1条（走访1），以现在的数为准')
      expect(textIn('C02')).not.toContain('更正')
    })
  },
)
