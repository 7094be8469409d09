import { addDays, formatDayShort } from '../../policy/time.ts'
import { type Admission, amendAdmission, listAdmissions, listNoticesUnder } from '../../storage/admissions.ts'
import { listAudit } from '../../storage/audit.ts'
import { findNotice, listNotices, moveNotice, type Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { issuersOf } from '../notice/close.ts'
import { nameNotice } from '../notice/words.ts'
import { renderAdmission } from './words.ts'

/** A matter whose last day is over stops by itself, and with it what is still out under it. Source: S2-31 (作为临时事项纳入) */
export async function stopEnded(desk: Desk): Promise<void> {
  const ended = await listAdmissions(desk.db, { statuses: ['admitted'], endedBefore: desk.today })
  for (const admission of ended) {
    await amendAdmission(desk.db, admission.id, { status: 'stopped' })
    await desk.record('stopped', { type: 'admission', id: admission.id })
    const closed = await closeUnder(desk, admission)
    const names = closed.map(nameNotice).join('、')
    const rest = closed.length > 0 ? `，已停止：${names}，不再催办` : ''
    await tell(desk, admission, closed, `${admission.code}《${admission.title}》到期停止${rest}。`)
  }
}

async function closeUnder({ db, now, record }: Desk, { id }: Admission): Promise<Notice[]> {
  const closed: Notice[] = []
  for (const noticeId of await listNoticesUnder(db, id)) {
    const moved = await moveNotice(db, noticeId, 'broadcast', { status: 'closed', closedAt: now })
    if (!moved) continue
    await record('closed', { type: 'notice', id: noticeId }, { by: 'admissionEnded' })
    closed.push(moved)
    // The times of a recurring task end with it.
    for (const child of await listNotices(db, { parentId: noticeId, statuses: ['broadcast'] })) {
      const ended = await moveNotice(db, child.id, 'broadcast', { status: 'closed', closedAt: now })
      if (ended) await record('closed', { type: 'notice', id: child.id }, { by: 'admissionEnded' })
    }
  }
  return closed
}

const WARNED = 'warned'

/** Some days before, once: there is time to ask for more. */
export async function warnEnding(desk: Desk): Promise<void> {
  const { db, today, pack } = desk
  const admitted = await listAdmissions(db, { statuses: ['admitted'] })
  const ending = admitted.filter(({ to }) => to !== undefined && to <= addDays(today, pack.admission.warnDays.value))
  for (const admission of ending) {
    const trail = await listAudit(db, { type: 'admission', subjectId: admission.id })
    if (admission.to! < today || trail.some(({ action }) => action === WARNED)) continue
    await desk.record(WARNED, { type: 'admission', id: admission.id })
    const under = await listUnder(desk, admission)
    const text = `${renderAdmission(admission)}，${formatDayShort(admission.to!)}24:00到期自动停止${under.length > 0 ? `，连带${under.map(nameNotice).join('、')}` : ''}。要延长请重新备案。`
    await tell(desk, admission, under, text)
  }
}

async function listUnder({ db }: Desk, { id }: Admission): Promise<Notice[]> {
  const notices: Notice[] = []
  for (const noticeId of await listNoticesUnder(db, id)) {
    const notice = await findNotice(db, noticeId)
    if (notice?.status === 'broadcast') notices.push(notice)
  }
  return notices
}

/** Who registered it, and the offices whose notices it carries; each once. */
async function tell(
  desk: Desk,
  { id, registeredBy }: Admission,
  notices: readonly Notice[],
  text: string,
): Promise<void> {
  const registrar = desk.roster.memberById(registeredBy)
  const members = new Set<Member>([
    ...(registrar ? [registrar] : []),
    ...notices.flatMap(notice => issuersOf(desk, notice)),
  ])
  for (const member of members) {
    await desk.say.toMember(member, text, { kind: 'admission', urgency: 'normal', subject: { type: 'admission', id } })
  }
}
