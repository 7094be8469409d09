import { listProgress, listReceivers } from '../../storage/notice-receivers.ts'
import type { Notice } from '../../storage/notices.ts'
import type { Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'
import { issuersOf } from './close.ts'
import { renderFigures } from './figures.ts'
import type { listOwed } from './remind.ts'
import { nameNotice, renderDue } from './words.ts'

/** The time is up: the issuing office reads once, in private, who has not finished; those on leave are told apart. */
export async function tellOverdue(desk: Desk, owed: Awaited<ReturnType<typeof listOwed>>): Promise<void> {
  const over = owed.filter(({ kind }) => kind === 'overdue')
  const byIssuer = new Map<Member, string[]>()
  for (const notice of new Set(over.map(one => one.notice))) {
    const text = await renderOverdue(
      desk,
      notice,
      over.filter(one => one.notice === notice),
    )
    for (const issuer of issuersOf(desk, notice)) byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), text])
  }
  for (const [issuer, texts] of byIssuer) {
    const how = '要再催，请说“几号提示单谁还没完成，催一下”；不用再办，请说“办结提示单几号”。'
    await desk.say.toMember(issuer, ['【提示单到期】', ...texts, how].join('\n'), {
      kind: 'notice-overdue',
      urgency: 'normal',
    })
  }
}

async function renderOverdue(desk: Desk, notice: Notice, over: Awaited<ReturnType<typeof listOwed>>): Promise<string> {
  const { db, roster } = desk
  const absent = await listAbsent(desk)
  const all = await listReceivers(db, [notice.id])
  const progress = await listProgress(db, [notice.id])
  const done = all.filter(({ doneAt }) => doneAt !== undefined).length
  const away = over.flatMap(({ rows }) => rows).filter(({ memberId }) => absent.has(memberId)).length
  const grids = over.flatMap(({ gridId, rows }) => {
    const names = rows
      .filter(({ memberId }) => !absent.has(memberId))
      .map(({ memberId }) => {
        const last = progress.findLast(one => one.memberId === memberId)
        return `${roster.memberById(memberId)?.name ?? ''}${last ? renderFigures(last).replace(/^，/, '（').replace(/$/, '）').replace(/^）$/, '') : ''}`
      })
    return names.length > 0 ? [`　${roster.gridById(gridId)?.name ?? ''}：${names.join('、')}`] : []
  })
  const head = `${nameNotice(notice)}${renderDue(over[0]!.due)}到期：${done}/${all.length}人完成${away > 0 ? `，请假${away}人不计` : ''}`
  return [grids.length > 0 ? `${head}，未完成：` : `${head}。`, ...grids].join('\n')
}
