import type { Notice } from '../../storage/notices.ts'
import type { Card } from '../../storage/outbox.ts'

/**
 * The two words that a sheet asks for, as buttons: received, for all its notices at once, and finished where it carries one alone. They stay
 * for everybody who has not pressed yet.
 */
export function renderSheetCard(notices: readonly Notice[]): Card {
  const nos = notices.map(({ no }) => no)
  const [only, other] = notices
  const buttons = [{ key: 'acknowledge', text: '收到', says: `收到${nos.join('、')}号` }]
  if (only && !other) buttons.push({ key: 'done', text: '完成', says: `${only.no}号提示单完成` })
  return { title: `工作提示单 ${nos.map(no => `${no}号`).join('、')}`, buttons, ends: 'never' }
}
