import { addMonths, timeOf } from '../../policy/time.ts'
import { type CheckInRecord, findCheckIn, insertCheckIn, listCheckIns } from '../../storage/check-ins.ts'
import { dropMergedLines } from '../../storage/own-records.ts'
import { voidRecord } from '../../storage/records.ts'
import type { Ctx } from '../handler.ts'
import { judgePunch } from '../presence/judge-punch.ts'
import { mayMakeUpAtOnce, nameKind, tellOfMakeup } from '../presence/makeup.ts'
import { ALREADY_GONE, type Correctable, type Hindrance, isNamed, NO_CHANGE } from './correctable.ts'
import { readTimeOn } from './values.ts'

const LATE_MONTHS = 1
const KIND = /^(上班|下班)(?:打?卡)?[。.！!]*$/u
const OFFICIAL: Hindrance = {
  reason: 'official-punch',
  text: '这次打卡是从平台考勤导入的，请在平台里补卡或更正，下次导入时自动更新。',
}

/** A wrong button (the instant stands) or a wrong time (then it counts as a make-up). Source: S0-25 (wrong button, forgot) */
export const correctableCheckIn: Correctable = {
  type: 'checkIn',
  name: '打卡',
  words: '(?:上班|下班)?(?:的)?打卡|上班卡|下班卡|上班|下班',
  example: '打卡可以改时间和上下班，如“更正 昨天上班 打卡 改为 8:20”“更正 打卡 改为 下班”',
  missing: '忘打了可以补，如“补卡 昨天下班 17:35”。',
  async list({ db, actor, today }, { day, named, which }) {
    const range = { from: day ?? addMonths(today, -LATE_MONTHS), to: day ?? today }
    const own = await listCheckIns(db, { ...range, memberIds: [actor.id] })
    const kind = named.includes('上班') ? 'on' : named.includes('下班') ? 'off' : undefined
    return own.reverse().flatMap(record => {
      const isMeant = (kind === undefined || record.kind === kind) && isNamed([timeOf(record.at)], which)
      return isMeant ? [{ id: record.id, day: record.day }] : []
    })
  },
  read(_ctx, { value, label }, { day }) {
    const [, kind] = KIND.exec(value) ?? []
    if (kind) return { kind: kind === '上班' ? 'on' : 'off' }
    const at = label === undefined || label === '时间' ? readTimeOn(value, day) : undefined
    return at === undefined ? undefined : { at }
  },
  async compare({ db, now }, id, changes) {
    const record = await findCheckIn(db, id)
    if (!record || record.voided) return ALREADY_GONE
    if (record.source === 'dingtalk' || record.source === 'wecom') return OFFICIAL
    const what = `${nameKind(record.kind)}打卡 ${timeOf(record.at)}`
    if (changes.dropped) return () => `${what} 作废`
    if (changes.at !== undefined && changes.at > now) return { reason: 'in-future', text: '还没到那个时间，没有改动。' }
    const { kind = record.kind, at = record.at } = changes
    if (kind === record.kind && timeOf(at) === timeOf(record.at)) return NO_CHANGE
    return () => `${what} → ${kind === record.kind ? '' : nameKind(kind)}${at === record.at ? '' : timeOf(at)}`
  },
  async replace(ctx, id, changes, { messageId }) {
    const { db, now, actor } = ctx
    const record = await findCheckIn(db, id)
    if (!record || !(await voidRecord(db, 'check_in', id, { at: now, by: actor.id }))) return undefined
    await dropMergedLines(db, record.messageId)
    if (changes.dropped) return undefined
    const { id: _id, voided: _voided, place, ...kept } = record
    const { kind = record.kind, at = record.at } = changes
    const result = changes.at === undefined ? await judgeAgain(ctx, record, kind) : 'makeup'
    const saved = await insertCheckIn(db, { ...kept, kind, at, result, place: place?.reveal(), messageId }, now)
    return saved.id
  },
  needsApproval: (ctx, { day }, { at }) => at !== undefined && !mayMakeUpAtOnce(ctx, day),
  // A wrong button is nobody else's matter: the instant stands.
  tellWhenDirect: async (ctx, what, { at }) =>
    at === undefined ? '' : tellOfMakeup(ctx, `${ctx.actor.name}更正了${what}`, ctx.today),
}

/** The same instant under the other button. */
async function judgeAgain(ctx: Ctx, { day, at, memberId }: CheckInRecord, kind: 'on' | 'off') {
  const owner = ctx.roster.memberById(memberId) ?? ctx.actor
  const { verdict } = await judgePunch(ctx, owner, { at, day, kind, makeup: false, standing: [] })
  return verdict.result
}
