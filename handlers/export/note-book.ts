import { type Incident, listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import { gridsOf, hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { answer, type Command } from '../handler.ts'

/**
 * What is still open of what somebody reported, has in hand, or answers for as the grid's leader; the oldest first.
 * Source: S3A-38
 */
export async function listUnsolved(
  { db, roster, today }: Pick<Desk, 'db' | 'roster' | 'today'>,
  member: Member,
): Promise<Incident[]> {
  const led = hasRole(member, ['leader'], today) ? gridsOf(roster, member, today).map(({ id }) => id) : []
  const open = await listIncidents(db, { statuses: OPEN_STATUSES })
  return open.filter(
    ({ reporterId, holderId, gridId }) =>
      reporterId === member.id || holderId === member.id || (gridId !== undefined && led.includes(gridId)),
  )
}

/** `笔记本`: the unsolved, to print and to write into. */
export const noteBookCommand: Command = {
  name: 'noteBook',
  matches: /^\s*(?:导出\s*)?(?:我的|专用)?笔记本\s*[。.!！?？]*\s*$/u,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['笔记本', '没有未解决的']] },
  async run(ctx) {
    const cases = await listUnsolved(ctx, ctx.actor)
    if (cases.length === 0) return answer('没有未解决的问题，笔记本是空的。', { private: true })
    return answer(`未解决的${cases.length}件都写进了笔记本，附件可打印，每件后面留了补记的地方。`, {
      private: true,
      attachment: { kind: 'note-book', data: { memberId: ctx.actor.id } },
    })
  },
}
