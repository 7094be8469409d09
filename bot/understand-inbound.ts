import type { Logger } from 'pino'
import type { Understood } from '../handlers/slots.ts'
import { dayOf, timeOf } from '../policy/time.ts'
import { rolesOn } from '../storage/roster.ts'
import type { InboundMessage } from './channels/channel.ts'
import type { Sender } from './identity.ts'
import { READ_CHARACTERS } from './understand/normalize.ts'
import { type UnderstandInput, understand } from './understand/understand.ts'
import { parseWhen } from './understand/when.ts'

/** Numbered buildings are read by themselves, with the door behind them. */
const HOUSE = /^[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|号|幢|栋|座)?$/u

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
    places: roster.places.flatMap(({ name, aliases }) => [name, ...aliases]).filter(name => !HOUSE.test(name)),
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
