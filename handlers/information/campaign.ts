import { bodyOfInfo } from '../../policy/information.ts'
import {
  addMonths,
  type Day,
  type DayRange,
  daysBetween,
  endOfDay,
  formatDayShort,
  instantAt,
  isDay,
} from '../../policy/time.ts'
import { type Campaign, insertCampaign, listCampaigns } from '../../storage/campaigns.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { refuseRole } from '../not-allowed.ts'

const TOLD = /^\s*(?:信息|网格信息)?大会战(?:[\s：:，,]*(\d[\s\S]*))?[?？。]?\s*$/u
const DAYS =
  /^(?:(\d{4})年)?(\d{1,2})[月./](\d{1,2})[日号]?\s*(?:至|到|[-—–~～])\s*(?:(?:(\d{4})年)?(\d{1,2})[月./])?(\d{1,2})[日号]?[\s，,：:]*([\s\S]*)$/u
const EXAMPLE = '大会战 12月1日至12月15日 燃气信息'
/** How long an ended one is still shown. */
const SHOWN_MONTHS = 1

/**
 * Some days in which information of one kind, or of every kind, is gathered with more care. It asks nobody for more: what a week owes stays
 * as it is, during and after. Source: S2-47 (提质增量)
 */
export const campaignCommand: Command = {
  name: 'infoCampaign',
  matches: TOLD,
  who: 'queryOwn',
  dialog: {
    as: 'generalOffice',
    turns: [
      ['大会战', '没有'],
      [EXAMPLE, '已定大会战'],
    ],
  },
  run(ctx) {
    const told = TOLD.exec(ctx.text.normalize('NFKC'))?.[1]
    return told === undefined ? show(ctx) : begin(ctx, told)
  },
}

async function begin(ctx: Ctx, told: string): Promise<Answer> {
  if (!ctx.may('draftNotice') && !ctx.may('registerAdmission')) return refuseRole(ctx, 'draftNotice')
  const read = readDays(told, ctx.today)
  if (!read) return refuse('no-days', `请写起止日期，如“${EXAMPLE}”，没有记。`)
  const { from, to, words } = read
  if (to < from) return refuse('wrong-days', `结束日期早于开始日期，没有记。请重写，如“${EXAMPLE}”。`)
  if (to < ctx.today) return refuse('past', `${formatDayShort(to)}已经过了，没有记。请换日期，如“${EXAMPLE}”。`)
  const topic = words.replace(/(?:网格)?信息(?:采集|摸排|上报)?|采集|摸排|[。.!！]+$/gu, '').trim() || undefined
  const { actor, at, db, message, now } = ctx
  const campaign = { fromDay: from, toDay: to, topic, byId: actor.id, at, messageId: message.id }
  const { id, no } = await insertCampaign(db, campaign, now)
  await ctx.record('created', { type: 'infoCampaign', id }, { no, from, to })
  return answer(
    `已定大会战 ${no}号：${spellDays({ from, to })}，${topic ?? '各类'}信息，重复的不计，结束后不加任务。发“大会战”看进度；要布置下去请拟工作提示单。`,
  )
}

/** A year that is not told is this one, or the next for the end that lies before the beginning. */
function readDays(told: string, today: Day): (DayRange & { words: string }) | undefined {
  const [, year, month, date, endYear, endMonth = month, endDate, words = ''] = DAYS.exec(told) ?? []
  if (month === undefined || date === undefined || endDate === undefined) return undefined
  const from = spellDay(year ?? today.slice(0, 4), month, date)
  const end = spellDay(endYear ?? from.slice(0, 4), endMonth!, endDate)
  const crosses = endYear === undefined && end < from && Number(month) === 12 && Number(endMonth) < 12
  const to = crosses ? spellDay(String(Number(from.slice(0, 4)) + 1), endMonth!, endDate) : end
  return isDay(from) && isDay(to) ? { from, to, words } : undefined
}

function spellDay(year: string, month: string, date: string): Day {
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

function spellDays({ from, to }: DayRange): string {
  return `${formatDayShort(from)}至${formatDayShort(to)}`
}

async function show(ctx: Ctx): Promise<Answer> {
  const { today } = ctx
  const campaigns = await listCampaigns(ctx.db, { from: addMonths(today, -SHOWN_MONTHS), to: addMonths(today, 12) })
  if (campaigns.length === 0) return answer(`现在没有信息大会战。党政办、科室可以定，如“${EXAMPLE}”。`)
  const scope = await chooseListScope(ctx)
  if ('refused' in scope) return scope.refused
  const texts: string[] = []
  for (const campaign of campaigns) texts.push(await describe(ctx, campaign, scope.gridIds))
  const grids = scope.gridIds?.length ?? ctx.roster.grids.length
  return answer(texts.join('\n'), { private: grids > 1 })
}

/** Its days, and by grid what is new and what was told before. */
async function describe(ctx: Ctx, campaign: Campaign, gridIds: string[] | undefined): Promise<string> {
  const { today, roster } = ctx
  const { no, fromDay: from, toDay: to } = campaign
  const topic = campaign.topic?.reveal()
  const head = `大会战 ${no}号：${spellDays({ from, to })}，${topic ?? '各类'}信息，${stateOn(campaign, today)}。`
  if (today < from) return head
  const told = await listInfoItems(ctx.db, { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds })
  const items = told.filter(({ text }) => !topic || bodyOfInfo(text.reveal()).includes(topic))
  const lines = roster.grids
    .filter(({ id }) => gridIds?.includes(id) ?? true)
    .map(grid => {
      const own = items.filter(({ gridId }) => gridId === grid.id)
      const repeated = own.filter(({ repeatOf }) => repeatOf).length
      return `${grid.name}：有效${own.length - repeated}条${repeated > 0 ? `，重复${repeated}条不计` : ''}`
    })
  return [head, ...lines].join('\n')
}

function stateOn({ fromDay, toDay }: Campaign, today: Day): string {
  if (today < fromDay) return `还有${daysBetween(today, fromDay)}天开始`
  if (today > toDay) return '已结束，每周应报数照旧，没有加任务'
  return today === toDay ? '今天结束' : `还有${daysBetween(today, toDay)}天结束`
}
