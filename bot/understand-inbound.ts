import type { Logger } from 'pino'
import type { Understood } from '../handlers/slots.ts'
import { dayOf, timeOf } from '../policy/time.ts'
import { rolesOn } from '../storage/roster.ts'
import type { InboundMessage } from './channels/channel.ts'
import type { Sender } from './identity.ts'
import { READ_CHARACTERS } from './understand/normalize.ts'
import { type UnderstandInput, understand } from './understand/understand.ts'
import { parseWhen } from './understand/when.ts'

/** What understanding needs of a message and of the street's roster; `at` is the record's time, from which 明天 counts. */
export function describeInbound(
  inbound: Pick<InboundMessage, 'text' | 'media' | 'quote'>,
  { roster, calendar, member, resident }: Pick<Sender, 'roster' | 'calendar' | 'member' | 'resident'>,
  botName: string,
  at: number,
): UnderstandInput {
  const today = dayOf(at)
  const role = member && !resident ? rolesOn(member, today)[0]?.role : undefined
  return {
    text: inbound.text.slice(0, READ_CHARACTERS),
    at: `${today}T${timeOf(at)}`,
    role: role ?? 'resident',
    hasImage: inbound.media.some(({ kind }) => kind === 'image'),
    quote: inbound.quote?.text ?? null,
    names: roster.members.map(({ name }) => name),
    communities: [...new Set(roster.grids.map(({ community }) => community))],
    botName,
    isWorkday: day => calendar.isWorkday(day),
  }
}

/**
 * What the words mean, with the date they name. A fault of understanding must not keep a message from being stored:
 * the platform would bring it again for ever; such words count as meaning nothing, and the log tells.
 */
export function readWords(input: UnderstandInput, log: Logger): Understood {
  try {
    return { ...understand(input), when: parseWhen(input.text, input.at, input) }
  } catch (error) {
    log.error({ err: error }, 'understanding failed')
    return { intent: 'none', slots: {}, confidence: 0 }
  }
}
