import { formatDayCompact } from '../../../policy/time.ts'
import { type GridChange, insertGridChange, type NewGridChange } from '../../../storage/grid-changes.ts'
import { newId } from '../../../storage/ids.ts'
import { touchRoster } from '../../../storage/load-roster.ts'
import { type Answer, answer, type Ctx } from '../../handler.ts'

/** Writes a change down, tells the county office where the document wants it filed, and answers. Source: S2-12 */
export async function settleChange(
  ctx: Ctx,
  change: Pick<NewGridChange, 'kind' | 'day' | 'words' | 'touched'>,
  more: readonly string[],
): Promise<Answer> {
  const { db, actor, at, message, now, today } = ctx
  const saved = await insertGridChange(db, { ...change, byId: actor.id, at, messageId: message.id }, now)
  await touchRoster(db, newId(now))
  await ctx.record('created', { type: 'gridChange', id: saved.id }, { kind: change.kind, day: change.day })
  const when = change.day === today ? '从今天起' : `从${formatDayCompact(change.day, today)}起`
  const filing = await askForFiling(ctx, saved)
  const history = change.kind === 'recode' ? '以前的记录仍写旧编码。' : '以前的记录留在原来的网格。'
  return answer([`已记网格变更${saved.no}号：${change.words}，${when}。${history}`, ...more, ...filing].join('\n'), {
    private: true,
  })
}

async function askForFiling({ pack, roster, today, say, actor }: Ctx, change: GridChange): Promise<string[]> {
  const rule = pack.staffing.gridChanges?.filedWith
  if (!rule) return []
  const offices = roster.holders([rule.value], today).filter(({ id }) => id !== actor.id)
  for (const member of offices) {
    const text = `${roster.street.name}报来网格变更${change.no}号：${change.words}，自${change.day}起。备案后请回“备案${change.no}”。（依据：${rule.clause}）`
    await say.toMember(member, text, {
      kind: 'grid-change',
      urgency: 'normal',
      subject: { type: 'gridChange', id: change.id },
    })
  }
  const told = offices.length > 0 ? `已报${offices.map(({ name }) => name).join('、')}备案` : '还要报县综治办备案'
  return [`${told}，备案后回“备案${change.no}”。（依据：${rule.clause}）`]
}
