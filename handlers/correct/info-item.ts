import { nameInfoKind } from '../../policy/information.ts'
import { addMonths, dayOf, endOfDay, instantAt, timeOf } from '../../policy/time.ts'
import {
  findInfoItem,
  type InfoItem,
  insertInfoItem,
  linkIncident,
  listInfoItems,
  type NewInfoItem,
  passRepeats,
  releaseRepeats,
} from '../../storage/info-items.ts'
import { voidRecord } from '../../storage/records.ts'
import type { Ctx } from '../handler.ts'
import { findRepeated } from '../information/file.ts'
import { topicNames } from '../information/topics.ts'
import { type Reader, shortenText } from '../reader.ts'
import type { InfoTopic } from '../slots.ts'
import { ALREADY_GONE, type Changes, type Correctable, isNamed, NO_CHANGE } from './correctable.ts'

const LATE_MONTHS = 1
const SHOWN = 12

/** Something told: its words, its topic, its place. Source: S2-25 (the quota counts what stands) */
export const correctableInfoItem: Correctable = {
  type: 'infoItem',
  name: '信息',
  words: '信息',
  example: '信息可以改内容、类别和地点，如“更正 信息 类别 改为 人口”“更正 信息 改为 5幢新搬来两口人”',
  async list({ db, actor, today }, { day, which }) {
    const from = instantAt(day ?? addMonths(today, -LATE_MONTHS), '00:00')
    const own = await listInfoItems(db, { memberIds: [actor.id], from, to: endOfDay(day ?? today) })
    return own.reverse().flatMap(({ id, no, gridId, at, topic, text, place }) => {
      const isMeant = isNamed([`${no}`, topicNames[topic as InfoTopic], text.reveal(), place?.reveal()], which)
      return isMeant ? [{ id, gridId, day: dayOf(at) }] : []
    })
  },
  read(_ctx, { value, label, named }) {
    const topic = readTopic(value)
    if (label === '类别') return topic && { topic }
    if (label === '地点') return { place: value }
    if (label === '内容') return { text: value }
    if (label !== undefined) return undefined
    // 改成… alone is too easily about something else to put other words into a record.
    return topic ? { topic } : named === '' ? undefined : { text: value }
  },
  async compare({ db }, id, changes) {
    const item = await findInfoItem(db, id)
    if (!item || item.voided) return ALREADY_GONE
    const name = `信息 ${timeOf(item.at)}`
    if (changes.dropped) return () => `${name} 作废`
    if (listDifferences(item, changes, { isPrivate: true, person: same, place: same }).length === 0) return NO_CHANGE
    return reader => `${name}：${listDifferences(item, changes, reader).join('，')}`
  },
  async replace(ctx, id, { dropped, topic, text, place }, { messageId }) {
    const { db, now, actor, pack } = ctx
    const item = await findInfoItem(db, id)
    if (!item || !(await voidRecord(db, 'info_item', id, { at: now, by: actor.id }))) return undefined
    if (dropped || text !== undefined) await releaseRepeats(db, id)
    if (dropped) return undefined
    const { id: _id, voided: _voided, ...kept } = item
    const words = text ?? item.text.reveal()
    const said = topic ?? (item.topic as InfoTopic)
    const told: NewInfoItem = {
      ...kept,
      topic: said,
      kind: nameInfoKind(pack, said, words),
      text: words,
      place: place ?? item.place?.reveal(),
      repeatOf: text === undefined ? item.repeatOf : await findRepeatedBy(ctx, item, text),
      messageId,
    }
    const saved = await insertInfoItem(db, told, now)
    await passRepeats(db, id, saved.id)
    if (item.incidentId !== undefined) await linkIncident(db, saved.id, item.incidentId)
    return saved.id
  },
}

/** Other words may say what another item of the grid says, or no longer do. Source: S2-25 */
async function findRepeatedBy(ctx: Ctx, { gridId, at }: InfoItem, text: string): Promise<string | undefined> {
  return gridId === undefined ? undefined : (await findRepeated(ctx, { id: gridId }, text, at))?.id
}

const same = (words: string) => words

function readTopic(value: string): InfoTopic | undefined {
  const bare = value.replace(/(?:信息|类)?[。.！!]*$/u, '')
  return (Object.keys(topicNames) as InfoTopic[]).find(topic => topicNames[topic] === bare)
}

/** A group reads that the words were changed, not the words: they may be about people. */
function listDifferences(item: InfoItem, { topic, text, place }: Changes, reader: Reader): string[] {
  const before = item.place?.reveal()
  return [
    topic !== undefined &&
      topic !== item.topic &&
      `${topicNames[item.topic as InfoTopic] ?? topicNames.other} → ${topicNames[topic]}`,
    place !== undefined && place !== before && `${before ? reader.place(before) : '没记'} → ${reader.place(place)}`,
    text !== undefined &&
      text !== item.text.reveal() &&
      (reader.isPrivate ? `内容 → ${shortenText(text, SHOWN)}` : '内容已改'),
  ].filter(difference => difference !== false)
}
