import type { Logger } from 'pino'
import type { Meaning, Understood } from '../handlers/slots.ts'
import { type UnderstandInput, understandAs } from './understand/understand.ts'

/**
 * A form says what is meant. Only a report has words to be read: whatever they sound like, they tell what kind of problem it is and
 * whether anybody is in danger. What is written beside the fields of other forms must not fill them: 昨天摔了一跤 is no time of the visit.
 */
export function fillForm(form: Meaning, input: UnderstandInput, log: Logger): Understood {
  const told = form.intent === 'reportIncident' ? readReport(input, log) : {}
  return { intent: form.intent, slots: { ...told, ...form.slots }, confidence: 1 } as Understood
}

/** A fault of understanding must not keep an entry from being stored: the phone would send it again for ever. */
function readReport(input: UnderstandInput, log: Logger): Meaning['slots'] {
  try {
    return understandAs('reportIncident', input).slots
  } catch (error) {
    log.error({ err: error }, 'understanding failed')
    return {}
  }
}
