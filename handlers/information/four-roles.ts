import { listFieldRecords } from '../../storage/field-records.ts'
import { listIncidentLogs, listIncidents } from '../../storage/incidents.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { listPopulationChecks, listPopulationRecords } from '../../storage/population-changes.ts'
import { answer, type Command, type Ctx } from '../handler.ts'
import { monthly, readMonth } from '../incident/lists/month.ts'

const OURS = ['信息采集员', '现场受理员', '信息报告员', '数据统计员']
const ON_THE_SPOT: ReadonlySet<string> = new Set(['accept', 'respond', 'resolve'])

/** What one did in each of the document's four roles this month: one's own, for oneself. Source: S1-41 */
export const fourRolesCommand: Command = {
  name: 'fourRoles',
  matches: monthly('四员|我的四员'),
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['四员', '信息采集员']] },
  async run(ctx) {
    const { month, name, ...during } = readMonth(ctx.text, ctx.today)
    const names = ctx.pack.lists.find(({ value }) => value.key === 'workerRoles')?.value.names ?? OURS
    const done = await describeRoles(ctx, month, during)
    const lines = names.map((role, index) => `${role}：${done[index] || '还没有记录'}`)
    return answer([`您${name}的四员：`, ...lines].join('\n'), { private: true })
  },
}

/** In the order of the document: gathered, taken on the spot, reported, counted. */
async function describeRoles(
  { actor, db }: Ctx,
  month: string,
  during: { from: number; to: number },
): Promise<string[]> {
  const own = { ...during, memberIds: [actor.id] }
  const [items, field, changes] = [
    await listInfoItems(db, own),
    await listFieldRecords(db, own),
    await listPopulationRecords(db, month, { memberIds: [actor.id] }),
  ]
  const incidents = await listIncidents(db, during)
  const reported = incidents.filter(({ reporterId }) => reporterId === actor.id)
  const logs = await listIncidentLogs(
    db,
    incidents.map(({ id }) => id),
  )
  const taken = new Set(
    logs.flatMap(log => (log.byId === actor.id && ON_THE_SPOT.has(log.action) ? [log.incidentId] : [])),
  )
  const checks = [
    ...(await listPopulationChecks(db, month, 'noMore')),
    ...(await listPopulationChecks(db, month, 'verified')),
  ]
  const visits = field.filter(({ kind }) => kind === 'visit').length
  return [
    spell([items.length, '信息', '条'], [visits, '走访', '次'], [field.length - visits, '巡查', '次']),
    spell([taken.size, '受理处置', '件']),
    spell([reported.length, '上报事件', '件'], [items.filter(({ opinionNo }) => opinionNo).length, '社情民意', '条']),
    spell(
      [changes.length, '人口变动', '次'],
      [checks.filter(({ byId }) => byId === actor.id).length, '人口核对', '次'],
      [items.filter(({ growth }) => growth).length, '经济指标', '项'],
    ),
  ]
}

function spell(...counts: [count: number, what: string, unit: string][]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what, unit]) => `${what}${count}${unit}`)
    .join('，')
}
