import { type DayRange, dayOf, endOfDay, formatDayCompact, instantAt, timeOf } from '../../policy/time.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { listInfoItems } from '../../storage/info-items.ts'
import { type Grid, gridsOf } from '../../storage/roster.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { nameCategory, statusNames } from '../incident/words.ts'
import { nameTopic } from '../information/topics.ts'
import { readSpan } from './period.ts'

const COPY = /^\s*导出\s*(?:到)?\s*(平安通|平安\s*APP|社管通)\s*([今昨]天|[本上这]周)?\s*[。.!！]*\s*$/iu
/** More lines nobody copies by hand: then the spreadsheet serves better. */
const SHOWN = 60

/**
 * What was recorded today (or this week) in the own grids, line by line, to be pasted into another system: the program hands its records
 * over and asks for nothing twice. Source: S2-20 (平安通), S4C-01 (录入社管通), S4D-33 (各个平台均为独立平台)
 */
export const copyTextCommand: Command = {
  name: 'copyText',
  matches: COPY,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['导出平安通', '平安通']] },
  async run(ctx) {
    const [, system = '', when = '今天'] = COPY.exec(ctx.text.normalize('NFKC')) ?? []
    const grids = gridsOf(ctx.roster, ctx.actor, ctx.today)
    if (grids.length === 0) {
      return refuse('no-grid', '这里给本网格的记录，您没有负责的网格；全街道的请说“导出 台账 本周”。', {
        private: true,
      })
    }
    const { days, name } = readSpan(when, ctx.today)!
    const blocks = []
    for (const grid of grids) blocks.push({ grid, lines: await listLines(ctx, grid, days) })
    const count = blocks.reduce((sum, { lines }) => sum + lines.length, 0)
    if (count === 0) return answer(`${name}还没有可录入${system}的记录。`, { private: true })
    if (count > SHOWN) {
      return answer(`${name}有${count}条，一条条复制不方便，请说“导出 台账 ${name}”要表格。`, { private: true })
    }
    await ctx.record('exported', { type: 'copyText', id: ctx.actor.id }, { system, ...days, count })
    const text = blocks
      .filter(({ lines }) => lines.length > 0)
      .flatMap(({ grid, lines }) => [`【${grid.name}】`, ...lines])
    return answer([`${name}${count}条，可直接复制到${system}：`, ...text].join('\n'), { private: true })
  },
}

/** In the order of the day; no line needs another to be understood. */
async function listLines({ db, today }: Ctx, { id }: Grid, { from, to }: DayRange): Promise<string[]> {
  const span = { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds: [id] }
  const field = (await listFieldRecords(db, span)).map(record => {
    const minutes = record.minutes ? `${record.minutes}分钟` : undefined
    const km = record.km ? `${record.km}公里` : undefined
    const what = [record.place?.reveal(), record.person?.reveal(), minutes, km, record.findings?.reveal()]
    return { at: record.claimedAt ?? record.at, kind: record.kind === 'visit' ? '走访' : '巡查', what }
  })
  const items = (await listInfoItems(db, span)).map(item => ({
    at: item.at,
    kind: `信息·${nameTopic(item.topic)}`,
    what: [item.place?.reveal(), item.text.reveal()],
  }))
  const incidents = (await listIncidents(db, span)).map(incident => ({
    at: incident.reportedAt,
    kind: `事件·${nameCategory(incident.category)}`,
    what: [incident.place?.reveal(), incident.description.reveal(), statusNames[incident.status]],
  }))
  return [...field, ...items, ...incidents]
    .sort((a, b) => a.at - b.at)
    .map(({ at, kind, what }) => {
      const words = [...new Set(what.filter(Boolean))].join('，').replace(/\s+/g, ' ')
      const day = dayOf(at) === today ? '' : `${formatDayCompact(dayOf(at), today)} `
      return `${day}${timeOf(at)} ${kind} ${words}`.trimEnd()
    })
}
