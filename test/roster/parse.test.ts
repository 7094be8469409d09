import { describe, expect, it } from 'vitest'
import { parseRoster } from '../../bot/roster/parse.ts'
import { streetTeam } from '../policy/street-team.ts'
import { GRIDS, GROUPS, MEMBERS, members, rosterFiles } from './files.ts'

const parse = (texts: Record<string, string>) =>
  parseRoster(rosterFiles(texts).tables, { pack: streetTeam, allowedBases: ['http://127.0.0.1:9001/'] })
const reasons = (texts: Record<string, string>) => parse(texts).faults.map(({ line, reason }) => `${line} ${reason}`)
const worker = (cells: string) => members(`张三,专职网格员,桃源社区,${cells}`)

describe('parseRoster', () => {
  it('types every column of the four files', () => {
    const {
      grids,
      members: people,
      groups,
      faults,
    } = parse({ 'grids.csv': GRIDS, 'members.csv': MEMBERS, 'groups.csv': GROUPS })
    expect(faults).toEqual([])
    expect(grids[1]).toMatchObject({
      no: 2,
      name: '第二网格',
      community: '桃源社区',
      kind: 'dedicated',
      code: 'TY02',
      households: undefined,
    })
    expect(people[0]).toMatchObject({
      name: '陈桂芳',
      role: 'leader',
      roleName: '网格长',
      gridNo: 1,
      phone: '13800000001',
      dingtalkId: 'ding-chen',
      active: true,
      joinedOn: '2024-03-01',
    })
    expect(people[1]).toMatchObject({ role: 'worker', employment: 'fullTime', wecomId: 'wx-limin' })
    expect(people[7]).toMatchObject({ role: 'deputy', supervises: ['消安办', '平安办'] })
    expect(groups[2]).toMatchObject({
      channel: 'dingtalk',
      platformId: undefined,
      scope: 'community',
      community: '桃源社区',
    })
  })

  it.each(['3', '03', '３', '第三网格', '第3网格', '三号网格', '3号', ' 三 '])(
    'reads the grid number %s as 3',
    said => {
      expect(parse({ 'members.csv': worker(`${said},,,,在岗,`) }).members[0]?.gridNo).toBe(3)
    },
  )

  it.each(['0', '-1', '1.5', '三楼', 'A3', '1-3'])('refuses the grid number %s', said => {
    expect(reasons({ 'members.csv': worker(`${said},,,,在岗,`) })).toEqual([
      `2 “网格号”应为整数（3、03、第三网格都可以），现在是“${said}”`,
    ])
  })

  it.each(['2024-3-1', '2024/03/01', '2024年3月1日', '2024.3.1'])('reads the day %s', said => {
    expect(parse({ 'members.csv': worker(`1,,,,在岗,${said}`) }).members[0]?.joinedOn).toBe('2024-03-01')
  })

  it('reads phones with country code, blanks and hyphens', () => {
    expect(parse({ 'members.csv': worker('1,+86 138-0000-0001,,,,') }).members[0]?.phone).toBe('13800000001')
  })

  it('takes a person’s name as it is written, all but the spaces that align a list', () => {
    for (const name of [
      '张\u200B三',
      '\u202E王五',
      '李👨‍👩‍👧四',
      "Robert'); DROP TABLE member;--",
      '**粗**[x](y)',
      '=1+1',
    ]) {
      const [member] = parse({ 'members.csv': members(`${name},专职网格员,桃源社区,1,,,,,`) }).members
      expect(member?.name).toBe(name)
    }
  })

  it('takes other words as they are meant: alignment spaces and invisible characters are no part of them', () => {
    const text = members('张　三 ,专职网格员, 桃源\u200B社区 ,1,,,,,')
    expect(parse({ 'members.csv': text }).members[0]).toMatchObject({
      name: '张三',
      community: '桃源社区',
      active: true,
    })
  })

  it.each([
    ['an unknown role', '张三,网格经理,桃源社区,1,,,,,', /^2 “角色”写的是“网格经理”，应为主要领导、分管领导、/],
    ['a role named like a part of every object', '张三,constructor,桃源社区,1,,,,,', /^2 “角色”写的是“constructor”/],
    ['no name', ',网格长,桃源社区,1,,,,,', '2 缺少“姓名”'],
    ['no role', '张三,,桃源社区,1,,,,,', '2 缺少“角色”'],
    ['a worker without grid', '张三,专职网格员,桃源社区,,,,,,', '2 专职网格员要写“网格号”'],
    ['a community secretary without community', '张三,社区书记,,,,,,,', '2 社区书记要写“社区”'],
    ['a short phone', '张三,专职网格员,桃源社区,1,1380000,,,,', '2 “手机”应为 11 位手机号'],
    ['an unknown state', '张三,专职网格员,桃源社区,1,,,,退休,', '2 “状态”写的是“退休”，应为在岗、离岗之一'],
    [
      'a day that is none',
      '张三,专职网格员,桃源社区,1,,,,,2026-02-30',
      '2 “入职日期”应为日期，如 2026-11-18，现在是“2026-02-30”',
    ],
    ['an id that a spreadsheet rounded', '张三,网格长,桃源社区,1,,1.23457E+17,,,', /^2 “钉钉ID”被表格软件当成了数字/],
    [
      'more cells than columns',
      '张三,专职网格员,桃源社区,1,,,,,,,,,多',
      '2 有 13 格，表头只有 12 格；文字里的逗号要用引号括起来',
    ],
  ])('refuses %s', (_what, line, reason) => {
    const found = reasons({ 'members.csv': members(line) })
    expect(found).toEqual([typeof reason === 'string' ? reason : expect.stringMatching(reason)])
  })

  it('reports every bad line and every bad cell at once', () => {
    const text = members(
      '张三,网格经理,桃源社区,x,123,,,退休,',
      '李四,网格长,桃源社区,1,,,,,',
      ',网格长,桃源社区,1,,,,,',
    )
    expect(parse({ 'members.csv': text }).faults.map(({ line }) => line)).toEqual([2, 2, 2, 2, 4])
    expect(parse({ 'members.csv': text }).members.map(({ name }) => name)).toEqual(['李四'])
  })

  it('does not let a bad grid line make its people bad', () => {
    const { grids, namedGrids } = parse({ 'grids.csv': GRIDS.replace('桃源社区,普通,TY01', '桃源社区,别的,TY01') })
    expect(grids).toHaveLength(3)
    expect(namedGrids).toHaveLength(4)
  })

  it('finds columns in any order, with remarks and full width, and says what is missing, doubled or unknown', () => {
    const header = '常住人口,户数,网格编码,类型（普通/专属）,社区,网格名称,网格号,[街道],备注'
    const { grids, warnings } = parse({ 'grids.csv': `${header}\n900,300,TY01,普通,桃源社区,第一网格,1,望江街道,好\n` })
    expect(grids[0]).toMatchObject({ no: 1, community: '桃源社区', street: '望江街道', residents: 900 })
    expect(warnings).toEqual(['grids.csv：不认识的列 备注，没有读取'])
    expect(reasons({ 'grids.csv': '网格号,网格名称,社区,社区,类型,户数\n' })).toEqual([
      '1 表头缺少：网格编码、常住人口',
      '1 表头重复：社区',
    ])
    expect(reasons({ 'grids.csv': '\n' })).toEqual(['0 文件是空的，第一行应为表头'])
  })

  describe('push addresses', () => {
    const group = (platform: string, url: string) =>
      reasons({ 'groups.csv': `群名,平台,会话ID,范围,社区,网格号,推送地址\n群,${platform},c,街道,,,${url}\n` })

    it.each([
      ['钉钉', 'https://oapi.dingtalk.com/robot/send?access_token=x'],
      ['企微', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x'],
      ['钉钉', 'http://127.0.0.1:9001/robot/send?access_token=x'],
    ])('takes those of %s: %s', (platform, url) => {
      expect(group(platform, url)).toEqual([])
    })

    it.each([
      ['钉钉', 'http://oapi.dingtalk.com/robot/send?access_token=secret'],
      ['钉钉', 'https://qyapi.weixin.qq.com/robot/send?access_token=secret'],
      ['钉钉', 'https://oapi.dingtalk.com.evil.example/secret'],
      ['钉钉', 'https://oapi.dingtalk.com@10.0.0.1/secret'],
      ['钉钉', 'https://me:secret@oapi.dingtalk.com/robot/send'],
      ['钉钉', 'https://oapi.dingtalk.com:8443/robot/send?access_token=secret'],
      ['企微', 'http://127.0.0.1:9002/secret'],
      ['企微', 'secret'],
      ['模拟', 'https://oapi.dingtalk.com/robot/send?access_token=secret'],
    ])('refuses others and does not repeat them: %s %s', (platform, url) => {
      const found = group(platform, url)
      expect(found).toHaveLength(1)
      expect(found[0]).toMatch(/“推送地址”/)
      expect(found[0]).not.toContain('secret')
    })
  })

  const center = (cells: string) => ({
    'grids.csv': `网格号,网格名称,社区,类型,网格编码,户数,常住人口,中心经度,中心纬度,坐标系\n1,第一网格,桃源社区,普通,TY01,300,900,${cells}`,
  })

  it('reads the middle of a grid with its datum, where it is told', () => {
    const read = (cells: string) => parse(center(cells)).grids[0]?.center
    expect(read('120.1551,30.2741,WGS-84')).toEqual({ lat: 30.2741, lng: 120.1551, datum: 'WGS-84' })
    expect(read('120.1551,30.2741,gcj02'.toUpperCase())).toEqual({ lat: 30.2741, lng: 120.1551, datum: 'GCJ-02' })
    expect([read(',,'), parse(center(',,')).faults]).toEqual([undefined, []])
  })

  it.each([
    ['120.1551,30.2741,', '2 “中心经度”“中心纬度”“坐标系”要一起填'],
    ['120.1551,,WGS-84', '2 “中心经度”“中心纬度”“坐标系”要一起填'],
    ['120.1551,30.2741,BD-09', '2 “坐标系”写的是“BD-09”，应为GCJ-02、GCJ02、WGS-84、WGS84之一'],
    ['30.2741,120.1551,WGS-84', '2 “中心纬度”应为度数，如 30.2741，现在是“120.1551”'],
  ])('refuses the middle %s', (cells, reason) => {
    expect(reasons(center(cells))).toEqual([reason])
  })
})
