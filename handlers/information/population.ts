import type { PopulationChange } from '../../policy/information.ts'
import { addMonths, monthOf } from '../../policy/time.ts'
import { insertPopulationRecord } from '../../storage/population-changes.ts'
import type { Grid } from '../../storage/roster.ts'
import { askWhichGrid, chooseGrid, nameWorkGrid, resumeGrid } from '../grids.ts'
import { type Answer, answer, ask, type Command, type Ctx, refuse } from '../handler.ts'
import { readMonth } from '../incident/lists/month.ts'
import { plainWords } from '../plain-words.ts'
import { adjustDossier, findOverdrawn } from './population-facts.ts'
import { HEALTH, nameMonth, readPopulation, renderPopulation, tellsMoreThanCounts } from './population-words.ts'

/** Without a pause it must begin with what changed: 人口变动情况表 is none. */
const TOLD =
  /^\s*人口变动(?:[\s：:，,]+|(?=新|迁|搬|流动|流入|流出|入住|出生|死亡|去世|病故))(?=\S)(?!(?:(?:\d{4}年)?\d{1,2}月份?|本月|上个?月)\s*[。.!！?？]*\s*$)([\s\S]+)$/u

/** Who came and went: counts for the ledger and the dossier, the words themselves sealed. Source: S1-12 (常住人口、流动人口…及时登记上报) */
export const populationCommand: Command = {
  name: 'populationChange',
  matches: TOLD,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['人口变动 新迁入2户', '已记人口变动：迁入2户']] },
  async run(ctx) {
    const text = plainWords(ctx.text)
    if (HEALTH.test(text)) return refuseHealth(ctx)
    const words = TOLD.exec(ctx.text)?.[1] ?? ''
    const month = readBelonging(ctx, words)
    if (month === undefined) {
      return refuse('too-late', '只能报本月和上月的人口变动，没有记；更早的请找网格长线下核实。')
    }
    const changes = readPopulation(words)
    if (changes.length === 0) {
      return refuse('no-figures', '没看懂变了多少，没有记。请写明，如“人口变动 新迁入2户5人，迁出1人”。')
    }
    const told = { kind: 'population', month, changes, detail: text, at: ctx.at } as const
    const choice = chooseGrid(ctx)
    if ('found' in choice) return save(ctx, told, choice.found)
    if ('unknown' in choice) {
      return refuse('which-grid', '请写明是哪个网格，如“人口变动 2网格 新迁入2户”，没有记。')
    }
    const draft: PopulationDraft = { ...told, among: choice.among.map(({ id }) => id) }
    return ask('submitInfo', draft, askWhichGrid(choice))
  },
}

/** What was told; only its grid is still asked for. */
export interface PopulationDraft {
  kind: 'population'
  month: string
  changes: PopulationChange[]
  detail: string
  at: number
  among: string[]
}

/** Takes the answer; undefined where the text is none. */
export async function resumePopulation(ctx: Ctx, draft: PopulationDraft): Promise<Answer | undefined> {
  const grid = resumeGrid(ctx, draft.among)
  return grid && save(ctx, draft, grid)
}

async function save(
  ctx: Ctx,
  { month, changes, detail, at }: Omit<PopulationDraft, 'among'>,
  grid: Grid,
): Promise<Answer> {
  const { actor, chat, db, message, now, pack, today } = ctx
  const over = await findOverdrawn(ctx, grid, changes)
  if (over) {
    const what = `${renderPopulation(changes)}，可${grid.name}${over.name}只有${over.known}`
    return refuse('more-than-known', `${what}，没有记。请核对；底数不对先说“底数 ${over.name} 多少”。`)
  }
  const record = { gridId: grid.id, memberId: actor.id, month, at, changes, detail, messageId: message.id }
  const saved = await insertPopulationRecord(db, record, now)
  await ctx.record('created', { type: 'populationChange', id: saved.id }, { gridNo: grid.no, month, changes })
  const facts = (await adjustDossier(ctx, saved, 1)).map(({ name, count }) => `${name}${count}`).join('，')
  const of = month === monthOf(today) ? '' : nameMonth(month, today)
  const parts = [
    `已记${of}人口变动：${renderPopulation(changes)}，${nameWorkGrid(pack, grid)}。`,
    facts && `底数随之改为${facts}。`,
    chat.kind === 'group' && tellsMoreThanCounts(detail) && '姓名、住处等请私聊发我，别发在群里。',
  ]
  return answer(parts.filter(Boolean).join(''))
}

/** A month that stands in front: what was forgotten belongs to the month before, and to none earlier. */
function readBelonging({ today }: Ctx, words: string): string | undefined {
  const present = monthOf(today)
  if (!/^\s*(?:(?:\d{4}年)?\d{1,2}月|上个?月)/u.test(words)) return present
  const { month } = readMonth(words, today)
  return month === present || month === monthOf(addMonths(today, -1)) ? month : undefined
}

/** Words of an obsolete policy, by which health data would be gathered: not taken. Source: S1-13, S1-13b */
export const healthCommand: Command = {
  name: 'obsoleteHealth',
  matches:
    /^\s*(?:(?:政策外|计划外)(?:怀孕|生育)|(?:怀孕|孕情|避孕|节育|计生)(?:信息|情况)?(?:上报|登记|填报|采集))(?:[\s：:，,][\s\S]*)?$/u,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['政策外怀孕', '该项未启用']] },
  async run(ctx) {
    return refuseHealth(ctx)
  },
}

function refuseHealth({ pack }: Ctx) {
  const disabled = pack.disabled.find(({ rule }) => rule === 'S1-13')
  const why = disabled?.why ?? '涉及个人健康信息，本系统不收集'
  return refuse('disabled', `该项未启用：${why}。没有作任何登记。`, { private: true })
}
