import { minuteMs } from '../../policy/time.ts'
import { listLoosePhotoMessages } from '../../storage/incident-sources.ts'
import { type Incident, insertIncidentLog } from '../../storage/incidents.ts'
import type { Grid } from '../../storage/roster.ts'
import type { Ctx, StrangerCtx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { tellConcernedPosts } from './also-told.ts'
import { openIncident } from './open.ts'
import { readFirstResponse, readOrigin } from './origin.ts'

/** What a report says beside its words. */
export interface ReportFacts {
  slots: SlotsOf['reportIncident']
  grid?: Grid
}

/**
 * Files a report as it was told: nothing of it waits for the answer to a question.
 * What was solved on the spot is over at once (S2-27); what was only begun is its first response (S2-15).
 */
export async function fileReport(ctx: Ctx | StrangerCtx, { slots, grid }: ReportFacts): Promise<Incident> {
  const { db, at, message, pack } = ctx
  const text = plainWords(ctx.text)
  const response = readFirstResponse(text)
  const isSolved = slots.solved === true && response === undefined
  const isUrgent = slots.urgent === true && !isSolved
  const reporter = 'actor' in ctx ? { reporterId: ctx.actor.id } : { reporterName: ctx.stranger.name ?? '未登记人员' }
  const incident = await openIncident(ctx, {
    ...reporter,
    gridId: grid?.id,
    category: slots.category ?? 'other',
    urgent: isUrgent,
    workClass: isUrgent ? pack.incident.flow.classes?.value.find(name => name.includes('突发')) : undefined,
    place: slots.place ?? message.detail.location?.name,
    description: text,
    verified: 'actor' in ctx,
    isSolved,
    origin: 'actor' in ctx ? readOrigin(text) : 'resident',
  })
  const log = { incidentId: incident.id, at, byId: reporter.reporterId, messageId: message.id }
  if (response) await insertIncidentLog(db, { ...log, action: 'respond', text: response })
  await adoptPhotos(ctx, incident)
  await tellConcernedPosts(ctx, incident)
  return incident
}

/** Pictures that the same person sent just before, in the same chat, belong to the report: on some platforms they cannot come with it. */
async function adoptPhotos(ctx: Ctx | StrangerCtx, incident: Incident): Promise<void> {
  if (!('actor' in ctx)) return
  const { db, actor, at, chat, message, pack } = ctx
  const since = at - pack.incident.intake.followUpMinutes.value * minuteMs
  const messageIds = await listLoosePhotoMessages(db, actor.id, {
    chatPlatformId: chat.platformId,
    since,
    until: message.id,
  })
  for (const messageId of messageIds) {
    const log = { incidentId: incident.id, at, byId: actor.id, action: 'supplement', text: '照片', messageId }
    await insertIncidentLog(db, log)
  }
}
