import {
  type Incident,
  insertIncident,
  insertIncidentLog,
  moveIncident,
  OPEN_STATUSES,
} from '../../storage/incidents.ts'
import type { Grid, Member } from '../../storage/roster.ts'
import { communitiesOf } from '../../storage/roster.ts'
import { askWhichGrid, chooseGrid, chooseNumbered, findGridNo, resumeGrid } from '../grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, type StrangerCtx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { privateReader, readerOf, shortenText } from '../reader.ts'
import type { SlotsOf } from '../slots.ts'
import { emergencySentence, raiseAlarm } from './alert.ts'
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
    const choice = chooseGrid(ctx)
    const grid = 'found' in choice ? choice.found : undefined
    const incident = await insertReport(ctx, slots, grid)
    if (slots.solved) return answer(`已记事件 #${incident.no}（${describe(ctx, incident)}）：现场已处置，办结。`)
    const among = 'among' in choice ? choice.among : grid ? [] : listNearGrids(ctx)
    const said = incident.urgent
      ? await answerUrgent(ctx, incident, grid ? [grid] : 'among' in choice ? choice.among : [])
      : await answerOrdinary(ctx, incident, grid)
    if (among.length === 0) return said
    const draft: GridDraft = { incidentId: incident.id, among: among.map(({ id }) => id) }
    const { text, ...options } = said
    return ask('reportIncident', draft, `${text}${askForGrid(choice, among)}`, options)
  },

  async resume(ctx, draft) {
    const { incidentId, among } = draft as GridDraft
    const grid = resumeGrid(ctx, among)
    if (!grid) return undefined
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
    const no = findGridNo(ctx.text)
    const named = no === undefined ? undefined : chooseNumbered(ctx, no)
    const grid = named && 'found' in named ? named.found : ctx.roster.gridById(ctx.chat.group?.gridId)
    const incident = await insertReport(ctx, slots, grid)
    const reporterName = ctx.stranger.resident ? `居民${ctx.stranger.name ?? ''}` : (ctx.stranger.name ?? '未登记人员')
    const community = ctx.chat.group?.community
    const told = await raiseAlarm(ctx, { incident, grids: grid ? [grid] : [], community, reporterName })
    const heard = told.length > 0 ? '已转告网格值守人员。' : ''
    return answer(`${emergencySentence(ctx.pack)}我已记下（事件 #${incident.no}）。${heard}`, {
      kind: 'incident-report',
    })
  },
})

async function insertReport(
  ctx: Ctx | StrangerCtx,
  slots: SlotsOf['reportIncident'],
  grid: Grid | undefined,
): Promise<Incident> {
  const { db, now, at, message } = ctx
  const text = plainWords(ctx.text)
  const reporter = 'actor' in ctx ? { reporterId: ctx.actor.id } : { reporterName: ctx.stranger.name ?? '未登记人员' }
  const incident = await insertIncident(
    db,
    {
      ...reporter,
      gridId: grid?.id,
      category: slots.category ?? 'other',
      urgent: slots.urgent === true && !slots.solved,
      place: slots.place,
      description: text,
      verified: 'actor' in ctx,
      status: slots.solved ? 'resolved' : 'reported',
      holderId: slots.solved && 'actor' in ctx ? ctx.actor.id : undefined,
      reportedAt: at,
      messageId: message.id,
    },
    now,
  )
  const log = { incidentId: incident.id, at, byId: reporter.reporterId, messageId: message.id, text }
  await insertIncidentLog(db, { ...log, action: 'reported' })
  if (slots.solved) await insertIncidentLog(db, { ...log, action: 'resolve' })
  await ctx.record('created', { type: 'incident', id: incident.id }, { no: incident.no, gridNo: grid?.no })
  return incident
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

async function answerOrdinary(ctx: Ctx, incident: Incident, grid: Grid | undefined): Promise<Answer> {
  const told = grid ? await tellLeaders(ctx, incident, grid) : ''
  return answer(`已上报：事件 #${incident.no}（${describe(ctx, incident)}）${told}。`)
}

/** In the grid's group the leader reads it anyway; elsewhere in private. The post of a missing leader is the instructor's. */
async function tellLeaders(ctx: Ctx, incident: Incident, grid: Grid): Promise<string> {
  const { actor, chat, roster, say, today } = ctx
  if (chat.group?.gridId === grid.id) return ''
  const leaders = roster.holders(['leader'], today, { gridId: grid.id })
  const answerable =
    leaders.length > 0 ? leaders : roster.holders([ctx.pack.incident.owner.value], today, { gridId: grid.id })
  const told = answerable.filter(({ id }) => id !== actor.id)
  for (const member of told) {
    const text = `新事件 #${incident.no}：${describeIncident(incident, roster, privateReader)}\n“${shortenText(incident.description.reveal())}”\n报告人：${actor.name}。回“受理${incident.no}号事件”接单。`
    await say.toMember(member, text, {
      kind: 'incident-new',
      urgency: 'normal',
      subject: { type: 'incident', id: incident.id },
    })
  }
  return told.length > 0 ? `，已告知${nameAll(told)}` : ''
}

/** Those of the candidate grids were alarmed at once; a grid that was none of them hears of it now. */
async function locateUrgent(ctx: Ctx, incident: Incident, grid: Grid): Promise<string> {
  const wasOpen = !communitiesOf(ctx.roster, ctx.actor, ctx.today).includes(grid.community)
  if (!wasOpen) return `事件 #${incident.no} 已归到${grid.name}。`
  const told = await raiseAlarm(ctx, { incident, grids: [grid], reporterName: ctx.actor.name, reporter: ctx.actor })
  return `事件 #${incident.no} 已归到${grid.name}，已通知${nameAll(told)}。`
}

/** The grids to choose from for somebody who serves in none: those of the community, else all. */
function listNearGrids({ actor, chat, roster, today }: Ctx): Grid[] {
  const communities = chat.group?.community ? [chat.group.community] : communitiesOf(roster, actor, today)
  const near = roster.grids.filter(({ community }) => communities.includes(community))
  return near.length > 0 ? near : [...roster.grids]
}

function askForGrid(choice: ReturnType<typeof chooseGrid>, among: readonly Grid[]): string {
  if ('ask' in choice) return askWhichGrid(choice)
  return among.length <= LISTED_GRIDS ? askWhichGrid({ ask: 'grid', among }) : '请问在第几网格？回数字就行。'
}

function describe(ctx: Ctx, incident: Incident): string {
  return describeIncident(incident, ctx.roster, readerOf(ctx))
}

function nameAll(members: readonly Member[]): string {
  return members.map(({ name }) => name).join('、')
}
