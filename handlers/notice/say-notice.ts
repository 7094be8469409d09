import type { Notice } from '../../storage/notices.ts'
import type { Card } from '../../storage/outbox.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { type Hand, listHands } from './chain.ts'
import { askForHand, nameHand, nameNotice, renderParts } from './words.ts'

const subjectOf = ({ id }: Notice) => ({ type: 'notice', id })

/** To whoever must act next, whole and with buttons. */
export async function tellReviewer(desk: Desk, notice: Notice, hand: Hand): Promise<void> {
  const drafter = desk.roster.memberById(notice.drafterId)?.name ?? ''
  const text = `【待审核】${nameNotice(notice)}，${notice.office ?? ''}${drafter}拟${askForHand(hand)}。\n${renderParts(desk, notice)}`
  await desk.say.toMember(hand.member, text, {
    kind: 'notice-review',
    urgency: 'normal',
    subject: subjectOf(notice),
    card: card(notice, [
      ['approve', '同意', `${notice.no}号提示单同意`],
      ['reject', '退回', `${notice.no}号提示单退回`],
    ]),
  })
}

export async function tellSigners(desk: Desk, notice: Notice, reviewer: Hand): Promise<void> {
  for (const hand of await listHands(desk, 'sign')) {
    const text = `【待签发】${nameNotice(notice)}，${reviewer.member.name}${nameHand(reviewer)}已审核${askForHand(hand)}。\n${renderParts(desk, notice)}`
    await desk.say.toMember(hand.member, text, {
      kind: 'notice-sign',
      urgency: 'normal',
      subject: subjectOf(notice),
      card: card(notice, [
        ['sign', '签发', `${notice.no}号提示单签发`],
        ['reject', '退回', `${notice.no}号提示单退回`],
      ]),
    })
  }
}

/** The drafter, and 党政办 who sends out; whoever acted just now knows already. */
export async function tellSigned(desk: Desk, notice: Notice, when: string, actor: Member): Promise<void> {
  const waits = notice.status === 'signed' && !notice.deferred
  const issuers = (await listHands(desk, 'issue')).map(({ member }) => member)
  const drafter = desk.roster.memberById(notice.drafterId)
  const others = drafter && !issuers.includes(drafter) ? [drafter, ...issuers] : issuers
  for (const member of others.filter(({ id }) => id !== actor.id)) {
    await desk.say.toMember(member, `${nameNotice(notice)}已签发，${when}。`, {
      kind: 'notice-signed',
      urgency: 'normal',
      subject: subjectOf(notice),
      card:
        waits && issuers.includes(member)
          ? card(notice, [['issue', '立即下发', `${notice.no}号提示单立即下发`]])
          : undefined,
    })
  }
}

/** With the words ready to be copied, changed and sent again under the same number. */
export async function tellRejected(desk: Desk, notice: Notice, by: Hand, reason: string): Promise<void> {
  const drafter = desk.roster.memberById(notice.drafterId)
  if (!drafter) return
  const text = `${nameNotice(notice)}被${by.member.name}${nameHand(by)}退回：${reason}\n复制下面这段，改好发我就行：\n修改${notice.no}号提示单\n${renderParts(desk, notice)}`
  await desk.say.toMember(drafter, text, { kind: 'notice-rejected', urgency: 'normal', subject: subjectOf(notice) })
}

function card({ no, title }: Notice, buttons: [key: string, text: string, says: string][]): Card {
  return {
    title: `${no}号 ${title ?? ''}`.trim(),
    buttons: buttons.map(([key, text, says]) => ({ key, text, says })),
    ends: 'everybody',
  }
}
