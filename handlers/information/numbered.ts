import { findInfoItemNumbered, type InfoItem, linkIncident, markRepeat } from '../../storage/info-items.ts'
import { gridsOf } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { deadlineLine } from '../incident/deadline-words.ts'
import { fileReport } from '../incident/intake.ts'
import { tellLeaders } from '../incident/tell-leaders.ts'
import { describeIncident } from '../incident/words.ts'
import { readerOf } from '../reader.ts'

const numbered = (words: string) =>
  new RegExp(`^\\s*信息\\s*#?(\\d{1,9})\\s*号?\\s*(?:${words})\\s*[。.!！]?\\s*$`, 'u')
const NOT_REPEATED = numbered('不重复|不是重复|不是一回事')
const TO_INCIDENT = numbered('转(?:为|成)?事件')

/** What the program took for a repeat and is none, in the word of a person. Source: S2-25 */
export const notRepeatedCommand: Command = {
  name: 'notRepeated',
  matches: NOT_REPEATED,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['信息 #1 不重复', '没有信息 #1']] },
  async run(ctx) {
    const found = await findConcerned(ctx, NOT_REPEATED)
    if ('refused' in found) return found.refused
    const { item } = found
    if (!item.repeatOf) return refuse('not-repeated', `信息 #${item.no} 没有判为重复，本来就计数。`)
    await markRepeat(ctx.db, item.id, undefined)
    await ctx.record('counted', { type: 'infoItem', id: item.id }, { no: item.no, text: ctx.text })
    return answer(`信息 #${item.no} 已改为计数。`)
  },
}

/** Information that needs somebody's hand after all becomes a case, and is known as used. Source: S2-26 (信息采集应用评比) */
export const toIncidentCommand: Command = {
  name: 'infoToIncident',
  matches: TO_INCIDENT,
  who: 'reportIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['信息：新开网吧一家，还没办手续', '已记信息'],
      ['信息 #1 转事件', '已转事件 #1'],
    ],
  },
  async run(ctx) {
    const found = await findConcerned(ctx, TO_INCIDENT)
    if ('refused' in found) return found.refused
    const { item } = found
    if (item.incidentId) return refuse('already-used', `信息 #${item.no} 已经转过事件，没有再转。`)
    const grid = ctx.roster.gridById(item.gridId)
    const told = { ...ctx, text: item.text.reveal() }
    const incident = await fileReport(told, { slots: { place: item.place?.reveal() }, grid })
    await linkIncident(ctx.db, item.id, incident.id)
    await ctx.record('used', { type: 'infoItem', id: item.id }, { no: item.no, incident: incident.no })
    const leaders = grid ? await tellLeaders(told, incident, grid) : ''
    const what = describeIncident(incident, ctx.roster, readerOf(ctx))
    return answer(`信息 #${item.no} 已转事件 #${incident.no}（${what}）${leaders}。${deadlineLine(incident, ctx.now)}`)
  },
}

/** Whoever told it, the people of its grid, and those who lead the street may put it right. */
async function findConcerned(ctx: Ctx, words: RegExp): Promise<{ item: InfoItem } | { refused: Answer }> {
  const { actor, db, roster, text, today } = ctx
  const no = Number(words.exec(text.normalize('NFKC'))?.[1])
  const item = await findInfoItemNumbered(db, no)
  if (!item || item.voided) return { refused: refuse('unknown-record', `没有信息 #${no}，请核对编号。`) }
  const isOwn = item.memberId === actor.id || gridsOf(roster, actor, today).some(({ id }) => id === item.gridId)
  if (isOwn || ctx.may('queryStreet')) return { item }
  return { refused: refuse('not-yours', `信息 #${no} 由上报人或所在网格更正，没有改动。`) }
}
