import type { IncidentCategory } from '../slots.ts'

/** Cases that are about people more than about things; no pack may open them to a group. */
const SENSITIVE: ReadonlySet<string> = new Set<IncidentCategory>(['dispute', 'petition', 'massEvent', 'population'])

/**
 * Whether a case is about people: in a group only its kind and its grid are told, and no publication speaks of it.
 * Source: S2-16 (矛盾突出、心态失衡…人员), S3A-18 (不准泄露群众…隐私), S4A-04 (社区矫正)
 */
export function isSensitive(category: string): boolean {
  return SENSITIVE.has(category)
}
