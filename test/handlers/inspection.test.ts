import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inspectionFeedback } from '../../jobs/inspection-feedback.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { listInspectionSteps, listInspections } from '../../storage/inspections.ts'
import { openApi } from '../api/ask.ts'
import { withApprovedLeave } from '../support/leave-steps.ts'
import { draftToSigned, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'
import { readBuiltIn } from '../support/street-data.ts'

let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)?.text ?? ''
const told = ({ replies }: Said, who: string) => replies.filter(({ target }) => target === who).map(({ text }) => text)

/** A Wednesday; two working days later is Friday. */
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T15:50' })
})
afterEach(() => street.dispose())

const stored = async () => (await listInspections(street.db))[0]

describe('督导', () => {
  it('S0-26: of a grid is told to its leader and workers in private, with the day for an answer and its sum', async () => {
    const said = await street.say('王科', '督导3网格：台账不全，扣2分')
    expect(last(said)).toBe(
      '1号督导已记（第3网格），已私下告知2人，11月20日（周五）前反馈；建议扣2分，待负责人签字才生效。',
    )
    for (const who of ['周明', '孙燕']) {
      expect(told(said, who)[0]).toContain('【督导 第1号】王科：督导3网格：台账不全，扣2分')
      expect(told(said, who)[0]).toContain('2个工作日：11/19–20')
      expect(told(said, who)[0]).toContain('只是建议，要负责人签字才生效')
    }
    expect(told(said, '李敏')).toEqual([])
    expect(await stored()).toMatchObject({ no: 1, deduct: 2, status: 'open', feedbackDay: '2026-11-20' })
  })

  it('in a group repeats neither findings nor points', async () => {
    const said = await street.say('王科', '督导3网格：孙燕台账不全，扣2分', { group: 'S01' })
    const inGroup = said.replies.filter(({ to }) => to === 'group').map(({ text }) => text)
    expect(inGroup).toEqual(['1号督导已记，已私下告知1人，11月20日（周五）前反馈。'])
    expect(told(said, '孙燕')).toHaveLength(1)
  })

  it('without anything wrong is closed at once', async () => {
    await street.say('王科', '今天督导了3网格 出租房台账齐全 没问题')
    expect((await stored())!.status).toBe('passed')
  })

  it('asks once where, and takes a number or a name', async () => {
    expect(last(await street.say('王科', '督导发现台账不全，扣1分'))).toContain('督导的是哪个网格')
    expect(last(await street.say('王科', '3'))).toContain('1号督导已记（第3网格）')
    expect((await stored())!.deduct).toBe(1)
  })

  it('S0-26: is linked to the notice that is named, where the notice went to that grid', async () => {
    const no = await draftToSigned(street, WHOLE.replace('逐户登记', '3网格逐户登记'))
    expect(last(await street.say('王科', `督导3网格 ${no}号提示单 登记只做了一半`))).toContain(`关联${no}号提示单`)
    const wrong = await street.say('王科', `督导2网格 ${no}号提示单 没有登记`)
    expect([wrong.status, last(wrong)]).toEqual(['refused', expect.stringContaining('没有发给第2网格')])
    const unknown = await street.say('王科', '督导2网格 99号提示单 没有登记')
    expect(last(unknown)).toBe('没有99号提示单，没有记录。')
    expect(await listInspections(street.db)).toHaveLength(1)
  })

  it.each([
    ['徐伟', '督导1网格：台账不全', '不能督导您所在的第1网格'],
    ['徐伟', '督导李敏：下午不在岗', '不能督导您所在的第1网格'],
  ])('S0-26: %s may not inspect the own grid (%s)', async (who, words, sentence) => {
    const said = await street.say(who, words)
    expect([said.status, last(said)]).toEqual(['refused', expect.stringContaining(sentence)])
    expect(last(said)).toContain('依据：三(二)：阶段性任务下发后，要及时开展督导')
    expect(await listInspections(street.db)).toEqual([])
  })

  it('of somebody outside the roster, an unknown grid, or by a worker changes nothing', async () => {
    expect(last(await street.say('王科', '督查记录 第3网格网格员李红霞下午不在岗 扣1分'))).toContain('没有“李红霞”')
    expect(last(await street.say('王科', '督导33网格：台账不全'))).toBe('没有第33网格，没有记录。')
    expect((await street.say('李敏', '督导2网格：台账不全')).status).toBe('refused')
    expect(await listInspections(street.db)).toEqual([])
  })

  it('is taken back while nobody answered', async () => {
    await street.say('王科', '督导3网格：台账不全')
    const said = await street.say('王科', '撤销')
    expect(last(said)).toContain('已撤销：1号督导（第3网格）')
    expect(told(said, '孙燕')).toEqual(['1号督导已由王科撤销，不用反馈了。'])
    expect((await stored())!.status).toBe('withdrawn')
  })
})

describe('the answer', () => {
  beforeEach(async () => {
    await street.say('王科', '督导3网格：台账不全，扣2分')
  })

  it.each([
    ['反馈督导1 已联系社区补资料', 'answered', '反馈已记'],
    ['督导1号反馈：已联系社区补资料', 'answered', '反馈已记'],
    ['整改督导1', 'corrected', '整改已记'],
    ['督导1号整改完成', 'corrected', '整改已记'],
  ])('S0-26: %s', async (words, status, sentence) => {
    const said = await street.say('孙燕', words)
    expect(last(said)).toContain(sentence)
    expect(told(said, '王科')).toHaveLength(1)
    expect((await stored())!.status).toBe(status)
  })

  it('comes from the inspected alone, and says something', async () => {
    const other = await street.say('李敏', '反馈督导1 已整改')
    expect([other.status, last(other)]).toEqual(['refused', '1号督导（第3网格）不是对您的督导，没有记录。'])
    expect((await street.say('孙燕', '反馈督导1')).status).toBe('refused')
    expect((await street.say('孙燕', '反馈督导9 已整改')).status).toBe('refused')
    expect((await stored())!.status).toBe('open')
  })

  it('is rechecked by somebody who may inspect and does not serve there; a failed one begins again', async () => {
    await street.say('孙燕', '整改督导1 台账已补')
    expect((await street.say('钱进', '复查督导1 通过')).status).toBe('refused')
    street.setTime('2026-11-20T10:00')
    const failed = await street.say('王科', '复查督导1 未通过 还缺两户')
    expect(last(failed)).toContain('请被督导人11月24日（周二）前再整改')
    expect(told(failed, '孙燕')[0]).toContain('还缺两户')
    expect(await stored()).toMatchObject({ status: 'failed', feedbackDay: '2026-11-24' })
    await street.say('孙燕', '整改督导1 两户已补')
    expect(last(await street.say('王科', '复查督导1 通过'))).toBe('1号督导复查通过，已结束。')
    expect((await stored())!.status).toBe('passed')
    const steps = await listInspectionSteps(street.db, [(await stored())!.id])
    expect(steps.map(({ step }) => step)).toEqual(['correct', 'fail', 'correct', 'pass'])
    expect((await street.say('王科', '复查督导1 通过')).status).toBe('refused')
  })

  it('never takes points off by itself: design decision 7', async () => {
    street.setTime('2026-12-18T10:00')
    await street.say('王科', '复查督导1 未通过')
    expect(await stored()).toMatchObject({ deduct: 2, status: 'failed' })
    const api = await openApi(street)
    const { body } = await api.ask('/api/inspections/1')
    await api.close()
    expect(body).toMatchObject({ no: 1, gridNo: 3, inspector: '王科', deduct: { points: 2, status: 'proposed' } })
    expect(body.steps.map(({ step }: { step: string }) => step)).toEqual(['fail'])
  })
})

describe('the last day', () => {
  const run = (due: string) => runJob(street, inspectionFeedback, { due })

  it('S0-26: reminds the inspected, unless on leave; afterwards the inspector hears it once', async () => {
    await street.say('王科', '督导3网格：台账不全')
    await withApprovedLeave(street, '孙燕', '2026-11-20')
    expect(await run('2026-11-19T09:00')).toEqual([])
    const said = await run('2026-11-20T09:00')
    expect(said.map(({ to }) => to)).toEqual(['@周明'])
    expect(said[0]!.text).toContain('今天24:00前要反馈')
    expect((await run('2026-11-23T09:00')).map(({ to }) => to)).toEqual(['@王科'])
    expect(await run('2026-11-24T09:00')).toEqual([])
  })

  it('passes in silence once it is answered', async () => {
    await street.say('王科', '督导3网格：台账不全')
    await street.say('孙燕', '反馈督导1 已联系社区')
    expect(await run('2026-11-20T09:00')).toEqual([])
  })
})

describe('督导 提示单', () => {
  it('S0-26: shows every grid’s state and what was found', async () => {
    await draftToSigned(street)
    await street.say('王科', '督导3网格 1号提示单 登记只做了一半')
    const text = last(await street.say('王科', '督导 提示单1'))
    expect(text).toContain('1号提示单《排查出租房》')
    expect(text).toContain('第3网格：完成0/2')
    expect(text).toContain('1号督导（第3网格）：待反馈')
    expect(last(await street.say('王科', '督导 提示单1118'))).toContain('第1网格：完成0/3')
    expect((await street.say('王科', '督导 提示单0317')).status).toBe('refused')
  })

  it('S0-26: the list of what goes on is private', async () => {
    await street.say('王科', '督导3网格：台账不全')
    const said = await street.say('孙燕', '督导清单', { group: 'G03' })
    expect(said.replies.map(({ to, text }) => [to, text])).toEqual([
      ['user', '在办督导1件：\n1号督导（第3网格）：待反馈'],
    ])
  })
})

describe('the packs', () => {
  it.each(builtInPackIds)('%s keeps inspectors off their own grids and gives two working days for the answer', id => {
    const { pack } = readBuiltIn(id)
    expect(pack.inspection.ownGrid.value).toBe(false)
    const stage = pack.sla.find(({ value }) => value.stage === 'inspectionFeedback')
    expect(stage).toMatchObject({ status: 'default', value: { limit: { unit: 'workday', count: 2 } } })
  })

  it('S1-09: the appraisal office inspects crosswise', () => {
    expect(readBuiltIn('street-appraisal').pack.inspection.ownGrid).toMatchObject({ rule: 'S1-09', status: 'original' })
  })
})
