import { addMonths, type Day, dayOf, endOfDay, instantAt, timeOf } from '../../policy/time.ts'
import {
  type FieldRecord,
  findFieldRecord,
  insertFieldRecord,
  listFieldRecords,
  type NewFieldRecord,
} from '../../storage/field-records.ts'
import { voidRecord } from '../../storage/records.ts'
import { passVisitLinks } from '../../storage/visit-target-history.ts'
import type { Reader } from '../reader.ts'
import { countForLists } from '../visits/count-for-lists.ts'
import { ALREADY_GONE, type Changes, type Correctable, isNamed, NO_CHANGE, type Told } from './correctable.ts'
import { readHouseholds, readKm, readMinutes, readTimeOn, readWhom } from './values.ts'

const LATE_MONTHS = 1

/** Somebody seen: whom, where, how long, when. */
export const correctableVisit: Correctable = {
  ...fieldWork('visit', '走访'),
  words: '走访',
  example: '走访可以改人、地点、时长、户数和时间，如“更正 走访 王奶奶 改为 李奶奶”“更正 走访 王奶奶 改为 30分钟”',
  read(_ctx, { value, label }, { day }) {
    if (label === '人') return { person: value }
    if (label === '地点') return { place: value }
    const minutes = readMinutes(value)
    if (minutes !== undefined) return { minutes }
    const households = readHouseholds(value)
    if (households !== undefined) return { households }
    return label === '时长' ? undefined : (readAt(value, day) ?? (label === undefined ? readWhom(value) : undefined))
  },
}

/** A round walked: where, how far, how many households, how long, when. */
export const correctablePatrol: Correctable = {
  ...fieldWork('patrol', '巡查'),
  words: '巡查|巡逻',
  example: '巡查可以改地点、公里数、户数、时长和时间，如“更正 巡查 改为 3公里”“更正 巡查 改为 40户”',
  read(_ctx, { value, label, named }, { day }) {
    if (label === '地点') return { place: value }
    const [km, households, minutes] = [readKm(value), readHouseholds(value), readMinutes(value)]
    if (km !== undefined) return { km }
    if (households !== undefined) return { households }
    if (minutes !== undefined) return { minutes }
    if (label === '时长' || label === '人') return undefined
    const place = named === '' ? readWhom(value)?.place : value
    return readAt(value, day) ?? (label === undefined && place !== undefined ? { place } : undefined)
  },
}

function readAt(value: string, day: Day): Changes | undefined {
  const at = readTimeOn(value, day)
  return at === undefined ? undefined : { at }
}

function fieldWork(
  kind: FieldRecord['kind'],
  name: string,
): Pick<Correctable, 'type' | 'name' | 'list' | 'compare' | 'replace'> {
  return {
    type: kind,
    name,
    async list({ db, actor, today }, { day, which }: Told) {
      const from = instantAt(day ?? addMonths(today, -LATE_MONTHS), '00:00')
      const to = endOfDay(day ?? today)
      const own = await listFieldRecords(db, { kind, memberIds: [actor.id], from, to })
      return own.reverse().flatMap(record => {
        const { id, gridId, person, place, at, claimedAt, minutes, km, households } = record
        const amounts = [amount(minutes, '分钟'), amount(km, '公里'), amount(households, '户')]
        const isMeant = isNamed([person?.reveal(), place?.reveal(), ...amounts], which)
        return isMeant ? [{ id, gridId, day: dayOf(claimedAt ?? at) }] : []
      })
    },
    async compare({ db }, id, changes) {
      const record = await findFieldRecord(db, id)
      if (!record || record.voided) return ALREADY_GONE
      if (changes.dropped) return reader => `${name} ${nameOf(record, reader)} 作废`
      if (changes.at !== undefined && changes.at > record.at)
        return { reason: 'later-than-told', text: `${name}是 ${timeOf(record.at)} 报的，不能改成更晚的时间。` }
      if (listDifferences(record, changes, plain).length === 0) return NO_CHANGE
      return reader => {
        const differences = listDifferences(record, changes, reader)
        const isWhom = changes.person !== undefined || changes.place !== undefined
        return isWhom
          ? `${name} ${differences.join('，')}`
          : `${name} ${nameOf(record, reader)}：${differences.join('，')}`
      }
    },
    async replace(ctx, id, { dropped, at, ...changed }, { messageId }) {
      const { db, now, actor } = ctx
      const record = await findFieldRecord(db, id)
      if (!record || !(await voidRecord(db, 'field_record', id, { at: now, by: actor.id })) || dropped) return undefined
      const { person, place, minutes, km, households } = changed
      const told = Object.fromEntries(
        Object.entries({ person, place, minutes, km, households, claimedAt: at }).filter(
          ([, value]) => value !== undefined,
        ),
      )
      const saved = await insertFieldRecord(db, { ...keep(record), ...told, messageId }, now)
      // Whom it was to, the lists are asked anew; a longer visit stays one to the same people, told by code as it may have been.
      if (person !== undefined || place !== undefined) await countForLists(ctx, saved)
      else await passVisitLinks(db, id, saved.id)
      return saved.id
    },
  }
}

/** Everything the record holds, its sealed words opened to be sealed for the new one. */
function keep({ id: _id, voided: _voided, person, place, findings, ...rest }: FieldRecord): NewFieldRecord {
  return { ...rest, person: person?.reveal(), place: place?.reveal(), findings: findings?.reveal() }
}

const plain: Pick<Reader, 'person' | 'place'> = { person: name => name, place: place => place }

function nameOf({ person, place, at, claimedAt }: FieldRecord, reader: Pick<Reader, 'person' | 'place'>): string {
  return (
    (person && reader.person(person.reveal())) ?? (place && reader.place(place.reveal())) ?? timeOf(claimedAt ?? at)
  )
}

/** `王奶奶 → 李奶奶`, `20分钟 → 30分钟`; empty where all is as it was. */
function listDifferences(
  record: FieldRecord,
  { person, place, minutes, km, households, at }: Changes,
  reader: Pick<Reader, 'person' | 'place'>,
): string[] {
  const doneAt = record.claimedAt ?? record.at
  const before = { person: record.person?.reveal(), place: record.place?.reveal() }
  const whom = (value: string | undefined) => value && reader.person(value)
  const where = (value: string | undefined) => value && reader.place(value)
  return [
    person !== undefined && person !== before.person && spell(whom(before.person) ?? where(before.place), whom(person)),
    place !== undefined && place !== before.place && spell(where(before.place) ?? whom(before.person), where(place)),
    minutes !== undefined &&
      minutes !== record.minutes &&
      spell(amount(record.minutes, '分钟'), amount(minutes, '分钟')),
    km !== undefined && km !== record.km && spell(amount(record.km, '公里'), amount(km, '公里')),
    households !== undefined &&
      households !== record.households &&
      spell(amount(record.households, '户'), amount(households, '户')),
    at !== undefined && at !== doneAt && spell(timeOf(doneAt), timeOf(at)),
  ].filter(difference => difference !== false)
}

function amount(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value}${unit}`
}

function spell(before: string | undefined, after: string | undefined): string {
  return `${before ?? '没记'} → ${after}`
}
