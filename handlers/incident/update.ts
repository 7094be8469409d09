import type { HoldKind } from '../../policy/incident.ts'
import type { Action } from '../../policy/pack.ts'
import type { Day } from '../../policy/time.ts'
import { findIncident, type Incident } from '../../storage/incidents.ts'
import { type Answer, type Ctx, defineHandler, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { readBareNumber } from '../numerals.ts'
import { plainWords } from '../plain-words.ts'
import type { IncidentAction, SlotsOf } from '../slots.ts'
import { chooseIncident } from './choose.ts'
import { closeIncident } from './closing.ts'
import { dispatchIncident, escalateIncident, superviseIncident } from './hand-on.ts'
import { acceptIncident, resolveIncident, returnIncident } from './handle.ts'
import { askHold } from './holds.ts'
import { readInforming } from './inform.ts'
import { noteIncident, rateIncident } from './remark.ts'
import { remarkAsResident } from './resident.ts'
import { forEachCase, listNumbers } from './several.ts'

const permissions: Record<IncidentAction, Action> = {
  accept: 'acceptIncident',
  dispatch: 'dispatchIncident',
  resolve: 'resolveIncident',
  return: 'returnIncident',
  escalate: 'escalateIncident',
  supervise: 'superviseIncident',
  rate: 'rateIncident',
  note: 'noteIncident',
}

/** What was asked: which incident (then `text` is what was said first), why, or to whom. */
interface UpdateDraft {
  slots: SlotsOf['updateIncident'] & { action: IncidentAction }
  text?: string
  wants?: 'reason' | 'to' | 'why' | 'informed'
  /** The hold whose reason is asked for, and its last day where one was told. */
  hold?: HoldKind
  until?: Day
}

const LONGEST_ANSWER = 200

export const updateIncident = defineHandler({
  intent: 'updateIncident',
  dialog: { as: 'leader', turns: [['受理1号事件', '事件 #1']] },

  async run(ctx, slots) {
    const { action } = slots
    if (!action) return refuse('no-action', '请说清怎么处理：受理、转给谁、办结、退回（写原因）、上报、催办或补充。')
    if (!ctx.may(permissions[action])) return refuseRole(ctx, permissions[action])
    const numbers = listNumbers(plainWords(ctx.text))
    if (numbers.length > 1 && FOR_SEVERAL.has(action))
      return forEachCase(ctx, numbers, action, incident => act(ctx, incident, { action }))
    const chosen = await chooseIncident(ctx, { ...slots, action })
    return 'found' in chosen ? act(ctx, chosen.found, { ...slots, action }) : chosen.answer
  },

  async resume(ctx, draft, understood) {
    const { slots, text, wants, hold, until } = draft as UpdateDraft
    const again = understood.intent === 'updateIncident' ? understood.slots : undefined
    // With a number of its own the message stands for itself.
    if (again?.no !== undefined && wants) return undefined
    const told = plainWords(ctx.text)
    const no = slots.no ?? readBareNumber(told)
    const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
    if (!incident || told === '' || told.length > LONGEST_ANSWER) return undefined
    if (wants === 'reason') return returnIncident(ctx, incident, told.replace(/[。.！!]+$/, ''))
    if (wants === 'to')
      return dispatchIncident(ctx, incident, { to: again?.to ?? told.replace(/^(?:转给?|给|派给?)/, '') })
    if (wants === 'informed') return readInforming(told) ? closeIncident(ctx, incident, told) : undefined
    if (hold) return askHold(ctx, incident, hold, { reason: told, until })
    if (wants === 'why') return dispatchIncident(ctx, incident, { to: slots.to, reason: told })
    return act({ ...ctx, text: text ?? ctx.text }, incident, slots)
  },

  runForStranger: remarkAsResident,
})

/** Steps that ask nothing back, so that several cases may be named at once. */
const FOR_SEVERAL: ReadonlySet<IncidentAction> = new Set(['accept', 'resolve', 'supervise'])
function act(ctx: Ctx, incident: Incident, { action, to }: UpdateDraft['slots']): Promise<Answer> {
  switch (action) {
    case 'accept':
      return acceptIncident(ctx, incident)
    case 'dispatch':
      return dispatchIncident(ctx, incident, { to })
    case 'resolve':
      return resolveIncident(ctx, incident)
    case 'return':
      return returnIncident(ctx, incident)
    case 'escalate':
      return escalateIncident(ctx, incident, to)
    case 'supervise':
      return superviseIncident(ctx, incident)
    case 'rate':
      return rateIncident(ctx, incident)
    case 'note':
      return noteIncident(ctx, incident)
  }
}
