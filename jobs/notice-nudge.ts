import type { Desk } from '../handlers/desk.ts'
import { type Hand, listHands, reviewersOf } from '../handlers/notice/chain.ts'
import { askForHand, nameNotice } from '../handlers/notice/words.ts'
import { dayOf, instantAt, minuteMs, timeOf } from '../policy/time.ts'
import { listNotices, type Notice } from '../storage/notices.ts'
import type { Job } from './job.ts'

/** In private to each who holds a notice up, and to 党政办; silence where nothing waits. Source: S0-21, contract "Task notices" */
export const noticeNudge: Job = {
  name: 'notice-nudge',
  schedule: ['0,30 15 * * *'],
  days: 'workdays',
  catchUp: 'drop',
  graceMs: 10 * minuteMs,
  async run(desk, due) {
    const { db, pack } = desk
    if (!pack.notice.nudgesAt.value.includes(timeOf(due.at))) return
    const waiting = await listNotices(db, { statuses: ['submitted', 'reviewed'] })
    // A standing task goes out on signature, whatever the hour.
    const campaigns = waiting.filter(({ kind }) => kind === 'campaign')
    const submitted = campaigns.filter(({ status }) => status === 'submitted')
    const reviewed = campaigns.filter(({ status }) => status === 'reviewed')
    if (submitted.length + reviewed.length === 0) return

    for (const reviewerId of new Set(submitted.map(notice => notice.reviewerId))) {
      const own = submitted.filter(notice => notice.reviewerId === reviewerId)
      for (const hand of await listHands(desk, 'review', reviewersOf(desk, { reviewerId })))
        await nudge(desk, due.at, hand, own, '待您审核', '同意')
    }
    if (reviewed.length > 0) {
      for (const hand of await listHands(desk, 'sign')) await nudge(desk, due.at, hand, reviewed, '待您签发', '签发')
    }
    await tellIssuers(desk, due.at, submitted, reviewed)
  },
}

async function nudge(
  desk: Desk,
  at: number,
  hand: Hand,
  notices: readonly Notice[],
  what: string,
  word: string,
): Promise<void> {
  const names = notices.map(nameNotice).join('、')
  const text = `有${notices.length}份提示单${what}${askForHand(hand)}：${names}。今天${desk.pack.notice.cutoff.value}前下发，来得及请现在办。`
  const buttons = notices.map(({ no }) => ({ key: `${no}`, text: `${no}号${word}`, says: `${no}号提示单${word}` }))
  await desk.say.toMember(hand.member, text, {
    kind: 'notice-nudge',
    urgency: 'normal',
    card: { title: what, buttons, ends: 'never' },
    notAfter: cutoffOf(desk, at),
  })
}

async function tellIssuers(
  desk: Desk,
  at: number,
  submitted: readonly Notice[],
  reviewed: readonly Notice[],
): Promise<void> {
  const principals = (await listHands(desk, 'sign')).map(nameActing)
  const lines = [
    ...(await Promise.all(
      submitted.map(async notice => {
        const hands = await listHands(desk, 'review', reviewersOf(desk, notice))
        return `${nameNotice(notice)}：待${hands.map(nameActing).join('、')}审核`
      }),
    )),
    ...reviewed.map(notice => `${nameNotice(notice)}：待${principals.join('、')}签发`),
  ]
  for (const { member } of await listHands(desk, 'issue')) {
    const text = `今天还有${lines.length}份提示单没签完：\n${lines.join('\n')}`
    await desk.say.toMember(member, text, { kind: 'notice-nudge', urgency: 'normal', notAfter: cutoffOf(desk, at) })
  }
}

function nameActing({ member, forMember }: Hand): string {
  return forMember ? `${member.name}（代${forMember.name}）` : member.name
}

function cutoffOf({ pack }: Desk, at: number): number {
  return instantAt(dayOf(at), pack.notice.cutoff.value)
}
