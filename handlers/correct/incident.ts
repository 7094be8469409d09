import { addMonths, dayOf, endOfDay, instantAt } from '../../policy/time.ts'
import { correctIncidentFacts } from '../../storage/incident-facts.ts'
import { findIncidentById, type Incident, insertIncidentLog, listIncidents } from '../../storage/incidents.ts'
import { tellMembers } from '../incident/step.ts'
import { categoryNames, nameCategory } from '../incident/words.ts'
import { type Reader, shortenText } from '../reader.ts'
import type { IncidentCategory } from '../slots.ts'
import { ALREADY_GONE, type Changes, type Correctable, type Hindrance, isNamed, NO_CHANGE } from './correctable.ts'
import { readWhom } from './values.ts'

const LATE_MONTHS = 1
const SHOWN = 12
const NO_DROP: Hindrance = {
  reason: 'in-other-hands',
  text: '事件不作废：误报请办理人回“误报”加编号，刚报的可以“撤销”。',
}

/** What a report tells: what kind of matter, where, in which words. The case goes on as it is, with one line more in its log. */
export const correctableIncident: Correctable = {
  type: 'incident',
  name: '事件',
  words: '事件',
  example: '事件可以改类别、地点和内容，如“更正 1号事件 地点 改为 5幢”“更正 1号事件 类别 改为 市容环境”',
  async list({ db, actor, today }, { day, which }) {
    const from = instantAt(day ?? addMonths(today, -LATE_MONTHS), '00:00')
    const reported = await listIncidents(db, { memberIds: [actor.id], from, to: endOfDay(day ?? today) })
    const own = reported.filter(({ reporterId }) => reporterId === actor.id)
    const no = /^\d+$/u.test(which) ? Number(which) : undefined
    return own.reverse().flatMap(({ id, no: number, gridId, reportedAt, place }) => {
      const isMeant = no === undefined ? isNamed([place?.reveal()], which) : number === no
      return isMeant ? [{ id, gridId, day: dayOf(reportedAt) }] : []
    })
  },
  read(_ctx, { value, label }) {
    const category = readCategory(value)
    if (label === '类别') return category && { category }
    if (label === '地点') return { place: value }
    if (label === '内容') return { text: value }
    if (label !== undefined) return undefined
    const whom = category ? undefined : readWhom(value)
    return category
      ? { category }
      : whom?.place !== undefined && whom.person === undefined
        ? { place: whom.place }
        : undefined
  },
  async compare({ db }, id, changes) {
    const incident = await findIncidentById(db, id)
    if (!incident || incident.voided) return ALREADY_GONE
    if (changes.dropped) return NO_DROP
    if (listDifferences(incident, changes, { isPrivate: true, person: same, place: same }).length === 0)
      return NO_CHANGE
    return reader => `事件 #${incident.no} ${listDifferences(incident, changes, reader).join('，')}`
  },
  async replace(ctx, id, { category, place, text }, { memberId, messageId, at }) {
    const { db, roster } = ctx
    const before = await findIncidentById(db, id)
    if (!before || !(await correctIncidentFacts(db, id, { category, place, description: text }))) return undefined
    const differences = listDifferences(
      before,
      { category, place, text },
      { isPrivate: true, person: same, place: same },
    )
    const line = `更正：${differences.join('，')}`
    await insertIncidentLog(db, { incidentId: id, at, byId: memberId, action: 'note', text: line, messageId })
    const holder = roster.memberById(before.holderId ?? '')
    if (holder) await tellMembers(ctx, before, [holder], `事件 #${before.no} ${line}`)
    return id
  },
}

const same = (words: string) => words

function readCategory(value: string): IncidentCategory | undefined {
  const bare = value.replace(/[。.！!]*$/u, '')
  return (Object.keys(categoryNames) as IncidentCategory[]).find(category => categoryNames[category] === bare)
}

function listDifferences(incident: Incident, { category, place, text }: Changes, reader: Reader): string[] {
  const before = incident.place?.reveal()
  return [
    category !== undefined &&
      category !== incident.category &&
      `${nameCategory(incident.category)} → ${nameCategory(category)}`,
    place !== undefined && place !== before && `${before ? reader.place(before) : '没记地点'} → ${reader.place(place)}`,
    text !== undefined &&
      text !== incident.description.reveal() &&
      (reader.isPrivate ? `内容 → ${shortenText(text, SHOWN)}` : '内容已改'),
  ].filter(difference => difference !== false)
}
