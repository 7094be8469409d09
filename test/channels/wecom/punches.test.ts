import { describe, expect, it } from 'vitest'
import { at } from '../../support/clock.ts'
import { createRig, type Rig } from './harness.ts'

const seconds = (local: string) => at(local) / 1000

function addPunch(rig: Rig, checkin_type: string, local: string, more: object = {}): void {
  rig.emulator.world.punches.push({
    userid: 'zhangsan',
    checkin_type,
    exception_type: '',
    checkin_time: seconds(local),
    ...more,
  })
}

const WEDNESDAY = { from: '2026-11-18', to: '2026-11-18', platformIds: ['zhangsan'] }

describe('the official clock', () => {
  it('tells each punch with the day it counts for and how the platform judged it', async () => {
    const rig = await createRig()
    addPunch(rig, '上班打卡', '2026-11-18T08:20', { location_title: '网格驿站' })
    addPunch(rig, '下班打卡', '2026-11-18T16:00', { exception_type: '时间异常;地点异常' })
    addPunch(rig, '上班打卡', '2026-11-18T09:40', { exception_type: '时间异常' })
    const { punches, calls } = await rig.channel.listPunches!(WEDNESDAY)
    expect(calls).toBe(1)
    expect(punches.map(({ kind, day, at, result, place }) => ({ kind, day, at, result, place }))).toEqual([
      { kind: 'on', day: '2026-11-18', at: at('2026-11-18T08:20'), result: 'onTime', place: '网格驿站' },
      { kind: 'off', day: '2026-11-18', at: at('2026-11-18T16:00'), result: 'early', place: undefined },
      { kind: 'on', day: '2026-11-18', at: at('2026-11-18T09:40'), result: 'late', place: undefined },
    ])
  })

  it('counts an off after midnight for the day it was due on', async () => {
    const rig = await createRig()
    addPunch(rig, '下班打卡', '2026-11-19T00:10', { sch_checkin_time: seconds('2026-11-18T17:30') })
    const { punches } = await rig.channel.listPunches!({ ...WEDNESDAY, to: '2026-11-19' })
    expect(punches.map(({ day }) => day)).toEqual(['2026-11-18'])
  })

  it('leaves out what nobody punched, and of an outing keeps the remark alone', async () => {
    const rig = await createRig()
    addPunch(rig, '上班打卡', '2026-11-18T08:30', { exception_type: '未打卡' })
    addPunch(rig, '外出打卡', '2026-11-18T10:12', { notes: '拜访王奶奶' })
    addPunch(rig, '外出打卡', '2026-11-18T10:20')
    const { punches } = await rig.channel.listPunches!(WEDNESDAY)
    expect(punches).toMatchObject([{ kind: undefined, remark: '拜访王奶奶', at: at('2026-11-18T10:12') }])
  })

  it('is asked for a hundred people and thirty days at a time', async () => {
    const rig = await createRig()
    const platformIds = ['zhangsan', ...Array.from({ length: 120 }, (_, n) => `u${n}`)]
    const { calls } = await rig.channel.listPunches!({ from: '2026-10-01', to: '2026-11-15', platformIds })
    expect(calls).toBe(4)
  })
})
