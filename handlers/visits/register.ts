import { isDay } from '../../policy/time.ts'
import { findVisitList, listVisitLists, type VisitFrequency, type VisitList } from '../../policy/visit-list.ts'
import type { Grid, Member } from '../../storage/roster.ts'
import { insertVisitTarget, listVisitTargets, type VisitTarget } from '../../storage/visit-targets.ts'
import { chooseNumbered, findGridNo } from '../grids.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { answerersOf, reachOf } from './answerers.ts'
import { isAt } from './count-for-lists.ts'
import { nameCoded, renderFrequency } from './words.ts'

const REGISTER = /^\s*(?:@\S+\s+)?(?:登记|新增|添加)走访(?:对象|名单)\s*[:：,，]?\s*([\s\S]*)$/u
const EXAMPLE = '“登记走访对象 低保户 王秀英 3幢201”'
const EVERY = { 周: 'week', 月: 'month', 季度: 'quarter', 季: 'quarter' } as const
const FREQUENCY = /^每(?:个)?(周|月|季度|季)(?:([\d一二三四五六七八九十]{1,2})[次回])?$/u
const BORN = /^(?:出生|生日|生于)?[:：]?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:出?生)?$/u
const RESPONSIBLE = /^(?:责任人[:：]?|[@＠])(\S+)$/u
const GRID = /^第?[\d一二三四五六七八九十]{1,6}号?网格$/u

interface Told {
  list: string
  name: string
  address?: string
  frequency?: VisitFrequency
  /** As told: it may be no day at all. */
  bornOn?: string
  responsible?: string
  gridNo?: number
}

/** Puts a person or place on a list; who answers for the visits reads of it in private. Source: S1-16, S2-24, S4A-01, S4A-05, S4C-05 */
export const registerTarget: Command = {
  name: 'registerVisitTarget',
  matches: REGISTER,
  who: 'visit',
  dialog: { as: 'worker', turns: [['登记走访对象 低保户 王秀英 3幢201', '已登记走访对象 低保-01']] },
  async run(ctx) {
    if (ctx.chat.kind === 'group') {
      return refuse('private-only', `名单上的人只在私聊里登记，群里没有记录。请私聊我说${EXAMPLE}。`)
    }
    const told = readTold(REGISTER.exec(ctx.text)?.[1] ?? '')
    if (!told)
      return refuse(
        'what-to-register',
        `请写类别、姓名和住址，如${EXAMPLE}；还可以加“每月”“1946-11-23生”“责任人 李敏”。`,
      )
    if (told.bornOn !== undefined && (!isDay(told.bornOn) || told.bornOn > ctx.today)) {
      return refuse('no-such-day', `“${told.bornOn}”不是出生日期，没有登记。请写如“1946-11-23生”。`)
    }
    const list = findVisitList(ctx.pack, told.list)
    if (!list) {
      const names = listVisitLists(ctx.pack).map(({ name }) => name)
      const known = names.length > 0 ? `本规则的名单有：${names.join('、')}；` : ''
      return refuse(
        'unknown-list',
        `没有“${told.list}”这类走访对象，没有登记。${known}别的名单请写全类别，如“低保户”“独居老人”。`,
      )
    }
    const grid = chooseTargetGrid(ctx, told.gridNo)
    if ('text' in grid) return grid
    const member = findResponsible(ctx, told.responsible, grid)
    if (member && 'text' in member) return member
    const same = await listVisitTargets(ctx.db, { gridIds: [grid.id], list: list.name, name: told.name })
    const [known] = same.filter(one => !one.address || !told.address || isAt(one, told.address))
    if (known) return refuse('repeated', `${told.name}已经在名单上了：${known.code}（${list.name}）。`)
    return register(ctx, { told, list, grid, member })
  },
}

async function register(
  ctx: Ctx,
  { told, list, grid, member }: { told: Told; list: VisitList; grid: Grid; member?: Member },
): Promise<Answer> {
  const target = await insertVisitTarget(
    ctx.db,
    {
      list: list.name,
      short: list.short,
      name: told.name,
      address: told.address,
      bornOn: told.bornOn,
      gridId: grid.id,
      memberId: member?.id,
      frequency: told.frequency,
      fromDay: ctx.today,
      byId: ctx.actor.id,
      messageId: ctx.message.id,
    },
    ctx.now,
  )
  await ctx.record('created', { type: 'visitTarget', id: target.id }, { code: target.code })
  const informed = await tellAnswerers(ctx, target, '新增走访对象')
  const frequency = told.frequency ?? list.frequency
  const often = frequency ? renderFrequency(frequency) : '没有规定走访次数，要定可以写“每月”'
  const clause = !told.frequency && list.frequency && list.clause ? `（依据：${list.clause}）` : ''
  return answer(
    `已登记走访对象 ${target.code}（${list.name}），${grid.name}，${often}${clause}${informed}。走访后说“走访${target.code} ……”就行。`,
    { private: true },
  )
}

/** In private and by code; name and address are asked for. @returns who was told, as the end of a sentence. Source: S4A-01 */
export async function tellAnswerers(ctx: Ctx, target: VisitTarget, what: string): Promise<string> {
  const members = answerersOf(ctx, target).filter(({ id }) => id !== ctx.actor.id)
  const grid = ctx.roster.gridById(target.gridId)?.name ?? ''
  const text = `${what}：${nameCoded(target)}（${target.list}，${grid}）。姓名、住址回“走访对象 ${target.code}”看。`
  for (const member of members) {
    await ctx.say.toMember(member, text, {
      kind: 'visit-target',
      urgency: 'normal',
      subject: { type: 'visitTarget', id: target.id },
    })
  }
  return members.length > 0 ? `，已私信${members.map(({ name }) => name).join('、')}` : ''
}

function readTold(words: string): Told | undefined {
  const [list, name, ...rest] = words
    .normalize('NFKC')
    .replace(/责任人\s+/u, '责任人')
    .split(/[\s,，;；]+/u)
    .filter(Boolean)
  if (!list || !name || !/^[\p{Script=Han}A-Za-z·()\d]{2,30}$/u.test(name)) return undefined
  const told: Told = { list, name }
  const address: string[] = []
  for (const word of rest) {
    const [, per, times] = FREQUENCY.exec(word) ?? []
    const [, year, month, day] = BORN.exec(word) ?? []
    const bornOn = year && `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
    const responsible = RESPONSIBLE.exec(word)?.[1]
    if (per) told.frequency = { per: EVERY[per as keyof typeof EVERY], atLeast: readNumeral(times) ?? 1 }
    else if (bornOn) told.bornOn = bornOn
    else if (responsible) told.responsible = responsible
    else if (GRID.test(word)) told.gridNo = findGridNo(word)
    else address.push(word)
  }
  return { ...told, ...(address.length > 0 && { address: address.join(' ') }) }
}

/** The grid that is named or the sender's only one; whoever has neither is asked to name it. */
export function chooseTargetGrid(ctx: Ctx, gridNo: number | undefined): Grid | Answer {
  const reach = reachOf(ctx)
  const mine = ctx.roster.grids.filter(({ id }) => reach?.includes(id) ?? true)
  if (gridNo === undefined) {
    if (mine.length === 1) return mine[0]!
    return refuse('which-grid', '请写上是哪个网格，如“……3幢201 第3网格”。', { private: true })
  }
  const choice = chooseNumbered(ctx, gridNo)
  if ('unknown' in choice) return refuse('unknown-grid', `没有第${gridNo}网格，没有改动。`, { private: true })
  const found = 'found' in choice ? [choice.found] : choice.among.filter(grid => mine.includes(grid))
  const [grid, other] = found
  if (!grid || other) {
    return refuse('which-grid', `${gridNo}号网格不止一个，请写上社区，如“桃源社区第${gridNo}网格”。`, { private: true })
  }
  return mine.includes(grid) ? grid : refuse('not-yours', `${grid.name}不归您管，没有登记。`, { private: true })
}

/** Whom the words name as responsible, if they serve in the grid. */
export function findResponsible(ctx: Ctx, name: string | undefined, grid: Grid): Member | Answer | undefined {
  if (name === undefined) return undefined
  const here = ctx.roster
    .membersNamed(name)
    .filter(member =>
      ctx.roster.holders(['worker', 'leader', 'instructor'], ctx.today, { gridId: grid.id }).includes(member),
    )
  return (
    here[0] ?? refuse('unknown-person', `${grid.name}没有叫“${name}”的网格员或网格长，没有改动。`, { private: true })
  )
}
