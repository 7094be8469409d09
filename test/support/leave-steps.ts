import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { nextNumber } from '../../storage/settings.ts'
import type { TestStreet } from './street.ts'

/** Somebody's leave for whole days, asked for and approved. */
export async function withApprovedLeave(street: TestStreet, who: string, from: string, to = from): Promise<void> {
  const { messageId } = await street.say(who, '您好')
  const [member] = (await street.roster()).membersNamed(who)
  await street.change(async db => {
    const leave = await insertLeave(db, {
      no: await nextNumber(db, 'leave'),
      memberId: member!.id,
      fromDay: from,
      toDay: to,
      approverId: member!.id,
      askedAt: street.now(),
      messageId,
    })
    await settleLeave(db, leave.id, { status: 'approved', at: street.now() })
  })
}
