import { addMonths, monthOf, monthRange } from '../../policy/time.ts'
import { gridsOf } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { findAddressed, refuseNotAddressed } from '../notice/addressed.ts'
import { findNamedNotices } from '../notice/named.ts'
import { isGridInView } from '../notice/view.ts'
import { nameNotice } from '../notice/words.ts'
import { type BurdenTables, countBurden } from './count.ts'
import { formOf, knownFields } from './fields.ts'
import { renderBurden, sumUp } from './words.ts'

const TABLE =
  /^\s*(?:(上月|本月)的?)?(科室|单位|网格|个人|我的)?(?:的)?负担表\s*(上月|本月)?\s*(科室|单位|网格|个人)?\s*[?？。]?\s*$/u
const SHOWN = 12

interface Months {
  name: string
  beforeName: string
  now: BurdenTables
  before: BurdenTables
}

/** Who asks for how much, and whom it costs how much: this month beside the last. Source: S4D-26 (`负担表` ⇒ this month vs last) */
const tableCommand: Command = {
  name: 'burdenTable',
  matches: TABLE,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['负担表', '您的负担']] },
  async run(ctx) {
    const [, first, kind, second, other] = TABLE.exec(ctx.text)!
    const months = await readMonths(ctx, first ?? second ?? '本月')
    const asked = kind ?? other
    if (ctx.chat.kind === 'group') return showGroup(ctx, months)
    if (asked === '网格') return showGrids(ctx, months)
    if (asked === '个人' || asked === '我的' || !ctx.may('queryStreet')) return showOwn(ctx, months)
    return showOffices(ctx, months)
  },
}

async function readMonths(ctx: Ctx, which: string): Promise<Months> {
  const month = monthOf(which === '上月' ? addMonths(ctx.today, -1) : ctx.today)
  const earlier = monthOf(addMonths(`${month}-01`, -1))
  return {
    name: `${Number(month.slice(5))}月`,
    beforeName: `${Number(earlier.slice(5))}月`,
    now: await countBurden(ctx, monthRange(month)),
    before: await countBurden(ctx, monthRange(earlier)),
  }
}

/** The estimate is ours and says so. */
function renderBasis({ pack }: Ctx): string {
  const { notices, forms, tasks, meetings, afterHours } = pack.burden.minutes.value
  return `（时间为本系统估算：提示单${notices}、报表${forms}、交办${tasks}、会议${meetings}、下班后@${afterHours}分钟/次）`
}

function showOffices(ctx: Ctx, { name, beforeName, now, before }: Months): Answer {
  const rows = [...now.offices].sort(([, a], [, b]) => b.minutes - a.minutes)
  const lines = rows
    .slice(0, SHOWN)
    .map(([office, burden]) => `${office}：${renderBurden(burden, before.offices.get(office), beforeName)}`)
  if (lines.length === 0) return answer(`${name}还没有下发提示单、报表和会议。`, { private: true })
  const head = `【负担表】${name}，按发文单位（分钟为全部接收人合计）`
  return answer([head, ...lines, renderBasis(ctx), '按网格看：“负担表 网格”。'].join('\n'), { private: true })
}

function showGrids(ctx: Ctx, { name, beforeName, now, before }: Months): Answer {
  const { roster } = ctx
  const grids = roster.grids.filter(({ id }) => now.grids.has(id) && isGridInView(ctx, id))
  const lines = grids
    .slice(0, SHOWN * 2)
    .map(({ id, name: grid }) => `${grid}：${renderBurden(now.grids.get(id)!, before.grids.get(id), beforeName)}`)
  if (lines.length === 0) return answer(`${name}您能看的网格还没有记录。`, { private: true })
  return answer([`【负担表】${name}，按网格`, ...lines, renderBasis(ctx)].join('\n'), { private: true })
}

function showOwn(ctx: Ctx, { name, beforeName, now, before }: Months): Answer {
  const { roster, actor, today } = ctx
  const nothing = sumUp([])
  const own = renderBurden(now.members.get(actor.id) ?? nothing, before.members.get(actor.id), beforeName)
  const grids = gridsOf(roster, actor, today)
    .filter(({ id }) => now.grids.has(id))
    .map(({ id, name: grid }) => `${grid}：${renderBurden(now.grids.get(id)!, before.grids.get(id), beforeName)}`)
  return answer([`您的负担（${name}）：${own}`, ...grids, renderBasis(ctx)].join('\n'), { private: true })
}

/** In a group only what the group itself is asked for, nobody's own figures. */
function showGroup(ctx: Ctx, { name, beforeName, now, before }: Months): Answer {
  const inView = ({ grids }: BurdenTables) =>
    [...grids].filter(([id]) => isGridInView(ctx, id)).map(([, burden]) => burden)
  const sum = renderBurden(sumUp(inView(now)), sumUp(inView(before)), beforeName)
  return answer([`【负担表】${name}，本群网格合计：${sum}`, renderBasis(ctx)].join('\n'))
}

const FILL = /^\s*填表\s*(?:提示单)?\s*(?:第|#|＃)?\s*(\d{1,6}(?:-\d{1,3})?)\s*号?(?:提示单)?\s*[。.]?\s*$/u

/** The fields of a form that the program knows, filled in for the own grid; the others are left open. Source: S4D-27 (自动填) */
const fillCommand: Command = {
  name: 'fillForm',
  matches: FILL,
  who: 'reportProgress',
  dialog: { as: 'worker', turns: [['填表12', '没有12号提示单']] },
  async run(ctx) {
    const said = FILL.exec(ctx.text.normalize('NFKC'))![1]!
    const [notice] = await findNamedNotices(ctx, said)
    const own = await findAddressed(ctx, notice)
    if (!own) return refuseNotAddressed(ctx, notice?.no ?? Number(said.split('-')[0]))
    const form = formOf(own.notice)
    const grid = ctx.roster.gridById(own.receipt.gridId)
    if (!form || form.fields.length === 0 || !grid) {
      return refuse('no-form', `${nameNotice(own.notice)}没有看出要填的字段，请直接报。`, { private: true })
    }
    const lines = form.fields.map(field => {
      const known = knownFields.find(({ matches }) => matches.test(field))
      return `${field}：${known?.read(ctx, grid) ?? '____'}`
    })
    const open = form.fields.length - form.known.length
    const rest = open > 0 ? `还有${open}项要您补上` : '都已填好'
    return answer(
      [`${nameNotice(own.notice)}（${grid.name}），${rest}：`, ...lines, `填好回“${own.notice.no}号完成”加内容。`].join(
        '\n',
      ),
      {
        private: true,
      },
    )
  },
}

export const burdenCommands: readonly Command[] = [tableCommand, fillCommand]
