import { addDays, addMonths, formatDayCompact } from '../../policy/time.ts'
import { findOuting, insertOuting, listOutings } from '../../storage/outings.ts'
import { voidRecord } from '../../storage/records.ts'
import { ALREADY_GONE, type Correctable, isNamed, NO_CHANGE } from './correctable.ts'

const LATE_MONTHS = 1
const AHEAD_DAYS = 31
const halves = { am: '上午', pm: '下午', day: '全天' } as const
const HALF = /^(上午|早上|下午|全天|整天|一?整天)[。.！!]*$/u

/** 公出: which half of the day, and why. */
export const correctableOuting: Correctable = {
  type: 'outing',
  name: '公出',
  words: '公出|外出',
  example: '公出可以改半天和事由，如“更正 公出 改为 下午”“更正 公出 事由 改为 去区里开会”',
  async list({ db, actor, today }, { day, which }) {
    const range = { from: day ?? addMonths(today, -LATE_MONTHS), to: day ?? addDays(today, AHEAD_DAYS) }
    const own = (await listOutings(db, range)).filter(({ memberId }) => memberId === actor.id)
    return own.reverse().flatMap(({ id, day, reason }) => (isNamed([reason.reveal()], which) ? [{ id, day }] : []))
  },
  read(_ctx, { value, label }) {
    const word = label === undefined || label === '时间' ? HALF.exec(value)?.[1] : undefined
    if (word) return { half: /下午/u.test(word) ? 'pm' : /上午|早上/u.test(word) ? 'am' : 'day' }
    return label === '事由' || label === '内容' ? { reason: value } : undefined
  },
  async compare({ db, today }, id, { dropped, half, reason }) {
    const outing = await findOuting(db, id)
    if (!outing || outing.voided) return ALREADY_GONE
    const name = `公出 ${formatDayCompact(outing.day, today)}`
    if (dropped) return () => `${name} 作废`
    const before = outing.half ?? 'day'
    const differences = [
      half !== undefined && half !== before && `${halves[before]} → ${halves[half]}`,
      reason !== undefined && reason !== outing.reason.reveal() && `事由 → ${reason}`,
    ].filter(difference => difference !== false)
    return differences.length === 0 ? NO_CHANGE : () => `${name}：${differences.join('，')}`
  },
  async replace({ db, now, actor }, id, { dropped, half, reason }, { messageId }) {
    const outing = await findOuting(db, id)
    if (!outing || !(await voidRecord(db, 'outing', id, { at: now, by: actor.id })) || dropped) return undefined
    const { id: _id, voided: _voided, ...kept } = outing
    const part = half ?? outing.half ?? 'day'
    const saved = await insertOuting(
      db,
      { ...kept, half: part === 'day' ? undefined : part, reason: reason ?? outing.reason.reveal(), messageId },
      now,
    )
    return saved.id
  },
}
