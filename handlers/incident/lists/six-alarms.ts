import { dayMs } from '../../../policy/time.ts'
import {
  type Incident,
  type IncidentLog,
  listIncidentLogs,
  listIncidents,
  OPEN_STATUSES,
} from '../../../storage/incidents.ts'
import { listNotices } from '../../../storage/notices.ts'
import { answer, type Command, type Ctx } from '../../handler.ts'
import { dueOf, listAddressed } from '../../notice/addressed.ts'
import { dueAtOf } from '../../notice/words.ts'
import { listWaiting, nameWaitingPlainly } from '../../waiting.ts'
import { needsInforming } from '../inform.ts'
import { listOverdueStages } from '../overdue.ts'
import { isHolder } from '../reach.ts'

/** So long without a word from whoever has it in hand, and it counts as stuck. */
const STUCK_DAYS = 3
/** What waits for residents: told by them, or by the hotline for them. */
const FROM_RESIDENTS: ReadonlySet<string> = new Set(['resident', 'hotline'])

interface Mine {
  /** Open cases in the asker's hand. */
  held: Incident[]
  /** Cases that the asker settled or handed on, and that are not over. */
  others: Incident[]
  logs: ReadonlyMap<string, IncidentLog[]>
}

/**
 * 六不让, each as a private list of the asker's own matters: what is late, what was not answered, what is stuck with them, what others
 * wait for, what came back to be corrected, and where residents wait. Source: S3A-20
 */
export const sixAlarmsCommand: Command = {
  name: 'sixAlarms',
  matches: /^\s*(?:我的)?六不让\s*[。.!！?？]*\s*$/u,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['六不让', '六不让']] },
  async run(ctx) {
    const mine = await listMine(ctx)
    const lists: [name: string, things: string[]][] = [
      ['不延误（已超期）', await listLate(ctx, mine)],
      ['不中断（没反馈）', await listUnanswered(ctx, mine)],
      ['不积压（压在手里）', listStuck(ctx, mine)],
      ['不误全局（别人在等）', await listBlocking(ctx)],
      ['不出差错（要更正）', await listToCorrect(ctx, mine)],
      ['不搁浅（群众在等）', await listResidentsWaiting(ctx, mine)],
    ]
    if (lists.every(([, things]) => things.length === 0))
      return answer('六不让：六项都没有，辛苦了。', { private: true })
    const lines = lists.map(
      ([name, things], index) => `${index + 1}. ${name}：${things.length > 0 ? things.join('、') : '无'}`,
    )
    return answer(['六不让（只有您能看到）', ...lines].join('\n'), { private: true })
  },
}

async function listMine(ctx: Ctx): Promise<Mine> {
  const living = await listIncidents(ctx.db, { statuses: [...OPEN_STATUSES, 'resolved', 'rechecked'] })
  const logs = new Map<string, IncidentLog[]>()
  for (const log of await listIncidentLogs(
    ctx.db,
    living.map(({ id }) => id),
  )) {
    logs.set(log.incidentId, [...(logs.get(log.incidentId) ?? []), log])
  }
  const held = living.filter(incident => OPEN_STATUSES.includes(incident.status) && isHolder(ctx, incident))
  const others = living.filter(
    incident => !held.includes(incident) && logs.get(incident.id)?.some(({ byId }) => byId === ctx.actor.id),
  )
  return { held, others, logs }
}

async function listLate(ctx: Ctx, { held }: Mine): Promise<string[]> {
  const cases = held.filter(incident => listOverdueStages(incident, ctx.now).length > 0).map(name)
  const notices = (await listAddressed(ctx))
    .filter(one => one.notice.status === 'broadcast' && one.receipt.doneAt === undefined)
    .filter(one => {
      const due = dueOf(one)
      return due !== undefined && dueAtOf(due) <= ctx.at
    })
  return [...cases, ...notices.map(({ notice }) => `${notice.no}号提示单`)]
}

/** Notices without a receipt, and cases that somebody asked after since the asker last said anything. */
async function listUnanswered(ctx: Ctx, { held, logs }: Mine): Promise<string[]> {
  const asked = held.filter(({ id }) => {
    const own = logs.get(id) ?? []
    const last = own.findLastIndex(({ byId }) => byId === ctx.actor.id)
    return own.slice(last + 1).some(({ action }) => action === 'supervise')
  })
  const notices = (await listAddressed(ctx)).filter(
    ({ notice, receipt }) => notice.status === 'broadcast' && receipt.acknowledgedAt === undefined,
  )
  return [...asked.map(name), ...notices.map(({ notice }) => `${notice.no}号提示单未回执`)]
}

function listStuck(ctx: Ctx, { held, logs }: Mine): string[] {
  const stuck = held.filter(({ id, reportedAt, hold }) => {
    if (hold && hold.kind !== 'extended') return false
    const last = logs.get(id)?.findLast(({ byId }) => byId === ctx.actor.id)?.at ?? reportedAt
    return ctx.now - last >= STUCK_DAYS * dayMs
  })
  return stuck.map(incident => `${name(incident)}（${STUCK_DAYS}天没动静）`)
}

async function listBlocking(ctx: Ctx): Promise<string[]> {
  return (await listWaiting(ctx, ctx.actor)).map(one => `${nameWaitingPlainly(one)}待审批`)
}

/** Cases that came back to whoever handed them on, results that a recheck refused, and own drafts that were rejected. */
async function listToCorrect(ctx: Ctx, { held, others, logs }: Mine): Promise<string[]> {
  const returned = [...held, ...others].filter(
    ({ id, status }) =>
      status === 'returned' && logs.get(id)?.findLast(({ action }) => action === 'dispatch')?.byId === ctx.actor.id,
  )
  const failed = held.filter(({ id }) => logs.get(id)?.at(-1)?.action === 'fail')
  const drafts = (await listNotices(ctx.db, { statuses: ['rejected'] })).filter(
    ({ drafterId }) => drafterId === ctx.actor.id,
  )
  return [
    ...returned.map(incident => `${name(incident)} 被退回`),
    ...failed.map(incident => `${name(incident)} 核查没过`),
    ...drafts.map(({ no }) => `${no}号提示单被驳回`),
  ]
}

async function listResidentsWaiting(ctx: Ctx, { held, others, logs }: Mine): Promise<string[]> {
  const open = held.filter(({ origin }) => FROM_RESIDENTS.has(origin)).map(name)
  const untold: string[] = []
  for (const incident of others) {
    const resolver = logs.get(incident.id)?.findLast(({ action }) => action === 'resolve')?.byId
    if (resolver !== ctx.actor.id || OPEN_STATUSES.includes(incident.status)) continue
    if (await needsInforming(ctx, incident)) untold.push(`${name(incident)} 还没告知`)
  }
  return [...open, ...untold]
}

function name({ no }: Incident): string {
  return `#${no}`
}
