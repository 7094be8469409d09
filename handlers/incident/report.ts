import { findIncidentById, type Incident, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import type { Grid } from '../../storage/roster.ts'
import { communitiesOf } from '../../storage/roster.ts'
import { askWhichGrid, chooseNumbered, findGridNo, resumeGrid } from '../grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, type StrangerCtx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { privateReader, readerOf } from '../reader.ts'
import { emergencySentence, raiseAlarm } from './alert.ts'
import { deadlineLine } from './deadline-words.ts'
import { findRepeat, type Repeat, renderRepeat } from './duplicates.ts'
import { fileReport } from './intake.ts'
import { describeRepeatedPlace } from './lists/repeats.ts'
import { chooseByPlace, chooseReportGrid } from './locate.ts'
import { nameAll, nameResident } from './names.ts'
import { askAboutRepeat, isRepeatDraft, resumeRepeat } from './repeat.ts'
import { tellLeaders } from './tell-leaders.ts'
import { awaitPlace } from './unplaced.ts'
import { describeIncident } from './words.ts'

/** The report is stored; only its grid is still asked for. */
interface GridDraft {
  incidentId: string
  among: string[]
}

/** Longer lists of grids are not read out. */
const LISTED_GRIDS = 8

export const reportIncident = defineHandler({
  intent: 'reportIncident',
  who: 'reportIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['3号楼路灯坏了', '已上报：事件 #'],
      ['紧急！5幢3楼着火了', '110/119/120'],
    ],
  },

  async run(ctx, slots) {
    const choice = chooseReportGrid(ctx, slots.place)
    const grid = 'found' in choice ? choice.found : undefined
    const incident = await fileReport(ctx, { slots, grid })
    if (incident.status === 'resolved')
      return answer(`已记事件 #${incident.no}（${describe(ctx, incident)}）：现场已处置，办结。`)
    const repeat = await findRepeat(ctx, incident)
    const among = 'among' in choice ? choice.among : grid ? [] : listNearGrids(ctx)
    const said = incident.urgent
      ? await answerUrgent(ctx, incident, grid ? [grid] : 'among' in choice ? choice.among : [])
      : await answerOrdinary(ctx, incident, { grid, repeat })
    // One question at most: whoever says that it is the earlier case has told the grid too.
    if (repeat) return askAboutRepeat(ctx, incident, repeat, said)
    if (among.length === 0) return said
    const draft: GridDraft = { incidentId: incident.id, among: among.map(({ id }) => id) }
    if (!incident.urgent) await awaitPlace(ctx, incident)
    const { text, ...options } = said
    return ask('reportIncident', draft, `${text}${askForGrid(choice, among)}`, options)
  },

  async resume(ctx, draft) {
    if (isRepeatDraft(draft)) return resumeRepeat(ctx, draft)
    const { incidentId, among } = draft as GridDraft
    const grid = resumeGrid(ctx, among)
    if (!grid) return askAgain(ctx, draft as GridDraft)
    const incident = await moveIncident(ctx.db, incidentId, OPEN_STATUSES, { gridId: grid.id })
    if (!incident) return undefined
    await ctx.record('located', { type: 'incident', id: incident.id }, { gridNo: grid.no })
    if (incident.urgent) return answer(await locateUrgent(ctx, incident, grid))
    const told = await tellLeaders(ctx, incident, grid)
    return answer(`事件 #${incident.no} 已归到${grid.name}${told}。`)
  },

  /** Only a pressing danger is taken from people outside the roster, and only where somebody of the street is near. */
  async runForStranger(ctx, slots) {
    if (!slots.urgent || (ctx.chat.kind === 'group' && !ctx.chat.group)) return undefined
    const grid = chooseStrangersGrid(ctx, slots.place)
    const incident = await fileReport(ctx, { slots, grid })
    const reporterName = ctx.stranger.resident ? nameResident(ctx) : (ctx.stranger.name ?? '未登记人员')
    const community = ctx.chat.group?.community
    const told = await raiseAlarm(ctx, { incident, grids: grid ? [grid] : [], community, reporterName })
    const heard = told.length > 0 ? '已转告网格值守人员。' : ''
    const where = ctx.stranger.resident && !grid ? '请马上再说一句在哪个小区、几幢，或发一个位置。' : ''
    return answer(`${emergencySentence(ctx.pack)}我已记下（事件 #${incident.no}）。${heard}${where}`, {
      kind: 'incident-report',
    })
  },
})

/** The grid they name, else that of the place they name, else the one whose group they write in. */
function chooseStrangersGrid(ctx: StrangerCtx, place: string | undefined): Grid | undefined {
  const no = findGridNo(ctx.text)
  const choice = no === undefined ? chooseByPlace(ctx, place) : chooseNumbered(ctx, no)
  return choice && 'found' in choice ? choice.found : ctx.roster.gridById(ctx.chat.group?.gridId)
}

async function answerUrgent(ctx: Ctx, incident: Incident, grids: readonly Grid[]): Promise<Answer> {
  const { actor, chat, pack, roster, today } = ctx
  const community = chat.group?.community ?? communitiesOf(roster, actor, today)[0]
  const told = await raiseAlarm(ctx, { incident, grids, community, reporterName: actor.name, reporter: actor })
  const names = told.length > 0 ? `已立即通知${nameAll(told)}。` : ''
  const text = `已上报紧急事件 #${incident.no}。${names}${emergencySentence(pack)}`
  // In the grid's own group the alarm itself stands there already.
  return answer(text, { private: grids.some(({ id }) => id === chat.group?.gridId), urgency: 'urgent' })
}

async function answerOrdinary(
  ctx: Ctx,
  incident: Incident,
  { grid, repeat }: { grid?: Grid; repeat?: Repeat },
): Promise<Answer> {
  const remark = repeat && `${renderRepeat(ctx, repeat, privateReader)}，已请上报人确认`
  const told = grid ? await tellLeaders(ctx, incident, grid, remark) : ''
  const repeated = await describeRepeatedPlace(ctx, incident, readerOf(ctx))
  return answer(
    `已上报：事件 #${incident.no}（${describe(ctx, incident)}${renderCode(ctx, grid)}）${told}。${repeated}${deadlineLine(incident, ctx.now)}`,
  )
}

/** The code of the grid where the document wants it on everything. Source: S2-11 */
function renderCode({ pack }: Ctx, grid: Grid | undefined): string {
  return grid && pack.staffing.gridChanges?.showCode.value ? `，${grid.code}` : ''
}

/** Those of the candidate grids were alarmed at once; a grid that was none of them hears of it now. */
async function locateUrgent(ctx: Ctx, incident: Incident, grid: Grid): Promise<string> {
  const wasOpen = !communitiesOf(ctx.roster, ctx.actor, ctx.today).includes(grid.community)
  if (!wasOpen) return `事件 #${incident.no} 已归到${grid.name}。`
  const told = await raiseAlarm(ctx, { incident, grids: [grid], reporterName: ctx.actor.name, reporter: ctx.actor })
  return `事件 #${incident.no} 已归到${grid.name}，已通知${nameAll(told)}。`
}

/** A number that is none of those grids: the question stands, and the report is kept as it was. */
async function askAgain(ctx: Ctx, draft: GridDraft): Promise<Answer | undefined> {
  if (!/^第?\d{1,6}(?:号?网格|号|网格)?[。.!！]*$/u.test(plainWords(ctx.text).normalize('NFKC'))) return undefined
  const incident = await findIncidentById(ctx.db, draft.incidentId)
  if (!incident || incident.gridId !== undefined || !OPEN_STATUSES.includes(incident.status)) return undefined
  const grids = draft.among.flatMap(id => ctx.roster.gridById(id) ?? [])
  const numbers = grids.length <= LISTED_GRIDS ? `：${grids.map(({ no }) => no).join('、')}` : ''
  return ask('reportIncident', draft, `没有这个网格可选。事件 #${incident.no} 已记着，请回网格号${numbers}。`)
}

/** The grids to choose from for somebody who serves in none: those of the community, else all. */
function listNearGrids({ actor, chat, roster, today }: Ctx): Grid[] {
  const communities = chat.group?.community ? [chat.group.community] : communitiesOf(roster, actor, today)
  const near = roster.grids.filter(({ community }) => communities.includes(community))
  return near.length > 0 ? near : [...roster.grids]
}

function askForGrid(choice: ReturnType<typeof chooseReportGrid>, among: readonly Grid[]): string {
  if ('ask' in choice) return askWhichGrid(choice)
  return among.length <= LISTED_GRIDS ? askWhichGrid({ ask: 'grid', among }) : '请问在第几网格？回数字就行。'
}

function describe(ctx: Ctx, incident: Incident): string {
  return describeIncident(incident, ctx.roster, readerOf(ctx))
}
