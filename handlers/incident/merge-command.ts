import { findIncident } from '../../storage/incidents.ts'
import { type Command, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { readNumeral } from '../numerals.ts'
import { tellWhatExists } from './choose.ts'
import { NUMBER } from './lists/numbers.ts'
import { mergeReport, refuseSelfMerge } from './repeat.ts'

/** `#13 并入 #12`: the later report becomes part of the earlier one, whichever was named first. Source: S1-02 */
export const mergeCommand: Command = {
  name: 'mergeIncidents',
  matches: new RegExp(
    `^\\s*(?:把|将)?(?:事件)?\\s*${NUMBER}\\s*(?:并入到?|合并到?|并到)[\\s,，:：]*(?:事件)?\\s*${NUMBER}[。.!！]*\\s*$`,
    'u',
  ),
  who: 'noteIncident',
  dialog: {
    as: 'leader',
    turns: [
      ['3幢水管漏水', '事件 #1'],
      ['5幢路灯坏了', '事件 #2'],
      ['#2 并入 #1', '已并入 #1'],
    ],
  },
  async run(ctx) {
    const [, one, other] = mergeCommand.matches.exec(ctx.text)!
    const numbers = [readNumeral(one), readNumeral(other)].filter(no => no !== undefined)
    const [earlierNo = 0, laterNo = 0] = numbers.sort((a, b) => a - b)
    if (earlierNo === laterNo) return refuseSelfMerge(laterNo)
    const [earlier, later] = [await findIncident(ctx.db, earlierNo), await findIncident(ctx.db, laterNo)]
    if (!earlier || !later || later.voided) {
      return refuse('unknown-incident', `没有事件 #${earlier ? laterNo : earlierNo}。${await tellWhatExists(ctx)}`)
    }
    // One's own report anybody may put where it belongs.
    if (later.reporterId !== ctx.actor.id && !ctx.may('dispatchIncident')) return refuseRole(ctx, 'dispatchIncident')
    return mergeReport(ctx, later, earlier)
  },
}
