import { dayOf, formatDayCompact, timeOf } from '../../policy/time.ts'
import {
  findIncident,
  findIncidentById,
  type Incident,
  type IncidentFilter,
  listIncidentLogs,
  listIncidents,
  OPEN_STATUSES,
} from '../../storage/incidents.ts'
import { communitiesOf, gridsOf } from '../../storage/roster.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { tellWhatExists } from '../incident/choose.ts'
import { renderDeadlines } from '../incident/deadline-words.ts'
import { nameTier } from '../incident/holders.ts'
import { refuseUnlessVisible } from '../incident/visible.ts'
import { describeIncident, statusNames, titleIncident } from '../incident/words.ts'
import { readerOf } from '../reader.ts'
import type { SlotsOf } from '../slots.ts'
import { findNamedGrid } from './named-grid.ts'
import { instantsOf, readPeriod } from './period.ts'

const SHOWN = 6

/** How one incident stands; without a number the last one that the asker reported. */
export async function incident(ctx: Ctx, { no }: SlotsOf['query']): Promise<Answer> {
  const found = no === undefined ? await findOwnLast(ctx) : await findIncident(ctx.db, no)
  if (!found || found.voided)
    return refuse('unknown-incident', `${no === undefined ? '' : `没有事件 #${no}。`}${await tellWhatExists(ctx)}`)
  const refused = await refuseUnlessVisible(ctx, found)
  if (refused) return refused
  const { roster } = ctx
  const into = found.mergedInto ? await findIncidentById(ctx.db, found.mergedInto) : undefined
  const first = roster.memberById(found.reporterId ?? '')?.name ?? '群众'
  const logs = await listIncidentLogs(ctx.db, [found.id])
  const last = logs.at(-1)
  const holder = roster.memberById(found.holderId ?? '')?.name ?? found.holderUnit
  const lines = [
    `事件 #${found.no}：${describeIncident(found, roster, readerOf(ctx))}`,
    `${statusNames[found.status]}${holder ? `（${holder}）` : ''}，${nameTier(ctx, found.tier)}一级，${renderMoment(found.reportedAt, ctx.today)}上报，首问：${first}`,
    ...(into ? [`已并入 #${into.no}，看进展请查 #${into.no}。`] : []),
    ...(last && last.action !== 'reported'
      ? [`最近：${renderMoment(last.at, ctx.today)}，${roster.memberById(last.byId ?? '')?.name ?? ''}`]
      : []),
  ]
  return answer([...lines, renderDeadlines(found, ctx.now)].filter(Boolean).join('\n'))
}

/** The open incidents of a grid, of the chat's group, or of what the asker serves; of a period where one is named. */
export async function incidents(ctx: Ctx, { gridNo, period }: SlotsOf['query']): Promise<Answer> {
  const range = period && readPeriod(period, ctx.today)
  const scope = chooseScope(ctx, gridNo)
  if ('refused' in scope) return scope.refused
  const filter: IncidentFilter = {
    gridIds: scope.gridIds,
    ...(range ? instantsOf(range) : { statuses: OPEN_STATUSES }),
  }
  const found = await listIncidents(ctx.db, filter)
  const open = found.filter(({ status }) => OPEN_STATUSES.includes(status))
  const head = range
    ? `${scope.name}${range.name}事件 ${found.length} 件，在办 ${open.length} 件。`
    : `${scope.name}在办事件 ${open.length} 件。`
  const format = { isPrivate: ctx.chat.kind === 'direct', reader: readerOf(ctx) }
  const shown = [...found].reverse().slice(0, SHOWN)
  const lines = shown.map(one => `${titleIncident(one, ctx.roster, format)}（${statusNames[one.status]}）`)
  const rest = found.length > SHOWN ? [`……另有 ${found.length - SHOWN} 件`] : []
  return answer([head, ...lines, ...rest].join('\n'))
}

type Scope = { name: string; gridIds?: string[] } | { refused: Answer }

function chooseScope(ctx: Ctx, gridNo: number | undefined): Scope {
  const { actor, chat, roster, today } = ctx
  const named = findNamedGrid(ctx, gridNo)
  if ('refused' in named) return named
  const grid = named.grid ?? roster.gridById(chat.group?.gridId)
  if (grid) return { name: grid.name, gridIds: [grid.id] }
  const own = gridsOf(roster, actor, today)
  if (own.length > 0) return { name: own.map(({ name }) => name).join('、'), gridIds: own.map(({ id }) => id) }
  const community = chat.group?.community ?? communitiesOf(roster, actor, today)[0]
  if (community === undefined) return { name: '全街道' }
  return { name: community, gridIds: roster.grids.filter(one => one.community === community).map(({ id }) => id) }
}

async function findOwnLast(ctx: Ctx): Promise<Incident | undefined> {
  return (await listIncidents(ctx.db, { memberIds: [ctx.actor.id] })).at(-1)
}

function renderMoment(at: number, today: string): string {
  const day = dayOf(at)
  return `${day === today ? '今天' : formatDayCompact(day, today)} ${timeOf(at)}`
}
