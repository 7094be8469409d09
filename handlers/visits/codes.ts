import type { StreetDb } from '../../storage/database.ts'
import { findVisitTargetByCode, type VisitTarget } from '../../storage/visit-targets.ts'

/** Without a hyphen only after words that begin no address: 低保3 is a code, 幸福路3号 is none. */
const SHORT =
  '低保|困难|大病|优抚|残疾|军烈属|军属|烈属|应征|民兵|信访|矫正|评估|重点|场所|精障|转化|涉稳|退役|高龄|党员|特困|独居'

/** One code as people write it: `低保-03`, `低保—3`, `低保#3`, `低保3号`. Two groups where it stands alone. */
export const CODE = `(?:[\\p{Script=Han}]{2,6}\\s*[-－—–#＃]\\s*\\d{1,4}|(?:${SHORT})\\s*\\d{1,4})(?:号)?(?![\\d户家人幢栋个名位次岁月日年])`

/** Several codes told together. */
export const CODES = `${CODE}(?:\\s*[、,，和]\\s*${CODE})*`

/** `低保－3号` → `低保-3`. */
export function readCode(told: string): string {
  const [, short = '', digits = ''] = /^(.+?)\s*[-—–#]?\s*(\d{1,4})号?$/u.exec(told.normalize('NFKC').trim()) ?? []
  return `${short}-${digits}`
}

export function readCodes(told: string): string[] {
  return told.split(/[、,，和]/u).map(readCode)
}

/** The people and places behind codes; those that nobody has are named. */
export async function findCoded(
  db: StreetDb,
  codes: readonly string[],
): Promise<{ targets: VisitTarget[]; unknown: string[] }> {
  const targets: VisitTarget[] = []
  const unknown: string[] = []
  for (const code of codes) {
    const target = await findVisitTargetByCode(db, code)
    if (target) targets.push(target)
    else unknown.push(code)
  }
  return { targets, unknown }
}
