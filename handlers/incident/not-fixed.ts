import { type Incident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, answer, type Command, type Ctx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { supplement } from './continue.ts'
import { listReporters } from './feedback.ts'
import { NUMBER } from './lists/numbers.ts'
import { reopenIncident } from './reopen.ts'
import { NOT_FIXED } from './says-not-fixed.ts'
import { findVisible } from './visible.ts'

/** What was over goes on with its history; of what is still being worked on the words are a supplement. Source: expectations.md §4 (19) */
export async function reportNotFixed(ctx: Ctx, incident: Incident): Promise<Answer> {
  if (OPEN_STATUSES.includes(incident.status)) return supplement(ctx, incident)
  const { members } = await listReporters(ctx, incident)
  // Whoever reported it later and heard the result may say so too.
  const also = members.some(({ id }) => id === ctx.actor.id) ? (['reporter'] as const) : []
  const outcome = await reopenIncident(ctx, incident, plainWords(ctx.text), also)
  if ('refused' in outcome) return outcome.refused
  return answer(`事件 #${incident.no} 已重新办理，原来的经过都在；办结会再告诉您。`)
}

/** `#12 又漏了`, `12号没修好`: exact, for the words alone read like a settlement. */
export const notFixedCommand: Command = {
  name: 'notFixed',
  matches: new RegExp(
    `^\\s*(?:事件)?\\s*${NUMBER}[\\s,，:：]*(?:的问题)?(?:现在|今天|昨天|昨晚)?${NOT_FIXED}[^？?]{0,60}$`,
    'u',
  ),
  who: 'noteIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['3幢水管漏水，我已经修好了', '办结'],
      ['#1 又漏了', '已重新办理'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, notFixedCommand.matches)
    return 'refused' in found ? found.refused : reportNotFixed(ctx, found.incident)
  },
}
