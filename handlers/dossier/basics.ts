import { contradicts, isClosedFact, nameFact, unitOfFact } from '../../policy/grid-facts.ts'
import { dayOf, formatDayCompact } from '../../policy/time.ts'
import { currentFacts, findGridFact, type GridFact, listGridFacts, saveGridFact } from '../../storage/grid-facts.ts'
import { voidRecord } from '../../storage/records.ts'
import type { Grid } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { readerOf, shortenText } from '../reader.ts'
import { countElsewhere, isKnown, listKnown, renderGroups } from './known.ts'
import { GRID, isInCharge, pickGrid, refuseOther } from './which-grid.ts'

const SHOW = new RegExp(`^\\s*(?:${GRID}的?)?\\s*(?:网格)?底数卡?\\s*(?:${GRID})?\\s*[?？。.!！]?\\s*$`, 'u')
const COUNTED = '[户人名个家处台套件项间]'
const TELL = new RegExp(
  `^\\s*(确认)?底数(?:[\\s:：]+|(?=[\\p{Script=Han}\\d]{2,16}\\d))(?:${GRID}[\\s:：的]*)?((?:(?![的了是有还没不])\\p{Script=Han}){2,12}?)[\\s:：]*(?:(\\d{1,6})\\s*(${COUNTED})?)?(?:[\\s，,；;：:]+(\\S[\\s\\S]*?))?\\s*[。.]?\\s*$`,
  'u',
)
/** Words that name a fact by themselves, so that the grid before them is enough: `3网格常住人口 1024`. */
const PLAIN = '常住人口|户籍人口|外来人口|流动人口|户数|出租房|工矿企业|特种设备|党员代表|重点人员'
const COUNT = new RegExp(
  `^\\s*${GRID}的?\\s*(${PLAIN})数?\\s*[:：]?\\s*(\\d{1,6})\\s*(${COUNTED})?\\s*[。.]?\\s*$`,
  'u',
)
const EXAMPLE = '底数 出租房 12户'

/** What is known of a grid. In a group counts alone; in private, for those in charge, also what was noted. Source: S0-08 */
export const showBasics: Command = {
  name: 'showBasics',
  matches: SHOW,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['底数', '第1网格底数']] },
  async run(ctx) {
    const picked = pickGrid(ctx, '底数 1网格')
    if ('refused' in picked) return picked.refused
    const { grid } = picked
    const { isPrivate } = readerOf(ctx)
    const isOpen = isPrivate && isInCharge(ctx, grid)
    const options = { isPrivate: isOpen, withNotes: isOpen }
    const { lines, missing } = renderGroups(ctx, await listKnown(ctx, grid), options)
    const open = missing.length > 0 ? [`还没有：${missing.join('、')}。`] : []
    const how = `更新说一句就行，如“${EXAMPLE}”。`
    return answer([`${grid.name}底数`, ...lines, ...open, how].join('\n'))
  },
}

interface Told {
  name: string
  count?: number
  unit?: string
  note?: string
  /** Told once more although it contradicts. */
  isSure: boolean
}

/** A number or a few words about the own grid; told again, the newest counts and the older stay with their dates. */
export const tellBasics: Command = {
  name: 'tellBasics',
  matches: TELL,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [[EXAMPLE, '已更新第1网格底数：出租房12户']] },
  run(ctx) {
    const [, sure, said = '', count, unit, note] = TELL.exec(narrowSigns(ctx.text)) ?? []
    return take(ctx, { name: nameFact(said), count: count ? Number(count) : undefined, unit, note, isSure: !!sure })
  },
}

/** The same with the grid in front: `3网格常住人口 1024`. */
export const countBasics: Command = {
  name: 'countBasics',
  matches: COUNT,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['1网格常住人口 905', '常住人口905人']] },
  run(ctx) {
    const [, name, count, unit] = COUNT.exec(narrowSigns(ctx.text)) ?? []
    return take(ctx, { name: name!, count: Number(count), unit, isSure: false })
  },
}

async function take(ctx: Ctx, told: Told): Promise<Answer> {
  const picked = pickGrid(ctx, '底数 1网格 出租房 12户')
  if ('refused' in picked) return picked.refused
  const { grid } = picked
  if (told.count === undefined && told.note === undefined) return tellOne(ctx, grid, told.name)
  if (!isInCharge(ctx, grid)) return refuseOther(grid)
  if (told.count === undefined && !(await isListed(ctx, grid, told.name))) return tellOne(ctx, grid, told.name)
  const facts = (await listGridFacts(ctx.db, [grid.id])).filter(({ name }) => name === told.name)
  const [known] = currentFacts(facts)
  const before = known?.fact?.count ?? (await countElsewhere(ctx, grid)).get(told.name)
  const isRepeated = told.isSure || (told.count !== undefined && known?.doubtful?.count === told.count)
  const percent = ctx.pack.dossier.contradictPercent.value
  const isDoubtful = [told.count, before].every(count => count !== undefined)
    ? !isRepeated && contradicts(told.count!, before!, percent)
    : false
  const fact = await save(ctx, grid, { ...told, note: told.note ?? known?.fact?.note?.reveal() }, isDoubtful)
  if (isDoubtful) return askOnce(ctx, grid, fact, { before: before!, told: known?.fact })
  return answer(`已更新${grid.name}底数：${hideClosed(ctx, told.name, renderFact(fact))}${renderNote(ctx, told)}。`)
}

async function save(ctx: Ctx, grid: Grid, { name, count, unit, note }: Told, isDoubtful: boolean): Promise<GridFact> {
  const { db, actor, at, now, message } = ctx
  const fact = await saveGridFact(
    db,
    {
      gridId: grid.id,
      name,
      count,
      unit,
      note,
      state: isDoubtful ? 'doubtful' : 'stands',
      at,
      byId: actor.id,
      messageId: message.id,
    },
    now,
  )
  await ctx.record('created', { type: 'gridFact', id: fact.id }, { gridNo: grid.no, name })
  return fact
}

/** Both numbers stay with their dates; the one told again counts. Source: S4A-03 (比对、核实) */
function askOnce(ctx: Ctx, grid: Grid, fact: GridFact, { before, told }: { before: number; told?: GridFact }): Answer {
  const unit = fact.unit ?? unitOfFact(fact.name)
  const when = told ? formatDayCompact(dayOf(told.at), ctx.today) : '在册'
  const says = (count: number, sure: boolean) => `${sure ? '确认' : ''}底数 ${grid.no}网格 ${fact.name} ${count}${unit}`
  const far = `相差超过${ctx.pack.dossier.contradictPercent.value}%`
  const text = `${grid.name}${fact.name}原来是${before}${unit}（${when}），这次是${fact.count}${unit}，${far}，请核对一次；两个数都留着。\n是${fact.count}${unit}请回“${says(fact.count!, true)}”，没变请回“${says(before, false)}”。`
  const buttons = [
    { key: 'new', text: `是${fact.count}${unit}`, says: says(fact.count!, true) },
    { key: 'old', text: `还是${before}${unit}`, says: says(before, false) },
  ]
  return answer(text, { private: true, card: { title: '底数核对', buttons } })
}

/** Words alone are taken under a name that the document or somebody with a number gave: anything else may be a sentence. */
async function isListed(ctx: Ctx, grid: Grid, name: string): Promise<boolean> {
  return (await listKnown(ctx, grid)).some(({ facts }) => facts.some(fact => fact.name === name))
}

async function tellOne(ctx: Ctx, grid: Grid, name: string): Promise<Answer> {
  const known = (await listKnown(ctx, grid)).flatMap(group => group.facts).find(fact => fact.name === name)
  const isOpen = readerOf(ctx).isPrivate && isInCharge(ctx, grid)
  if (!known || !isKnown(known)) {
    return refuse('unknown-fact', `${grid.name}还没有“${name}”的底数。更新说一句就行，如“${EXAMPLE}”。`)
  }
  const { lines } = renderGroups(ctx, [{ name, facts: [known] }], { isPrivate: isOpen, withNotes: isOpen })
  return answer(`${grid.name}：${lines.join('')}。`)
}

function renderFact({ name, count, unit }: Pick<GridFact, 'name' | 'count' | 'unit'>): string {
  return count === undefined ? name : `${name}${count}${unit ?? unitOfFact(name)}`
}

/** What was noted without a number is shown to whoever told it, so that a number in other words is seen to be none. */
function renderNote(ctx: Ctx, { count, note }: Told): string {
  if (count !== undefined || note === undefined) return ''
  return readerOf(ctx).isPrivate ? `，说明“${shortenText(note)}”（没有数；有数请用数字，如“${EXAMPLE}”）` : '已记说明'
}

function hideClosed(ctx: Ctx, name: string, rendered: string): string {
  return isClosedFact(name, ctx.pack) && !readerOf(ctx).isPrivate ? name : rendered
}

/** What was known before counts again. */
export const undoableGridFact: Undoable = {
  async describe(ctx, id) {
    const fact = await findGridFact(ctx.db, id)
    return fact && !fact.voided ? `底数 ${hideClosed(ctx, fact.name, renderFact(fact))}` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'grid_fact', id, { at: now, by: actor.id })
    return undefined
  },
}
