import type { KnownField } from '../../policy/burden.ts'
import { type FormRequest, readForm } from '../../policy/burden.ts'
import type { Notice } from '../../storage/notices.ts'
import { type Grid, type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { percent } from '../percent.ts'

/** A field that forms ask for and the program knows of each grid. */
interface FilledField extends KnownField {
  read(desk: Pick<Desk, 'roster' | 'today'>, grid: Grid): string | undefined
}

function namesOf(
  { roster, today }: Pick<Desk, 'roster' | 'today'>,
  grid: Grid,
  role: 'leader' | 'worker' | 'instructor',
) {
  const members = roster.holders([role], today, { gridId: grid.id })
  return members.length > 0 ? members.map(({ name }) => name).join('、') : undefined
}

function countWorkers(
  { roster, today }: Pick<Desk, 'roster' | 'today'>,
  grid: Grid,
  isMeant: (member: Member) => boolean,
) {
  return String(roster.holders(['worker'], today, { gridId: grid.id }).filter(isMeant).length)
}

const shown = (count: number | undefined): string | undefined => (count === undefined ? undefined : String(count))

/** What the roster holds: nobody needs to write it into a form again. Source: S4D-27 */
export const knownFields: readonly FilledField[] = [
  { name: '街道', matches: /^(?:所属)?(?:街道|乡镇|镇街)(?:名称)?$/u, read: ({ roster }) => roster.street.name },
  { name: '社区', matches: /^(?:所属|所在)?(?:社区|村|村社区)(?:名称)?$/u, read: (_, { community }) => community },
  { name: '网格', matches: /^(?:所属|所在)?网格(?:名称|名)?$/u, read: (_, { name }) => name },
  { name: '网格编号', matches: /^网格(?:编号|编码|号|代码)$/u, read: (_, { code }) => code },
  {
    name: '网格类型',
    matches: /^网格(?:类型|类别|性质)$/u,
    read: (_, { kind }) => (kind === 'dedicated' ? '专属' : '普通'),
  },
  { name: '网格长', matches: /^网格长(?:姓名)?$/u, read: (desk, grid) => namesOf(desk, grid, 'leader') },
  {
    name: '网格员',
    matches: /^(?:(?:网格员|填报人|责任人|联系人|负责人|填表人)(?:姓名)?|姓名)$/u,
    read: (desk, grid) => namesOf(desk, grid, 'worker'),
  },
  { name: '指导员', matches: /^(?:网格)?指导员(?:姓名)?$/u, read: (desk, grid) => namesOf(desk, grid, 'instructor') },
  {
    name: '网格员人数',
    matches: /^(?:专兼职)?网格员(?:人数|数|数量)$/u,
    read: (desk, grid) => countWorkers(desk, grid, () => true),
  },
  {
    name: '专职网格员人数',
    matches: /^专职(?:网格员)?(?:人数|数|数量)$/u,
    read: (desk, grid) =>
      countWorkers(desk, grid, member =>
        rolesOn(member, desk.today).some(({ employment }) => employment === 'fullTime'),
      ),
  },
  { name: '户数', matches: /^(?:总|居民|住户|常住)?户数$/u, read: (_, { households }) => shown(households) },
  {
    name: '人口',
    matches: /^(?:常住|总|居住)?人口(?:数|总数|数量)?$|^(?:常住|居民|总)人数$/u,
    read: (_, { residents }) => shown(residents),
  },
]

/** The form that a notice asks for, read from its own words; undefined where it asks for none. */
export function formOf({
  title,
  content,
  requirement,
}: Pick<Notice, 'title' | 'content' | 'requirement'>): FormRequest | undefined {
  return readForm([content ?? title, requirement].filter(Boolean).join('\n'), knownFields)
}

/** `80%字段已有（姓名、户数），回“填表12”自动填`; empty where nothing is known. Source: S4D-27 */
export function describeKnown(no: number, { fields, known }: FormRequest): string {
  if (known.length === 0) return ''
  return `${percent(known.length, fields.length)}%字段已有（${known.join('、')}），回“填表${no}”自动填`
}

/** The same for one notice, as a line of its own; none where it asks for no form. */
export function tellKnownFields(notice: Pick<Notice, 'no' | 'title' | 'content' | 'requirement'>): string[] {
  const form = formOf(notice)
  const line = form ? describeKnown(notice.no, form) : ''
  return line ? [`${line}。`] : []
}
