import { findIncident, type Incident } from '../../storage/incidents.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { tellWhatExists } from './choose.ts'
import { listReporters } from './feedback.ts'
import { isWithinReach } from './reach.ts'

/** The case that the words number, where its number exists and the asker may read of it. */
export async function findVisible(ctx: Ctx, matches: RegExp): Promise<{ incident: Incident } | { refused: Answer }> {
  const no = readNumeral(matches.exec(ctx.text)?.[1])
  const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
  if (!incident || incident.voided) {
    return { refused: refuse('unknown-incident', `没有事件 #${no ?? '？'}。${await tellWhatExists(ctx)}`) }
  }
  const refused = await refuseUnlessVisible(ctx, incident)
  return refused ? { refused } : { incident }
}

/** Read by who works where it lies, and by who reported it, also later. Whoever else asks is refused, and that is written down. */
export async function refuseUnlessVisible(ctx: Ctx, incident: Incident): Promise<Answer | undefined> {
  if (isWithinReach(ctx, incident)) return undefined
  const { members } = await listReporters(ctx, incident)
  if (members.some(({ id }) => id === ctx.actor.id)) return undefined
  await ctx.record('refused', { type: 'incident', id: incident.id }, { no: incident.no })
  return refuse('not-yours', `事件 #${incident.no} 不在您负责的范围。`)
}
