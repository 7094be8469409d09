import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRosterFiles, readTable } from '../../bot/roster/read-files.ts'
import { readSheets, writeSheet } from '../../bot/spreadsheet.ts'
import { GRIDS, GROUPS, MEMBERS } from './files.ts'
import { workbook } from './workbook.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roster-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)

describe('readRosterFiles', () => {
  it('reads the CSV files of a folder and leaves others alone', async () => {
    put('grids.csv', `\uFEFF${GRIDS.replaceAll('\n', '\r\n')}\r\n\r\n`)
    put('Members.CSV', MEMBERS)
    put('groups.csv', GROUPS)
    put('说明.txt', '你好')
    const { tables, faults } = await readRosterFiles(folder)
    expect(faults).toEqual([])
    expect(new Map(tables.map(({ kind, rows }) => [kind, rows.length]))).toEqual(
      new Map([
        ['grids', 5],
        ['groups', 5],
        ['members', 9],
      ]),
    )
  })

  it('reads the sheets of the one workbook, numbers and days as people see them', async () => {
    put('名册.xlsx', await workbook({ grids: GRIDS, 人员: MEMBERS, groups: GROUPS, 备注: 'x\n' }))
    put('~$名册.xlsx', 'lock')
    const { tables, faults } = await readRosterFiles(folder)
    expect(faults).toEqual([])
    expect(tables.map(({ kind, file }) => [kind, file])).toEqual([
      ['grids', '名册.xlsx › grids'],
      ['members', '名册.xlsx › 人员'],
      ['groups', '名册.xlsx › groups'],
    ])
    expect(tables[0]!.rows[1]).toEqual({ line: 2, cells: ['1', '第一网格', '桃源社区', '普通', 'TY01', '300', '900'] })
    expect((await readRosterFiles(join(folder, '名册.xlsx'))).tables).toHaveLength(3)
  })

  it.each([
    ['GBK', Uint8Array.from([0xcd, 0xf8, 0xb8, 0xf1, 0xba, 0xc5]), /UTF-8.*GBK.*另存为“CSV UTF-8/],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x51, 0x7f]), /UTF-8/],
    ['an open quote', '网格号,网格名称\n1,"第一网格\n', /引号没有配对/],
  ])('says in one sentence what is wrong with %s', (_what, content, reason) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
    const { tables, faults } = readTable('grids.csv', bytes)
    expect(tables).toEqual([])
    expect(faults).toEqual([{ file: 'grids.csv', line: expect.any(Number), reason: expect.stringMatching(reason) }])
  })

  it('refuses a folder with both forms, several workbooks, or nothing to read', async () => {
    const reason = async () => (await readRosterFiles(folder)).faults[0]?.reason
    expect(await reason()).toMatch(/没有找到 grids.csv/)
    put('a.xlsx', 'no workbook')
    expect(await reason()).toMatch(/不是能读的 .xlsx/)
    put('b.xlsx', 'x')
    expect(await reason()).toMatch(/有几个 .xlsx/)
    put('grids.csv', GRIDS)
    expect(await reason()).toMatch(/只留一种/)
    expect((await readRosterFiles(join(folder, 'none'))).faults[0]?.reason).toBe('没有这个文件夹或文件')
  })
})

describe('writeSheet', () => {
  it('writes texts as texts, whatever they begin with, under a heading and a header', async () => {
    const bytes = await writeSheet({
      name: '打卡',
      heading: '望江街道 打卡台账',
      columns: [
        { header: '姓名', width: 10 },
        { header: '次数', width: 6 },
        { header: '备注', width: 20 },
      ],
      rows: [
        ['李敏', 2, '=1+1'],
        ['王强', null, '2026-11-18 08:20'],
        ['徐伟', 123456789012345680, ''],
      ],
    })
    expect(await readSheets(bytes)).toEqual([
      {
        name: '打卡',
        rows: [
          ['望江街道 打卡台账', '', ''],
          ['姓名', '次数', '备注'],
          ['李敏', '2', '=1+1'],
          ['王强', '', '2026-11-18 08:20'],
          // Rounded already: it must not look like a whole number.
          ['徐伟', '1.2345678901234568e+17', ''],
        ],
      },
    ])
  })
})
