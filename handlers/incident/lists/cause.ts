import { nameIncidentCause } from '../../../storage/incident-causes.ts'
import { answer, type Command } from '../../handler.ts'
import { shortenText } from '../../reader.ts'
import { logStep } from '../step.ts'
import { findVisible } from '../visible.ts'
import { numberAndWords } from './numbers.ts'

/** Why it came to it, in whoever's words; shown with the month's repeated places. Source: S1-03 (源头控制) */
export const causeCommand: Command = {
  name: 'incidentCause',
  matches: numberAndWords('(?:原因|根源|源头)'),
  who: 'noteIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['3幢水管漏水', '事件 #1'],
      ['原因 #1 管道老化', '已记'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, causeCommand.matches)
    if ('refused' in found) return found.refused
    const { incident } = found
    const cause = causeCommand.matches.exec(ctx.text)![2]!.trim()
    await nameIncidentCause(ctx.db, incident.id, cause)
    await logStep(ctx, incident, 'cause', { text: cause })
    const told = ctx.chat.kind === 'direct' ? `：${shortenText(cause)}` : ''
    return answer(`已记 #${incident.no} 的原因${told}，月底重复点位清单里会列出。`)
  },
}
