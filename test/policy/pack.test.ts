import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isInForce, nameRoles, PackError, parsePack } from '../../policy/pack.ts'
import { builtInPackIds } from '../../policy/packs/built-in.ts'
import { streetTeam, streetTeamYaml } from './street-team.ts'

const packsFolder = new URL('../../policy/packs/', import.meta.url)

function faultsOf(yamlText: string): readonly string[] {
  try {
    parsePack(yamlText, 'street-team.yaml')
  } catch (error) {
    if (error instanceof PackError) return error.faults
    throw error
  }
  return []
}

/** The pack with one text replaced, and the line on which it stood. */
function spoil(before: string, after: string): { yaml: string; line: number } {
  const start = streetTeamYaml.indexOf(before)
  expect(start, `${before} stands in the pack`).toBeGreaterThan(-1)
  return { yaml: streetTeamYaml.replace(before, after), line: streetTeamYaml.slice(0, start).split('\n').length }
}

describe('the packs that come with the program', () => {
  it('are the files of the folder, each with its own id', () => {
    const files = readdirSync(packsFolder).filter(name => name.endsWith('.yaml'))
    expect(files.sort()).toEqual(builtInPackIds.map(id => `${id}.yaml`).sort())
    for (const id of builtInPackIds)
      expect(parsePack(readFileSync(new URL(`${id}.yaml`, packsFolder), 'utf8'), `${id}.yaml`).id).toBe(id)
  })
})

describe('street-team', () => {
  it('keeps to the figures of the document', () => {
    expect(streetTeam.notice.cutoff).toMatchObject({ value: '16:00', rule: 'S0-21', status: 'original' })
    expect(Object.values(streetTeam.notice.parts.value)).toEqual(['工作内容', '任务要求', '时间节点', '考核规定'])
    expect(streetTeam.meetings.map(({ value, rule }) => [rule, value.period, value.atLeast, value.owner])).toEqual([
      ['S0-29', 'week', 1, 'instructor'],
      ['S0-30', 'month', 1, 'communityLead'],
      ['S0-31', 'quarter', 1, 'communityGroupHead'],
    ])
    expect(streetTeam.awards.map(({ value }) => [value.count, value.yuanPerWorker])).toEqual([
      [1, 1000],
      [2, 800],
      [3, 500],
      [undefined, 300],
    ])
  })

  it('shows its own choices as ours', () => {
    const { onBy, offFrom, graceMinutes, splitAt } = streetTeam.attendance
    expect([onBy, offFrom, graceMinutes, splitAt].map(({ value, status }) => [value, status])).toEqual([
      ['08:30:59', 'default'],
      ['17:30', 'default'],
      [0, 'default'],
      ['12:00', 'default'],
    ])
  })

  it('shows the missing 20 points as a gap and invents nothing for them', () => {
    const { total, items, gaps } = streetTeam.score!
    expect([total.value, items.map(({ value }) => value.points), gaps.map(({ points }) => points)]).toEqual([
      100,
      [80],
      [20],
    ])
    expect(gaps[0]).toMatchObject({ rule: 'S0-35', status: 'missing' })
    expect(streetTeam.gaps.map(({ rule }) => rule)).toEqual(['S0-25', 'S0-28', 'S0-34', 'S0-36'])
  })

  it('needs a signature for what hurts people and keeps compulsory gates off', () => {
    expect(streetTeam.penalties.needsSignature.value).toBe(true)
    expect([streetTeam.admission.gate.value, streetTeam.emergencyMode.value]).toEqual([false, false])
  })

  it('maps the names of the roster to roles', () => {
    expect(streetTeam.roles.value.专职网格员).toEqual({ code: 'worker', scope: 'grid', employment: 'fullTime' })
    expect(nameRoles(streetTeam, ['worker', 'principal'])).toBe('主要领导、专职网格员、兼职网格员')
  })

  it('is free of the slips of the scanned document', () => {
    expect(streetTeamYaml).not.toMatch(/16:OO|100O|培训I/)
  })

  it('is in force from its first day on', () => {
    const pack = { ...streetTeam, effective: { from: '2026-01-01', to: '2026-06-30' } }
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(day => isInForce(pack, day))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isInForce(streetTeam, '2030-01-01')).toBe(true)
  })
})

/** A list that repeats another one nine times. */
function multiply(from: string, to: string): string {
  return `${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`
}

describe('a pack with faults', () => {
  it.each([
    ["'08:30:59'", '8.5', '考勤 › 上班时间 › 值（attendance.onBy.value）：应为文字（请加引号）'],
    ["'08:30:59'", "'8:30'", '考勤 › 上班时间 › 值（attendance.onBy.value）：应为时刻，如 "08:30"'],
    ["version: '1'", 'version: 1.10', '版本（version）：应为文字（请加引号）'],
    ["from: '2025-01-01'", "from: '2025-02-30'", '施行日期 › 起（effective.from）：应为日期，如 "2026-01-01"'],
    ['points: 80', 'points: 70', '考核 › 总分 › 值（score.total.value）：各项与待补之和是 90 分，与总分 100 分不符'],
    [
      "compileAt: { value: '15:45'",
      "compileAt: { value: '16:00'",
      '汇总下发 › 值（notice.compileAt.value）：应早于下发截止时刻',
    ],
    ["value: '16:00'", "value: '18:00'", '迟发截止 › 值（notice.lateUntil.value）：应晚于下发截止时刻'],
    ["from: '20:00'", "from: '07:00'", '（quietHours.value.from）：静默应从晚上开始、到次日早上结束'],
    [
      'graceMinutes: { value: 0',
      'graceMinutes: { value: -1',
      '宽限分钟 › 值（attendance.graceMinutes.value）：不能小于0',
    ],
    ['rule: S0-02', 'rule: S02', '（roles.rule）：应为规则编号，如 "S0-21"'],
    [
      'signNotice: { value: [principal]',
      'signNotice: { value: [boss]',
      '（actions.signNotice.value）：写法不对，请对照内置规则包',
    ],
    ['attendees: [communityLead, worker]', 'attendees: []', '参会人员（meetings.1.value.attendees）：至少要有1项'],
    ['what: 月度考核以外的20分', "what: ''", '缺少的内容（score.gaps.0.what）：不能为空'],
    ['unit: workday, count: 2', 'unit: weeks, count: 2', '期限 › 单位（sla.1.value.limit.unit）：写法不对'],
    ['count: 2 }', 'count: 2.5 }', '期限 › 数量（sla.1.value.limit.count）：应为整数'],
    ['  checkIn:', '  checkInn:', '权限（actions）：不认识的键：checkInn'],
    ['  checkIn:', '  checkInn:', '权限 › checkIn（actions.checkIn）：缺少这一项'],
    ['emergencyMode:', 'emergencyMod:', '应急模式（emergencyMode）：缺少这一项'],
  ])('with %s as %s says where and what', (before, after, fault) => {
    const faults = faultsOf(spoil(before, after).yaml)
    expect(
      faults.some(line => line.startsWith('street-team.yaml') && line.includes(fault)),
      faults.join('\n'),
    ).toBe(true)
  })

  it('names the line of the key', () => {
    for (const [before, after] of [
      ["onBy: { value: '08:30:59'", 'onBy: { value: 8'],
      ['points: 80', "points: 'many'"],
      ['yuanPerWorker: 800', 'yuanPerWorker: many'],
      ['attendees: [communityLead, worker]', 'attendees: []'],
    ] as const) {
      const { yaml, line } = spoil(before, after)
      expect(faultsOf(yaml)[0]).toMatch(new RegExp(`^street-team\\.yaml 第${line}行 `))
    }
  })

  it('lists all faults at once', () => {
    const yaml = streetTeamYaml.replace("'08:30:59'", '8').replace("'17:30'", 'no').replace('version:', 'versio:')
    expect(faultsOf(yaml)).toHaveLength(4)
  })

  it.each([
    ['twice the same key', `${streetTeamYaml}\nid: again\n`, '：同一个键写了两次'],
    ['no YAML', 'a: [1,', '第1行：不是有效的 YAML'],
    ['nothing', '', '整个文件：应为键和值'],
    ['a list', '- a\n- b\n', '整个文件：应为键和值'],
    ['a reference to nothing', 'a: *nothing\n', '引用（&、*）'],
    [
      'references that multiply',
      ['a: &a [x,x,x,x,x,x,x,x,x]', multiply('a', 'b'), multiply('b', 'c'), multiply('c', 'd')].join('\n'),
      '引用（&、*）太多或没有定义',
    ],
  ])('refuses %s', (_, yaml, fault) => {
    expect(faultsOf(yaml).join('\n')).toContain(fault)
  })
})
