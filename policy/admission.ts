import type { Day } from './time.ts'

/** What stands in the registry about a matter, as far as the gate asks. Days are local, both included. */
export interface AdmittedMatter {
  kind: 'regular' | 'temporary' | 'appraisal'
  from: Day
  to?: Day
  status: 'admitted' | 'stopped'
  standard?: string
  training?: string
}

export type GateReason = 'not-admitted' | 'not-yet' | 'ended' | 'stopped' | 'is-appraisal'

/** `ok`, or why the matter may not enter the grids today. */
export type GateVerdict = { ok: true } | { ok: false; reason: GateReason }

/**
 * Whether a matter may enter the grids on a day; undefined is one that the registry does not know.
 * Source: S2-29 (非经准入的业务和事项不得进入网格), S2-31 (作为临时事项纳入)
 */
export function judgeMatter(matter: AdmittedMatter | undefined, today: Day): GateVerdict {
  if (!matter) return { ok: false, reason: 'not-admitted' }
  if (matter.kind === 'appraisal') return { ok: false, reason: 'is-appraisal' }
  if (matter.status === 'stopped') return { ok: false, reason: 'stopped' }
  if (today < matter.from) return { ok: false, reason: 'not-yet' }
  if (matter.to !== undefined && today > matter.to) return { ok: false, reason: 'ended' }
  return { ok: true }
}

/**
 * Whether work on a matter may be scored: only with a standard that fits the workers, and a training for it.
 * Source: S2-32 (制定符合网格员能力水平的工作标准，并负责开展业务培训)
 */
export function isScorable({ standard, training }: Pick<AdmittedMatter, 'standard' | 'training'>): boolean {
  return standard !== undefined && training !== undefined
}

const WORD = '(?:准入号|准入编号|准入证号|备案号|临时备案号?|批准文号|批准号|文号)'
const CODE = '([A-Za-z0-9\\p{Script=Han}〔〕\\[\\]()（）._/-]*\\d[A-Za-z0-9〔〕\\[\\]()（）._/-]*号?)'
const NAMED = new RegExp(`${WORD}\\s*[是为:：]?\\s*${CODE}`, 'u')

/** The number of an admission where a text names one as such: `准入号 ZR-2026-08`, `批准文号：政法〔2026〕8号`. */
export function findAdmissionCode(text: string): string | undefined {
  return NAMED.exec(text)?.[1]?.trim()
}

/** A contest or ranking among those who work in the grids, as a text calls it; undefined where it calls for none. Source: S4D-28 */
export function findAppraisal(text: string): string | undefined {
  const found = /(?:评比|评选|评优|竞赛|创建达标|达标验收|排名通报|考核排名|单独考核|专项考核)/u.exec(text)?.[0]
  return found
}
