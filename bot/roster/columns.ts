import type { Fault } from '../../storage/roster-import/entries.ts'
import type { Table, TableKind } from './read-files.ts'

/** The columns of each file; those in `optional` may be absent from the header. Source: contract.md, Roster files */
const columnsOf: Record<TableKind, { required: readonly string[]; optional: readonly string[] }> = {
  grids: {
    required: ['网格号', '网格名称', '社区', '类型', '网格编码', '户数', '常住人口'],
    optional: ['街道', '中心经度', '中心纬度', '坐标系', '社区类别', '党组织设置', '停用日期', '并入网格号'],
  },
  members: {
    required: ['姓名', '角色', '社区', '网格号', '手机', '钉钉ID', '企微ID', '状态', '入职日期'],
    optional: ['街道', '单位', '分管', '代理人', '职务', '出生日期', '点位'],
  },
  groups: { required: ['群名', '平台', '会话ID', '范围', '社区', '网格号', '推送地址'], optional: ['街道'] },
  units: { required: ['街道', '单位', '联系人', '会话ID'], optional: [] },
  households: { required: ['社区', '网格号', '楼栋', '门牌'], optional: ['街道', '户主', '责任人', '编号'] },
  'visit-list': {
    required: ['姓名', '类别', '社区', '网格号', '住址'],
    optional: ['街道', '频次', '责任人', '出生日期', '编号'],
  },
  places: { required: ['社区', '网格号', '名称', '别名', '类型'], optional: ['街道', '纬度', '经度'] },
}

/**
 * Finds where each column stands. Order, case, full width and a remark in brackets behind the name do not matter: `类型（普通/专属）` is 类型.
 * @returns undefined where the header cannot serve; the faults say why
 */
export function readHeader(
  { kind, file, rows: [header] }: Table,
  faults: Fault[],
  warnings: string[],
): ReadonlyMap<string, number> | undefined {
  if (!header) {
    faults.push({ file, line: 0, reason: '文件是空的，第一行应为表头' })
    return undefined
  }
  const { required, optional } = columnsOf[kind]
  const names = header.cells.map(normalizeName)
  const known = new Map([...required, ...optional].map(name => [normalizeName(name), name]))
  const places = new Map<string, number>()
  const twice: string[] = []
  const strange: string[] = []
  names.forEach((said, place) => {
    const name = known.get(said)
    if (name !== undefined && places.has(name)) twice.push(name)
    else if (name !== undefined) places.set(name, place)
    else if (said !== '') strange.push(header.cells[place]!.trim())
  })
  const absent = required.filter(name => !places.has(name))
  const refuse = (reason: string) => faults.push({ file, line: header.line, reason })
  if (absent.length > 0) refuse(`表头缺少：${absent.join('、')}`)
  if (twice.length > 0) refuse(`表头重复：${twice.join('、')}`)
  if (strange.length > 0) warnings.push(`${file}：不认识的列 ${strange.join('、')}，没有读取`)
  return absent.length + twice.length > 0 ? undefined : places
}

function normalizeName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\(.*?\)|[[\]\s\uFEFF]/g, '')
    .toUpperCase()
}
