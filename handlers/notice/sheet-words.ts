import { listNoticeAttachments } from '../../storage/notice-attachments.ts'
import { findNotice, type Notice } from '../../storage/notices.ts'
import { tellKnownFields } from '../burden/fields.ts'
import type { Desk } from '../desk.ts'
import { renderCycle, renderDue } from './words.ts'

/** What stands in brackets behind the title: 加急, 顺延, 迟发, 常态化任务, 更正第12号. */
export async function markOf({ db }: Pick<Desk, 'db'>, notice: Notice): Promise<string[]> {
  const { expediteReason, deferred, late, kind, correctsId } = notice
  const corrected = correctsId === undefined ? undefined : await findNotice(db, correctsId)
  return [
    ...(expediteReason ? ['加急'] : []),
    ...(deferred ? ['顺延'] : []),
    ...(late ? ['迟发'] : []),
    ...(kind === 'standing' ? ['常态化任务'] : []),
    ...(corrected ? [`更正第${corrected.no}号，以本单为准`] : []),
  ]
}

/** A notice on a sheet, and what is said of it beside its words. */
export interface Going {
  notice: Notice
  note: SheetNote
}

interface SheetNote {
  marks: string[]
  /** How many pictures and documents follow. */
  attachments: number
}

export async function noteOf(desk: Pick<Desk, 'db'>, notice: Notice): Promise<SheetNote> {
  const attached = await listNoticeAttachments(desk.db, notice.id)
  return { marks: await markOf(desk, notice), attachments: attached.length }
}

/** Several notices read as one sheet, each under its own head. Source: S0-21 (以工作提示单形式), S0-22 (the four parts) */
export function renderSheet({ pack }: Pick<Desk, 'pack'>, going: readonly Going[], head: string | undefined): string {
  const names = pack.notice.parts.value
  const sheets = going.map(({ notice, note: { marks, attachments } }) => {
    const { no, title, content, requirement, due, appraisal } = notice
    const cycle = renderCycle(notice)
    return [
      `【工作提示单 第${no}号】${title ?? ''}${marks.length > 0 ? `（${marks.join('、')}）` : ''}`,
      `${names.content}：${content}`,
      `${names.requirement}：${requirement}`,
      ...(due ? [`${names.due}：${renderDue(due)}`] : []),
      `${names.appraisal}：${appraisal}`,
      ...(cycle ? [`周期：${cycle}，每次另行派发`] : []),
      ...tellKnownFields(notice),
      ...(attachments > 0 ? [`附件：${attachments}个，随后发出；没看到请私聊我发“提示单${no} 附件”`] : []),
    ].join('\n')
  })
  return [...(head ? [head] : []), ...sheets, '看到请回“收到”，做完请回“几号完成”。'].join('\n\n')
}
