import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adoptPack } from '../../storage/packs.ts'
import { toldTo } from '../support/replies.ts'
import { databases } from '../support/stores.ts'
import { local, openTestStreet, type TestStreet } from '../support/street.ts'
import { type BuiltInPack, readBuiltIn } from '../support/street-data.ts'

describe.each(databases.map(({ name }) => name))('rounds, turns and what hangs on them, on %s', database => {
  let street: TestStreet
  const open = async (pack: BuiltInPack, yaml = readBuiltIn(pack).yaml) => {
    const now = '2026-11-18T07:00'
    street = await openTestStreet({
      pack,
      now,
      database,
      prepare: async db => {
        await adoptPack(db, yaml, 'own', { now: local(now), today: '2026-01-01' })
      },
    })
  }
  const hear = async (time: string, who: string, text: string) => {
    street.setTime(`2026-11-${time}`)
    return toldTo(await street.say(who, text), who)
  }
  afterEach(() => street.dispose())

  describe('of the county centre', () => {
    beforeEach(() => open('county-center'))

    it('S3A-37, S4B-01: a patrol, its end, and both taken back', async () => {
      await hear('18T09:00', '李敏', '开始巡查')
      expect(await hear('18T10:00', '李敏', '结束巡查')).toBe('本次巡查1小时，已记巡查1次。')
      expect(await hear('18T10:01', '李敏', '撤销')).toContain('巡查结束')
      expect(await hear('18T10:02', '李敏', '撤销')).toContain('巡查开始')
    })

    it('S4B-01: a roster, its handing over and taking, and what it replaced', async () => {
      await hear('18T07:00', '陈桂芳', '排班 今天 白班 李敏\n今天 夜班 王强')
      await hear('18T07:05', '陈桂芳', '排班 今天 白班 王强')
      await hear('18T07:06', '陈桂芳', '撤销')
      expect(await hear('18T07:07', '李敏', '班表')).toContain('★ 11月18日（周三）白班（08:00–20:00）：李敏')
      expect(await hear('18T07:50', '李敏', '接班')).toContain('已记上班打卡 07:50')
      expect(await hear('18T20:02', '李敏', '交班 一切正常')).toContain('已告诉下一班王强')
      expect(await hear('18T20:05', '王强', '接班')).toContain('说明：一切正常')
    })

    it('S4D-10: a week looked back upon, and taken back', async () => {
      expect(await hear('18T15:00', '李敏', '梳理 都正常')).toContain('已记本周')
      expect(await hear('18T15:01', '陈桂芳', '梳理情况')).toContain('李敏：都正常')
      expect(await hear('18T15:02', '李敏', '撤销')).toContain('已撤销')
    })
  })

  it('S2-51: a community that is helped', async () => {
    await open('county-grid')
    await hear('18T10:00', '王科', '重点帮扶 桃源 缺人手')
    expect(await hear('18T10:01', '沈国华', '重点帮扶')).toContain('缺人手')
    expect(await hear('18T10:02', '王科', '撤出帮扶 桃源')).toContain('已结束')
  })

  it('S2-05: who wrote within the hour', async () => {
    await open('county-grid', readBuiltIn('county-grid').yaml.replaceAll('enabled: false', 'enabled: true'))
    await hear('18T09:30', '李敏', '到岗')
    expect(await hear('18T10:00', '陈桂芳', '在线率')).toContain('100%（在岗1人')
    expect(await hear('18T11:00', '陈桂芳', '在线率')).toContain('0%（在岗1人')
  })

  it('S3C-15: a month, a draft, an appeal and a decision', async () => {
    await open('grid-supervision', readBuiltIn('grid-supervision').yaml.replaceAll('enabled: false', 'enabled: true'))
    expect(await hear('18T10:00', '苏静', '提醒登录 陈桂芳 上次登录9月1日')).toContain('通报草稿1号')
    expect(await hear('18T10:01', '陈桂芳', '申诉通报1 住院')).toContain('已转领导')
    expect(await hear('18T10:02', '方正', '不发通报1')).toContain('不发')
  })
})
