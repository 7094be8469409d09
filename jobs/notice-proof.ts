import type { Desk } from '../handlers/desk.ts'
import { listHands } from '../handlers/notice/chain.ts'
import { listDestinations } from '../handlers/notice/destinations.ts'
import { PROOF_AGAIN_MS } from '../handlers/notice/sign.ts'
import { nameNotice } from '../handlers/notice/words.ts'
import { isReachedLate } from '../policy/notice.ts'
import { dayOf, endOfDay, formatDayShort, formatInstant, instantAt, minuteMs } from '../policy/time.ts'
import { insertTimer } from '../storage/job-runs.ts'
import { listSheets, type NoticeSheet } from '../storage/notice-sheets.ts'
import { listNotices, type Notice, updateNotice } from '../storage/notices.ts'
import type { Job } from './job.ts'

/**
 * The proof of 16:00, in private to 党政办: what went out today, when, to how many groups, which failed, which were reached late.
 * Groups still being sent to at that instant are told of afterwards, once. Nothing sent: silence. Source: S0-21
 */
export const noticeProof: Job = {
  name: 'notice-proof',
  schedule: ['0 16 * * *'],
  days: 'workdays',
  catchUp: 'latest',
  graceMs: 8 * 60 * minuteMs,
  async run(desk, due) {
    const day = dayOf(due.at)
    const proofs = await proveDay(desk, day)
    const isMain = due.at === instantAt(day, desk.pack.notice.cutoff.value)
    const isPending = proofs.some(({ pending }) => pending.length > 0)
    const goesOn = isPending && desk.now < instantAt(day, desk.pack.notice.lateUntil.value)
    if (goesOn) {
      const dueAt = desk.now + PROOF_AGAIN_MS
      await insertTimer(desk.db, { job: noticeProof.name, subject: day, dueAt, at: desk.now })
    }
    const told = isMain ? proofs : proofs.filter(({ late, failed }) => late.length + failed.length > 0)
    if (told.length === 0 || (!isMain && goesOn)) return
    const mark = isMain ? (due.late ? '（补报）' : '') : '（补充）'
    const head = `【${desk.pack.notice.cutoff.value}下发情况${mark}】${formatDayShort(day)}，${told.length}份：`
    // The file to keep: each sheet of the day in the office's form. What is told afterwards changes nothing in it.
    const noticeIds = told.map(({ notice }) => notice.id)
    const attachment = isMain ? { kind: 'notice-document', data: { noticeIds } } : undefined
    const text = [head, ...told.map(proof => renderProof(proof))].join('\n')
    for (const { member } of await listHands(desk, 'issue')) {
      await desk.say.toMember(member, text, { kind: 'notice-proof', urgency: 'notice', attachment })
    }
  },
}

interface Proof {
  notice: Notice
  /** Group names with the instant at which the last of their chats got it. */
  reached: { group: string; at: number }[]
  late: { group: string; at: number }[]
  failed: string[]
  pending: string[]
}

async function proveDay(desk: Desk, day: string): Promise<Proof[]> {
  const broadcast = { from: instantAt(day, '00:00'), before: endOfDay(day) }
  const sent = (await listNotices(desk.db, { broadcast })).filter(({ kind }) => kind === 'campaign')
  const sheets = await listSheets(
    desk.db,
    sent.map(({ id }) => id),
  )
  const proofs: Proof[] = []
  for (const notice of sent) {
    const own = sheets.filter(({ noticeId }) => noticeId === notice.id)
    const proof = proveNotice(desk, notice, own)
    if (proof.late.length > 0 && !notice.late) await updateNotice(desk.db, notice.id, { late: true })
    proofs.push(proof)
  }
  return proofs
}

function proveNotice(desk: Desk, notice: Notice, sheets: readonly NoticeSheet[]): Proof {
  const { pack, calendar } = desk
  const proof: Proof = { notice, reached: [], late: [], failed: [], pending: [] }
  for (const place of listDestinations(desk, notice)) {
    const { name } = place
    const own = sheets.filter(({ groupId, memberId }) =>
      'member' in place ? memberId === place.member.id : groupId !== undefined && groupId === place.group?.id,
    )
    const instants = own.flatMap(({ sentAt }) => (sentAt === undefined ? [] : [sentAt]))
    if (own.length === 0) proof.failed.push(`${name}（没有绑定会话）`)
    else if (own.some(({ state }) => state === 'pending' || state === 'sending')) proof.pending.push(name)
    else if (instants.length === 0) proof.failed.push(`${name}（发送失败）`)
    else {
      const reached = { group: name, at: Math.max(...instants) }
      proof.reached.push(reached)
      if (isReachedLate(notice.signedAt!, reached.at, pack.notice, calendar)) proof.late.push(reached)
    }
  }
  return proof
}

function renderProof({ notice, reached, late, failed, pending }: Proof): string {
  const total = reached.length + failed.length + pending.length
  const last = Math.max(...reached.map(({ at }) => at))
  const parts = [
    `${nameNotice(notice)}${notice.deferred ? '（顺延）' : ''}${clock(notice.broadcastAt!)}下发，送达${reached.length}/${total}${notice.memberIds ? '人' : '个群'}`,
    ...(notice.status === 'withdrawn' ? ['已撤回'] : []),
    ...(reached.length > 0 ? [`最晚${clock(last)}`] : []),
    ...(late.length > 0 ? [`迟发：${late.map(({ group, at }) => `${group} ${clock(at)}`).join('、')}`] : []),
    ...(failed.length > 0 ? [`未送达：${failed.join('、')}`] : []),
    ...(pending.length > 0 ? [`发送中：${pending.join('、')}`] : []),
  ]
  return parts.join('；')
}

/** `15:45:12`. */
function clock(at: number): string {
  return formatInstant(at).slice(11, 19)
}
