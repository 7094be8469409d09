import { formatDayShort } from '../../policy/time.ts'
import { insertCorrection, listCorrections, type NewCorrection } from '../../storage/corrections.ts'
import { nextNumber } from '../../storage/settings.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import { listDeciders } from './deciders.ts'

type Wish = Pick<NewCorrection, 'subject' | 'gridId' | 'day' | 'changes' | 'what' | 'reason'>

/** What its maker may not put right alone any more is laid before whoever answers for the grid; until then all stays as it is. */
export async function requestCorrection(ctx: Ctx, wish: Wish): Promise<Answer> {
  const { db, actor, now, message } = ctx
  const asked = await listCorrections(db, { memberId: actor.id, statuses: ['pending'] })
  const same = asked.find(({ subject, what }) =>
    wish.subject.id === undefined ? what.reveal() === wish.what : subject.id === wish.subject.id,
  )
  if (same) {
    return refuse(
      'asked-already',
      `这条已报过更正${same.no}号（${same.what.reveal()}），等批。要换个改法，先回“撤回更正${same.no}”。`,
      { private: true },
    )
  }
  const deciders = await listDeciders(ctx, actor, wish.gridId)
  if (deciders.length === 0) {
    return refuse('no-approver', '这里没有人能批您的更正，请按组织程序办理；记录没有改动。', { private: true })
  }
  const no = await nextNumber(db, 'correction')
  const saved = await insertCorrection(db, {
    ...wish,
    no,
    memberId: actor.id,
    status: 'pending',
    askedAt: now,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'correction', id: saved.id }, { subject: wish.subject })
  const about = `【更正】${no}号，${actor.name}：${wish.what}（${formatDayShort(wish.day)}的记录）`
  for (const decider of deciders) {
    await ctx.say.toMember(decider, `${about}${wish.reason ? `\n事由：${wish.reason}` : ''}`, {
      kind: 'correction-request',
      urgency: 'normal',
      subject: { type: 'correction', id: saved.id },
      card: {
        title: `${no}号 更正`,
        buttons: [
          { key: 'approve', text: '同意', says: `同意更正${no}` },
          { key: 'reject', text: '不同意', says: `不同意更正${no}` },
        ],
        ends: 'everybody',
      },
    })
  }
  const names = deciders.map(({ name }) => name).join('、')
  return answer(
    `已报${names}审批：更正${no}号，${wish.what}。${wish.subject.id === undefined ? '同意后算补卡' : '同意后才改'}，结果我私下告诉您。`,
    { private: true },
  )
}
