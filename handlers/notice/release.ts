import { formatDayShort } from '../../policy/time.ts'
import { maskNumbers } from '../../storage/masking.ts'
import { insertReceivers } from '../../storage/notice-receivers.ts'
import { insertSheet } from '../../storage/notice-sheets.ts'
import { moveNotice, type Notice } from '../../storage/notices.ts'
import type { Urgency } from '../../storage/outbox.ts'
import type { Desk } from '../desk.ts'
import { renderDue, targetGrids } from './words.ts'

/** A signed notice that goes out now, and how that is to be marked. */
export interface Release {
  notice: Notice
  deferred: boolean
  late: boolean
}

/**
 * Sends notices out: one sheet per target grid's group with all that is for it, receivers noted, status `broadcast`.
 * A group that has no bound chat gets nothing here; the proof line names it.
 *
 * @returns how many groups the sheets are on their way to
 */
export async function releaseNotices(
  desk: Desk,
  releases: readonly Release[],
  urgency: Urgency = 'notice',
): Promise<number> {
  const { db, roster, say } = desk
  const going = await claimReleases(desk, releases)
  let groups = 0
  for (const grid of roster.grids) {
    const forGrid = going.filter(({ notice }) => targetGrids(roster, notice).includes(grid))
    const group = roster.groupFor({ gridId: grid.id })
    const first = forGrid[0]
    if (!first) continue
    if (group) {
      const subject = { type: 'notice', id: first.notice.id }
      const sheets = await say.toGroup(group, renderSheet(desk, forGrid), { kind: 'notice-sheet', urgency, subject })
      for (const { id: outboxId } of sheets) {
        for (const { notice } of forGrid) await insertSheet(db, { noticeId: notice.id, outboxId, groupId: group.id })
      }
      if (sheets.length > 0) groups += 1
    }
    for (const { notice } of forGrid) await noteReceivers(desk, notice, grid.id)
  }
  return groups
}

/** 党政办 and the compiled run can come at the same instant: whoever marks a notice first sends it. */
async function claimReleases(desk: Desk, releases: readonly Release[]): Promise<Release[]> {
  const claimed: Release[] = []
  for (const { notice, deferred, late } of releases) {
    const changes = { status: 'broadcast', broadcastAt: desk.now, deferred, late } as const
    const moved = await moveNotice(desk.db, notice.id, 'signed', changes)
    if (!moved) continue
    await desk.record('broadcast', { type: 'notice', id: notice.id })
    claimed.push({ notice: moved, deferred, late })
  }
  return claimed
}

/** Those who owe acknowledgement and completion; observers read along and owe nothing. */
async function noteReceivers({ db, now, pack, roster, today }: Desk, notice: Notice, gridId: string): Promise<void> {
  const receivers = roster.holders(pack.notice.receivers.value, today, { gridId })
  await insertReceivers(
    db,
    notice.id,
    receivers.map(({ id }) => ({ memberId: id, gridId })),
    now,
  )
}

/** Several notices read as one sheet, each under its own head. Source: S0-21 (以工作提示单形式), S0-22 (the four parts) */
function renderSheet({ pack, today }: Desk, releases: readonly Release[]): string {
  const names = pack.notice.parts.value
  const sheets = releases.map(({ notice, deferred, late }) => {
    const { no, title, content, requirement, due, appraisal, kind, expediteReason } = notice
    const mark = [
      expediteReason && '加急',
      deferred && '顺延',
      late && '迟发',
      kind === 'standing' && '常态化任务',
    ].filter(Boolean)
    return [
      `【工作提示单 第${no}号】${title ?? ''}${mark.length > 0 ? `（${mark.join('、')}）` : ''}`,
      `${names.content}：${content}`,
      `${names.requirement}：${requirement}`,
      ...(due ? [`${names.due}：${renderDue(due)}`] : []),
      `${names.appraisal}：${appraisal}`,
    ].join('\n')
  })
  const head = releases.length > 1 ? [`${formatDayShort(today)}工作提示单，共${releases.length}份`] : []
  return maskNumbers([...head, ...sheets, '看到请回“收到”，做完请回“几号完成”。'].join('\n\n'))
}
