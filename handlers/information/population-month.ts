import { addPopulation, type PopulationChange } from '../../policy/information.ts'
import { addMonths, type Day, monthOf } from '../../policy/time.ts'
import { insertPopulationCheck, listPopulationChecks, listPopulationRecords } from '../../storage/population-changes.ts'
import type { Grid } from '../../storage/roster.ts'
import { communitiesOf, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { findGridNo } from '../grids.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { MONTH, monthly, readMonth } from '../incident/lists/month.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { nameMonth, renderPopulation } from './population-words.ts'

type PopulationDesk = Pick<Desk, 'calendar' | 'db' | 'pack' | 'roster' | 'say' | 'today'>

/** The rule by which the population is gathered at the month's end; undefined where the document has none. Source: S1-14 */
export function findCollection({ pack }: Pick<Desk, 'pack'>) {
  return pack.recurring.find(({ rule, value }) => rule === 'S1-14' && value.on === 'lastWorkday')
}

/** What was told of these grids in a month `2026-11`, summed up. */
export async function sumMonth(
  { db }: Pick<Desk, 'db'>,
  month: string,
  gridIds?: string[],
): Promise<PopulationChange[]> {
  const records = await listPopulationRecords(db, month, { gridIds })
  return addPopulation(records.flatMap(({ changes }) => changes))
}

/** How a change is told that belongs to this month: only the month before can still be told. */
function renderExample(month: string, today: Day): string {
  if (month === monthOf(today)) return '还有的直接说，如“人口变动 迁出1人”。'
  const isLast = month === monthOf(addMonths(today, -1))
  return isLast ? `还有的直接说，如“人口变动 ${nameMonth(month, today)} 迁出1人”。` : ''
}

/** The month's figures of the own grids: counts alone. Source: S1-12 */
export const populationMonthCommand: Command = {
  name: 'populationMonth',
  matches: monthly('人口变动'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['人口变动 11月', '11月人口变动']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const { month, name } = readMonth(ctx.text, ctx.today)
    const sum = renderPopulation(await sumMonth(ctx, month, scope.gridIds))
    return answer(`${scope.name}${name}人口变动：${sum}。${renderExample(month, ctx.today)}`)
  },
}

const NO_MORE = new RegExp(
  `^\\s*人口无变化(?:[\\s，,]*${MONTH})?(?:[\\s，,]*第?\\d{1,6}号?网格)?\\s*[。.!！]?\\s*$`,
  'u',
)

/** A leader says that the month holds nothing else; the last of a community tells 社区专干 that the figures are ready. Source: S1-14 */
export const noMoreCommand: Command = {
  name: 'populationNoMore',
  matches: NO_MORE,
  who: 'submitInfo',
  dialog: { as: 'leader', turns: [['人口无变化', '没有每月底收集人口信息']] },
  async run(ctx) {
    const { actor, at, db, message, now, roster } = ctx
    if (!findCollection(ctx)) return refuse('no-rule', '现行文件没有每月底收集人口信息的要求，不用确认。')
    const grids = leadsGrids(ctx)
    if (grids.length === 0) return refuse('not-allowed', '每月底的人口信息由网格长确认，没有改动。')
    const no = findGridNo(ctx.text)
    const chosen = no === undefined ? grids : grids.filter(grid => grid.no === no)
    const [grid] = chosen
    if (!grid) return refuse('not-yours', `第${no}网格不是您负责的网格，没有改动。`)
    if (chosen.length > 1) {
      return refuse('which-grid', `请写明哪个网格：${chosen.map(one => `“人口无变化 ${one.no}网格”`).join('、')}。`)
    }
    const month = readCollected(ctx)
    const name = nameMonth(month, ctx.today)
    const sum = renderPopulation(await sumMonth(ctx, month, [grid.id]))
    const checks = await listPopulationChecks(db, month, 'noMore')
    if (checks.some(({ gridId }) => gridId === grid.id)) {
      return refuse('repeated', `${grid.name}${name}的人口信息已经确认过：${sum}。`)
    }
    const check = { month, kind: 'noMore', gridId: grid.id, byId: actor.id, at, messageId: message.id } as const
    const { id } = await insertPopulationCheck(db, check, now)
    await ctx.record('created', { type: 'populationCheck', id }, { month, gridNo: grid.no })
    const confirmed = new Set([...checks.map(({ gridId }) => gridId), grid.id])
    const isLast = roster.grids.every(one => one.community !== grid.community || confirmed.has(one.id))
    if (isLast) await tellSpecialists(ctx, month, grid.community)
    return answer(`${grid.name}${name}人口信息已确认：${sum}，没有别的变化。`)
  },
}

function leadsGrids({ actor, roster, today }: Ctx): Grid[] {
  const ids = rolesOn(actor, today).flatMap(({ role, gridId }) => (role === 'leader' && gridId ? [gridId] : []))
  return roster.grids.filter(({ id }) => ids.includes(id))
}

/** The month that is told, else the one whose collection was last due. */
function readCollected({ calendar, text, today }: Ctx): string {
  if (/月/u.test(text)) return readMonth(text, today).month
  return isCollectedBy(calendar, today) ? monthOf(today) : monthOf(addMonths(`${monthOf(today)}-01`, -1))
}

/** From the last working day of its month on. */
function isCollectedBy(calendar: Desk['calendar'], today: Day): boolean {
  return monthOf(calendar.nextWorkday(today)) !== monthOf(today)
}

/** All grids of a community are through: the figures can be checked. */
async function tellSpecialists(desk: PopulationDesk, month: string, community: string): Promise<void> {
  const { roster, say, today } = desk
  const ids = gridsIn(desk, community).map(({ id }) => id)
  const name = nameMonth(month, today)
  const sum = renderPopulation(await sumMonth(desk, month, ids))
  const text = `${community}${name}人口变动，各网格长都已确认：${sum}。核对无误请点一下。`
  const says = `核实 人口 ${name}`
  for (const member of roster.holders(['specialist'], today, { community })) {
    const card = { title: `${name}人口变动`, buttons: [{ key: 'verify', text: '核实无误', says }] }
    await say.toMember(member, text, { kind: 'population-total', urgency: 'normal', card })
  }
}

function gridsIn({ roster }: Pick<Desk, 'roster'>, community: string): Grid[] {
  return roster.grids.filter(grid => grid.community === community)
}

const VERIFY = monthly('核实\\s*人口(?:变动|信息)?|人口(?:变动|信息)?核实')

/** 社区专干 checks the community's figures of a month; who has not confirmed yet is named. Source: S1-14 (社区专干核实) */
export const verifyPopulationCommand: Command = {
  name: 'verifyPopulation',
  matches: VERIFY,
  who: 'queryOwn',
  dialog: { as: 'leader', turns: [['核实 人口 11月', '由社区专干核实']] },
  async run(ctx) {
    const { actor, at, db, message, now, roster, today } = ctx
    const [community] = rolesOn(actor, today).flatMap(({ role, community }) =>
      role === 'specialist' ? [community] : [],
    )
    if (community === undefined) return refuse('not-allowed', '每月的人口信息由社区专干核实，没有改动。')
    const { month, name } = readMonth(ctx.text, today)
    const grids = gridsIn(ctx, community)
    const lines = await listByGrid(ctx, month, grids)
    const sum = renderPopulation(
      await sumMonth(
        ctx,
        month,
        grids.map(({ id }) => id),
      ),
    )
    const [before] = (await listPopulationChecks(db, month, 'verified')).filter(check => check.community === community)
    if (before) {
      const who = roster.memberById(before.byId)?.name ?? ''
      return refuse('repeated', `${community}${name}人口变动已由${who}核实：${sum}。`, { private: true })
    }
    const check = { month, kind: 'verified', community, byId: actor.id, at, messageId: message.id } as const
    const { id } = await insertPopulationCheck(db, check, now)
    await ctx.record('created', { type: 'populationCheck', id }, { month, community })
    const head = `已记核实：${community}${name}人口变动 ${sum}。`
    const hint = '有出入请让网格长补报“人口变动 ……”，核实随时可以撤销重来。'
    return answer([head, ...lines, hint].join('\n'), { private: true })
  },
}

async function listByGrid(ctx: Ctx, month: string, grids: readonly Grid[]): Promise<string[]> {
  const confirmed = new Set((await listPopulationChecks(ctx.db, month, 'noMore')).map(({ gridId }) => gridId))
  const lines: string[] = []
  for (const { id, name } of grids) {
    const sum = renderPopulation(await sumMonth(ctx, month, [id]))
    lines.push(`${name}：${sum}${confirmed.has(id) ? '' : '（网格长还没确认）'}`)
  }
  return lines
}

/**
 * The card of the month's end: to each leader their grid, to 社区专干 what stands until now.
 *
 * @param remark said below, where it comes late
 * Source: S1-14
 */
export async function askForMonth(desk: PopulationDesk, day: Day, remark: string): Promise<void> {
  const { roster, say } = desk
  const rule = findCollection(desk)
  if (!rule) return
  const month = monthOf(day)
  const name = nameMonth(month)
  const checks = await listPopulationChecks(desk.db, month, 'noMore')
  const caveat = desk.calendar.caveatOf(day)
  for (const grid of roster.grids) {
    if (checks.some(({ gridId }) => gridId === grid.id)) continue
    const sum = renderPopulation(await sumMonth(desk, month, [grid.id]))
    const text = `${grid.name}${name}人口变动：${sum}。没有别的变化请点一下，还有的直接说，如“人口变动 ${name} 迁出1人”。（依据：${rule.clause}）${caveat ? `\n${caveat}。` : ''}${remark}`
    const buttons = [
      { key: 'no-more', text: '没有别的变化', says: `人口无变化 ${name} ${grid.no}网格` },
      { key: 'more', text: '还有', says: `人口变动 ${name}` },
    ]
    for (const leader of roster.holders(['leader'], day, { gridId: grid.id })) {
      await say.toMember(leader, text, {
        kind: 'population-month',
        urgency: 'normal',
        card: { title: '人口变动', buttons },
      })
    }
  }
  for (const specialist of roster.holders(['specialist'], day)) {
    for (const community of communitiesOf(roster, specialist, day)) {
      const ids = gridsIn(desk, community).map(({ id }) => id)
      const sum = renderPopulation(await sumMonth(desk, month, ids))
      const text = `${community}${name}人口变动，到现在是：${sum}。各网格长确认完了我再告诉您；要核实请发“核实 人口 ${name}”。${remark}`
      await say.toMember(specialist, text, { kind: 'population-total', urgency: 'normal' })
    }
  }
}
