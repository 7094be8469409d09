import type { Notice } from '../../storage/notices.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { findNamedNotices, NOTICE_BEFORE, NOTICE_BEHIND } from './named.ts'
import { nameNotice } from './words.ts'

/** How a command names a notice, `提示单12` or `12号提示单`: two groups, of which one holds the number. */
export const NOTICE_NO = `(?:${NOTICE_BEHIND}|${NOTICE_BEFORE})`

/** The one notice that a command's words name, or why there is none. */
export async function findOneNamed(
  ctx: Ctx,
  [, behind, before]: readonly (string | undefined)[],
): Promise<Notice | Answer> {
  const said = behind ?? before ?? ''
  const [only, ...others] = await findNamedNotices(ctx, said)
  if (!only) return refuse('unknown-number', `没有${said}号提示单，没有改动。`)
  if (others.length === 0) return only
  return refuse(
    'unknown-number',
    `${said}有${others.length + 1}份：${[only, ...others].map(nameNotice).join('；')}。请用编号。`,
  )
}

export function isAnswer(found: Notice | Answer): found is Answer {
  return 'text' in found
}
