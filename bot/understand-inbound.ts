import { dayOf, timeOf } from '../policy/time.ts'
import { rolesOn } from '../storage/roster.ts'
import type { InboundMessage } from './channels/channel.ts'
import type { Sender } from './identity.ts'
import { READ_CHARACTERS } from './understand/normalize.ts'
import type { UnderstandInput } from './understand/understand.ts'

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
