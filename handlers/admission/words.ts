import { isScorable } from '../../policy/admission.ts'
import { type Day, formatDayShort } from '../../policy/time.ts'
import type { Admission, AdmissionKind } from '../../storage/admissions.ts'

export const kindNames: Record<AdmissionKind, string> = {
  regular: '准入',
  temporary: '临时备案',
  appraisal: '评比考核',
}

/** Width and case do not matter; inside, only what was written. */
export function normalizeCode(code: string): string {
  return code.normalize('NFKC').replace(/\s/g, '').toUpperCase()
}

/** `ZR-2026-08《反诈宣传》，公安局，临时备案至12月31日（周四），不能计分（缺培训）`. */
export function renderAdmission({ code, title, department, kind, to, status, standard, training }: Admission): string {
  const missing = [!standard && '工作标准', !training && '培训'].filter(Boolean).join('、')
  const parts = [
    `${code}《${title}》`,
    department,
    `${kindNames[kind]}${to ? `至${formatDayShort(to)}` : ''}`,
    status === 'stopped' && '已停止',
    kind !== 'appraisal' && !isScorable({ standard, training }) && `不能计分（缺${missing}）`,
  ]
  return parts.filter(Boolean).join('，')
}

export function isRunning({ status, from, to }: Admission, today: Day): boolean {
  return status === 'admitted' && from <= today && (to === undefined || today <= to)
}
