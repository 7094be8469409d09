import { listTroubles } from '../../../policy/likeness.ts'
import { dayOf, endOfDay, instantAt, monthOf, monthRange } from '../../../policy/time.ts'
import { type Incident, listIncidents } from '../../../storage/incidents.ts'
import type { Desk } from '../../desk.ts'
import { answer, type Command } from '../../handler.ts'
import { groupReader, privateReader, type Reader, shortenText } from '../../reader.ts'
import { isSamePlace, readPlaceName, spellPlace } from '../place-names.ts'
import { isSensitive } from '../privacy.ts'
import { nameCategory } from '../words.ts'
import { monthly, readMonth } from './month.ts'
import { chooseListScope, type ListScope, listCases, nameCases } from './scope.ts'

/** A place with several cases, and what is said of them. */
interface RepeatedPlace {
  place: string
  gridId?: string
  incidents: Incident[]
  /** What most of them are about: 漏水, or the category. */
  matter: string
  /** Root causes that somebody named. */
  causes: string[]
}

/** The places that come up again and again, the most frequent first; not those of cases about people. Source: S1-03, S3A-40 */
export function listRepeatedPlaces(incidents: readonly Incident[], atLeast: number): RepeatedPlace[] {
  const groups: { name: ReturnType<typeof readPlaceName>; incidents: Incident[] }[] = []
  for (const incident of incidents) {
    if (!incident.place || isSensitive(incident.category)) continue
    const name = readPlaceName(incident.place.reveal())
    const group = groups.find(one => one.incidents[0]!.gridId === incident.gridId && isSamePlace(one.name, name))
    if (group) group.incidents.push(incident)
    else groups.push({ name, incidents: [incident] })
  }
  return groups
    .filter(group => group.incidents.length >= atLeast)
    .sort((a, b) => b.incidents.length - a.incidents.length)
    .map(({ name, incidents: own }) => ({
      place: spellPlace(name),
      gridId: own[0]!.gridId,
      incidents: own,
      matter: nameMatter(own),
      causes: [...new Set(own.flatMap(({ cause }) => (cause ? [cause.reveal()] : [])))],
    }))
}

function nameMatter(incidents: readonly Incident[]): string {
  const counts = new Map<string, number>()
  for (const { description, category } of incidents) {
    const [trouble = nameCategory(category)] = listTroubles(description.reveal())
    counts.set(trouble, (counts.get(trouble) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** `3幢本月第3件，是重复点位。` where a new report makes it so, else nothing. Source: S1-03 */
export async function describeRepeatedPlace(desk: Desk, incident: Incident, reader: Reader): Promise<string> {
  const { db, pack } = desk
  if (!incident.place || !incident.gridId || isSensitive(incident.category)) return ''
  const { from, to } = monthRange(monthOf(dayOf(incident.reportedAt)))
  const during = { from: instantAt(from, '00:00'), to: endOfDay(to), gridIds: [incident.gridId] }
  const cases = (await listIncidents(db, during)).filter(({ status }) => status !== 'merged' && status !== 'cancelled')
  const repeated = listRepeatedPlaces(cases, pack.incident.intake.repeatsAtLeast.value)
  const here = repeated.find(({ incidents }) => incidents.some(({ id }) => id === incident.id))
  return here ? `${reader.place(here.place)}本月第${here.incidents.length}件，是重复点位。` : ''
}

/** The month's repeated places with their causes, as matter for the work meeting. Source: S1-03 (源头控制), S3A-40 (在工作例会中进行反映) */
export const repeatsCommand: Command = {
  name: 'repeatedPlaces',
  matches: monthly('重复点位|重复问题|共性问题'),
  who: 'queryGrid',
  dialog: { as: 'leader', turns: [['重复点位', '重复点位']] },
  async run(ctx) {
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const month = readMonth(ctx.text, ctx.today)
    return answer(renderRepeatedPlaces(ctx, scope, month.name, await listCases(ctx, scope, month), ctx.chat.kind))
  },
}

function renderRepeatedPlaces(
  { pack, roster }: Pick<Desk, 'pack' | 'roster'>,
  scope: ListScope,
  monthName: string,
  cases: readonly Incident[],
  chatKind: 'group' | 'direct',
): string {
  const atLeast = pack.incident.intake.repeatsAtLeast.value
  const repeated = listRepeatedPlaces(cases, atLeast)
  const head = `${scope.name}${monthName}重复点位（同一处 ${atLeast} 件以上）`
  if (repeated.length === 0) return `${head}：没有。`
  const reader = chatKind === 'direct' ? privateReader : groupReader
  const lines = repeated.map(({ place, gridId, incidents, matter, causes }, index) => {
    // A cause is free words and may name somebody.
    const cause =
      causes.length === 0 || chatKind === 'group' ? '' : `，原因：${causes.map(one => shortenText(one, 20)).join('、')}`
    const grid = roster.gridById(gridId)?.name ?? ''
    return `${index + 1}. ${grid}${reader.place(place)} ${incidents.length} 件，${matter}${cause}：${nameCases(incidents)}`
  })
  const open = repeated.filter(({ causes }) => causes.length === 0)
  const hint = open.length > 0 ? `\n还没找到源头的，回“原因 #编号 ……”。` : ''
  return `${head}：\n${lines.join('\n')}${hint}`
}
