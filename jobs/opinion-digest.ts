import type { Desk } from '../handlers/desk.ts'
import { shortenText } from '../handlers/reader.ts'
import { bodyOfInfo, isSensitiveInfo } from '../policy/information.ts'
import { addDays, dayMs, dayOf, endOfDay, instantAt, mondayOf } from '../policy/time.ts'
import { type InfoItem, listInfoItems, OPINION } from '../storage/info-items.ts'
import type { Grid, Member } from '../storage/roster.ts'
import type { Job } from './job.ts'
import { renderLate } from './late.ts'

const SHOWN = 10

/**
 * On the first working day of the week, in private to those who guide the grids: what residents wished for since the last such day.
 * Nothing where nobody wished for anything. Source: S0-09
 */
export const opinionDigest: Job = {
  name: 'opinion-digest',
  schedule: ['30 8 * * *'],
  days: 'firstWorkdays',
  catchUp: 'latest',
  graceMs: 6 * dayMs,
  async run(desk, due) {
    const { calendar, db, now, pack, roster, say } = desk
    const day = dayOf(due.at)
    const monday = mondayOf(day)
    // Weeks without working days have no digest of their own: theirs comes with the next.
    const from = mondayOf(calendar.previousWorkday(monday))
    const opinions = await listInfoItems(db, {
      topic: OPINION,
      from: instantAt(from, '00:00'),
      to: endOfDay(addDays(monday, -1)),
    })
    for (const [member, items] of sortByReader(desk, opinions)) {
      const lines = items.slice(0, SHOWN).map(item => renderOpinion(item, roster.gridById(item.gridId)))
      const rest = items.length > SHOWN ? [`……共${items.length}条，其余见信息台账。`] : []
      const text = [`上周社情民意${items.length}条：`, ...lines, ...rest].join('\n')
      await say.toMember(member, `${text}${renderLate(due)}`, {
        kind: 'opinion-digest',
        urgency: 'normal',
        notBefore: Math.max(now, instantAt(day, pack.summary.at.value)),
      })
    }
  },
}

/** To the instructors of the grid, else to its leaders; what belongs to no grid goes to every instructor. */
function sortByReader({ roster, today }: Desk, opinions: readonly InfoItem[]): Map<Member, InfoItem[]> {
  const readers = new Map<Member, InfoItem[]>()
  for (const item of opinions) {
    const where = item.gridId === undefined ? {} : { gridId: item.gridId }
    const instructors = roster.holders(['instructor'], today, where)
    const told = instructors.length > 0 ? instructors : roster.holders(['leader'], today, where)
    for (const member of told) readers.set(member, [...(readers.get(member) ?? []), item])
  }
  return readers
}

function renderOpinion({ opinionNo, topic, text }: InfoItem, grid: Grid | undefined): string {
  const words = bodyOfInfo(text.reveal())
  return `${opinionNo}号 ${grid ? `${grid.name}：` : ''}${isSensitiveInfo(topic, words) ? '（不公开，见台账）' : shortenText(words)}`
}
