import type { Incident } from '../../storage/incidents.ts'
import type { Ctx, StrangerCtx } from '../handler.ts'
import { shortenText } from '../reader.ts'
import { nameInPrivate } from './names.ts'

/**
 * The posts that the document wants to hear of such reports, beside whoever works them off: the justice office of what residents ask
 * for (S3A-03), and at any hour of people under correction who are out of reach (S4A-04).
 */
export async function tellConcernedPosts(ctx: Ctx | StrangerCtx, incident: Incident): Promise<void> {
  const { pack, roster, say, today } = ctx
  const reporter = 'actor' in ctx ? ctx.actor : undefined
  for (const { role, categories, atOnce } of pack.incident.intake.alsoTo?.value ?? []) {
    if (!(categories as readonly string[]).includes(incident.category)) continue
    const text = `报送：${nameInPrivate(ctx, incident)}“${shortenText(incident.description.reveal())}”，报告人：${reporter?.name ?? '群众'}。`
    for (const member of roster.holders([role], today)) {
      if (member.id === reporter?.id) continue
      await say.toMember(member, text, {
        kind: 'incident-new',
        urgency: atOnce ? 'urgent' : 'normal',
        subject: { type: 'incident', id: incident.id },
      })
    }
  }
}
