import { type Action, nameRoles, type Pack, type RoleCode } from './pack.ts'
import type { Verdict } from './verdict.ts'

/** `ok`, or `reason: 'not-allowed'` with the names of those who may (`分管领导、主要领导`). */
export interface PermissionVerdict extends Verdict {
  rule: string
  allowed: string
}

/**
 * Whether somebody with these roles may do this. Without a role nobody may do anything: an unknown person is no member.
 * Source: the pack's action × role table
 */
export function mayDo(pack: Pack, action: Action, roles: readonly RoleCode[]): PermissionVerdict {
  const { value, rule, clause } = pack.actions[action]
  const ok = value === 'anyMember' ? roles.length > 0 : roles.some(role => value.includes(role))
  const allowed = value === 'anyMember' ? '名册内人员' : nameRoles(pack, value)
  return ok ? { ok, rule, clause, allowed } : { ok, rule, clause, allowed, reason: 'not-allowed' }
}

/** Everything that somebody with these roles may do, in the order of the table. */
export function listAllowed(pack: Pack, roles: readonly RoleCode[]): Action[] {
  return (Object.keys(pack.actions) as Action[]).filter(action => mayDo(pack, action, roles).ok)
}
