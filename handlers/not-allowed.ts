import type { Action } from '../policy/pack.ts'
import { mayDo } from '../policy/permission.ts'
import { rolesOn } from '../storage/roster.ts'
import { type Answer, type Ctx, refuse } from './handler.ts'
import { shortenText } from './reader.ts'

const ROLES_NAMED = 3
const CLAUSE_LENGTH = 40

/** For handlers whose permission depends on the case: who may take this step, and by which clause. */
export function refuseRole({ pack, actor, today }: Ctx, action: Action): Answer {
  const roles = rolesOn(actor, today).map(({ role }) => role)
  return refuse('not-allowed', renderNotAllowed(mayDo(pack, action, roles)))
}

/** Whom to ask, and the clause by its beginning; the whole of it stands under 依据. `allowed`: names of roles, joined by 、 */
export function renderNotAllowed({ allowed, clause }: { allowed: string; clause: string }): string {
  const names = allowed.split('、')
  const who = names.length > ROLES_NAMED ? `${names.slice(0, ROLES_NAMED).join('、')}等` : allowed
  return `这一步由${who}办理（依据：${shortenText(clause, CLAUSE_LENGTH)}），没有改动任何记录。`
}
