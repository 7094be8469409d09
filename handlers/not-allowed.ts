import type { Action } from '../policy/pack.ts'
import { mayDo } from '../policy/permission.ts'
import { rolesOn } from '../storage/roster.ts'
import { type Answer, type Ctx, refuse } from './handler.ts'

/** For handlers whose permission depends on the case: who may take this step, and by which clause. */
export function refuseRole({ pack, actor, today }: Ctx, action: Action): Answer {
  const roles = rolesOn(actor, today).map(({ role }) => role)
  const { allowed, clause } = mayDo(pack, action, roles)
  return refuse('not-allowed', `这一步由${allowed}办理（依据：${clause}），没有改动任何记录。`)
}
