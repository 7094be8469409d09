import { dayOf, daysBetween, minuteMs } from '../../policy/time.ts'
import { type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { type InfoItem, listInfoItems } from '../../storage/info-items.ts'
import { answer, type Command } from '../handler.ts'
import { monthly, readMonth } from '../incident/lists/month.ts'
import { chooseListScope } from '../incident/lists/scope.ts'

const SHOWN_GRIDS = 15

/** How timely, consistent and complete a month's records are, and whether every grid has some: told in private, for mending, not for points. Source: S1-38 */
export const dataQualityCommand: Command = {
  name: 'dataQuality',
  matches: monthly('数据质量|信息采集质量'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['数据质量', '及时']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const { name, from, to } = readMonth(ctx.text, ctx.today)
    const during = { from, to, gridIds: scope.gridIds }
    const field = await listFieldRecords(ctx.db, during)
    const items = await listInfoItems(ctx.db, during)
    const late = field.filter(isLate)
    const conflicts = findConflicts(field)
    const blank = [...field.filter(isBlankVisit), ...items.filter(isBlankItem)]
    const repeated = items.filter(({ repeatOf }) => repeatOf)
    const grids = ctx.roster.grids.filter(({ id }) => scope.gridIds?.includes(id) ?? true)
    const covered = grids.filter(grid => [...field, ...items].some(({ gridId }) => gridId === grid.id))
    const empty = grids.filter(grid => !covered.includes(grid)).map(grid => grid.name)
    const longest = Math.max(0, ...late.map(lagDays))
    const lines = [
      `及时：共${field.length + items.length}条，隔天才报的${late.length}条${longest > 0 ? `，最长${longest}天` : ''}`,
      `准确、真实：同一人同一时间在两处的${conflicts}处，重复${repeated.length}条`,
      `全面：缺人名和地点的${blank.length}条`,
      `全覆盖：${grids.length}个网格，有记录的${covered.length}个${empty.length > 0 ? `；还没有的：${empty.slice(0, SHOWN_GRIDS).join('、')}` : ''}`,
    ]
    const rule = ctx.pack.lists.find(({ value }) => value.key === 'dataQuality')
    const basis = rule ? `（依据：${rule.clause}）` : ''
    return answer([`${scope.name}${name}数据质量${basis}：`, ...lines].join('\n'), { private: true })
  },
}

const lagDays = ({ at, claimedAt = at }: FieldRecord): number => daysBetween(dayOf(claimedAt), dayOf(at))
const isLate = (record: FieldRecord): boolean => lagDays(record) > 0
const isBlankVisit = ({ kind, person, place }: FieldRecord): boolean => kind === 'visit' && !person && !place
const isBlankItem = ({ topic, place }: InfoItem): boolean => topic === 'housing' && !place

/** Only times that were told can contradict each other: what is told in one go in the evening has none. */
function findConflicts(records: readonly FieldRecord[]): number {
  const timed = records.flatMap(({ memberId, claimedAt, minutes }) =>
    claimedAt !== undefined && minutes !== undefined
      ? [{ memberId, from: claimedAt, to: claimedAt + minutes * minuteMs }]
      : [],
  )
  const overlaps = timed.filter((one, index) =>
    timed.slice(0, index).some(other => other.memberId === one.memberId && other.from < one.to && one.from < other.to),
  )
  return overlaps.length
}
