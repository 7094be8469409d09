import type { Correction } from '../../storage/corrections.ts'
import type { Desk } from '../desk.ts'

export const correctionStates: Record<Correction['status'], string> = {
  direct: '已更正',
  pending: '待审批',
  approved: '已同意',
  rejected: '没有同意',
  cancelled: '已撤回',
}

/** `3号更正（李敏，走访 王奶奶 → 李奶奶）`: whole, so only for whoever decides or asked. */
export function nameCorrection({ roster }: Pick<Desk, 'roster'>, { no, memberId, what }: Correction): string {
  return `${no}号更正（${roster.memberById(memberId)?.name ?? ''}，${what.reveal()}）`
}
