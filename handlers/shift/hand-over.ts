import { insertHandover, type Shift } from '../../storage/shifts.ts'
import { clock } from '../check-in.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listOpenItems, type OpenItem } from './open-items.ts'
import { findOwnTurn, listNextTurn } from './turns.ts'
import { nameShift, refuseWithoutShifts } from './words.ts'

const HAND_OVER = /^\s*(?:@\S+\s+)?交班(?:\s*[。.]?\s*$|[\s,，:：]+(?!打卡|签退|下班)([\s\S]+)$)/u

/**
 * 交班: what stands open is listed, kept and told to the next turn in private, with the words that were added. Once the turn is over it
 * is going off duty as well. Source: S4B-01
 */
export const handOverCommand: Command = {
  name: 'shiftHandOver',
  matches: HAND_OVER,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['交班 东门道闸坏了，已叫人修', '没有规定轮班']] },
  async run(ctx) {
    const { db, actor, at, message } = ctx
    const refused = refuseWithoutShifts(ctx)
    if (refused) return refused
    const note = HAND_OVER.exec(ctx.text)?.[1]?.trim()
    const items = await listOpenItems(ctx)
    const list = items.map(({ text }) => `· ${text}`)
    const turn = await findOwnTurn(db, actor.id, at)
    if (!turn) {
      const open = items.length > 0 ? ['手上没办完的：', ...list] : []
      const how = '班表里没有您现在的班，交班没有记。请排班的人发“排班 今天 白班 @姓名”，或直接找接班的人说。'
      return refuse('no-shift', [how, ...open].join('\n'), { private: true })
    }
    const kept = items.map(({ type, no }) => ({ type, no }))
    const saved = await insertHandover(db, { shiftId: turn.id, at, note, items: kept, messageId: message.id })
    const next = await listNextTurn(ctx, turn)
    await tellNext(ctx, turn, next, { note, items })
    const off =
      at >= turn.endsAt && ctx.may('checkIn') ? await clock(ctx, { kind: 'off', makeup: false, at }) : undefined
    await ctx.record('created', { type: 'shiftHandover', id: saved.id }, { items: kept.length })
    const names = next.flatMap(({ memberId }) => ctx.roster.memberById(memberId)?.name ?? [])
    const told = names.length > 0 ? `已告诉下一班${names.join('、')}。` : '下一班还没排，请告诉排班的人。'
    const head = `已交班：${nameShift(turn)}，没办完的${items.length}件。${told}`
    return answer([head, ...list, ...(off && !off.refused ? [off.text] : [])].join('\n'), { private: true })
  },
}

async function tellNext(
  { actor, roster, say }: Ctx,
  turn: Shift,
  next: readonly Shift[],
  { note, items }: { note: string | undefined; items: readonly OpenItem[] },
): Promise<void> {
  const lines = [
    `${actor.name}交班（${nameShift(turn)}）：没办完的${items.length}件。`,
    ...items.map(({ text }) => `· ${text}`),
    ...(note ? [`说明：${note}`] : []),
  ]
  for (const { memberId } of next) {
    const member = roster.memberById(memberId)
    if (!member || memberId === actor.id) continue
    await say.toMember(member, lines.join('\n'), {
      kind: 'shift-handover',
      // The next turn begins at night as well as by day.
      urgency: 'urgent',
      subject: { type: 'shift', id: turn.id },
      card: { title: '接班', buttons: [{ key: 'take', text: '接班', says: '接班' }] },
    })
  }
}
