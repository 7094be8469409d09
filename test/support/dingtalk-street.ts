import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DingtalkEmulator } from '../emulators/dingtalk.ts'

export const COMMUNITY = '桃源社区'
export const GRIDS = 10
const WORKERS_PER_GRID = 3

export const staff = {
  office: 'd-office',
  deputy: 'd-deputy',
  principal: 'd-principal',
  generalOffice: 'd-general',
  communityLead: 'd-lead',
  worker: (grid: number, nth: number) => `d-w${grid}-${nth}`,
  leader: (grid: number) => `d-l${grid}`,
  instructor: (grid: number) => `d-i${grid}`,
}
export const groupOf = (grid: number) => `cid-g${grid}==`
export const streetGroup = 'cid-street=='
export const communityGroup = 'cid-community=='

/** The thirty people who owe check-ins. */
export const workers: { id: string; grid: number }[] = Array.from({ length: GRIDS }, (_, index) => index + 1).flatMap(
  grid => Array.from({ length: WORKERS_PER_GRID }, (_, nth) => ({ id: staff.worker(grid, nth), grid })),
)

/** A street on the emulated DingTalk: its roster in contract form in a temporary folder, its people and groups on the platform. */
export function createDingtalkStreet(emulator: DingtalkEmulator): {
  folder: string
  rosterDir: string
  dispose(): void
} {
  const folder = mkdtempSync(join(tmpdir(), 'xiaoge-street-'))
  const rosterDir = join(folder, 'roster')
  mkdirSync(rosterDir)
  const numbers = Array.from({ length: GRIDS }, (_, index) => index + 1)
  const members: [name: string, role: string, grid: number | '', id: string, office?: string, supervises?: string][] = [
    ['王科员', '科室', '', staff.office, '消安办'],
    ['高副职', '分管领导', '', staff.deputy, '', '消安办'],
    ['方正职', '主要领导', '', staff.principal],
    ['林党政', '党政办', '', staff.generalOffice],
    ['沈书记', '社区书记', '', staff.communityLead],
    ...numbers.flatMap((grid): [string, string, number, string][] => [
      [`网格长${grid}号`, '网格长', grid, staff.leader(grid)],
      [`指导员${grid}号`, '网格指导员', grid, staff.instructor(grid)],
      [`专职甲${grid}号`, '专职网格员', grid, staff.worker(grid, 0)],
      [`专职乙${grid}号`, '专职网格员', grid, staff.worker(grid, 1)],
      [`兼职丙${grid}号`, '兼职网格员', grid, staff.worker(grid, 2)],
    ]),
  ]
  const write = (file: string, lines: string[]) =>
    writeFileSync(join(rosterDir, file), `\uFEFF${lines.join('\r\n')}\r\n`)
  write('grids.csv', [
    '网格号,网格名称,社区,类型,网格编码,户数,常住人口',
    ...numbers.map(grid => `${grid},第${grid}网格,${COMMUNITY},普通,TY${String(grid).padStart(3, '0')},300,900`),
  ])
  write('members.csv', [
    '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期,单位,分管,代理人',
    ...members.map(([name, role, grid, id, office = '', supervises = '']) => {
      const community = grid === '' && role !== '社区书记' ? '' : COMMUNITY
      return `${name},${role},${community},${grid},,${id},,在岗,2026-01-01,${office},${supervises},`
    }),
  ])
  write('groups.csv', [
    '群名,平台,会话ID,范围,社区,网格号,推送地址',
    `街道群,钉钉,${streetGroup},街道,,,`,
    `社区群,钉钉,${communityGroup},社区,${COMMUNITY},,`,
    ...numbers.map(grid => `第${grid}网格群,钉钉,${groupOf(grid)},网格,${COMMUNITY},${grid},`),
  ])
  const everybody = members.map(([name, , , staffId]) => ({ staffId, name }))
  for (const user of everybody) emulator.addUser(user)
  const ids = everybody.map(({ staffId }) => staffId)
  for (const id of [streetGroup, communityGroup, ...numbers.map(groupOf)]) emulator.addGroup({ id, members: ids })
  return { folder, rosterDir, dispose: () => rmSync(folder, { recursive: true, force: true }) }
}
