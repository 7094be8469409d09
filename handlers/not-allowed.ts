import type { Action, Pack } from '../policy/pack.ts'
import { mayDo } from '../policy/permission.ts'
import { rolesOn } from '../storage/roster.ts'
import { type Answer, type Ctx, refuse } from './handler.ts'
import { shortenText } from './reader.ts'

const ROLES_NAMED = 3
const CLAUSE_LENGTH = 40

/** For handlers whose permission depends on the case: who may take this step, and by which clause. */
export function refuseRole({ pack, actor, today }: Ctx, action: Action): Answer {
  const roles = rolesOn(actor, today).map(({ role }) => role)
  if (roles.length === 0)
    return refuse('not-allowed', '名册上您现在没有岗位，这条没有记。名册有误请找社区书记或管理员。', { private: true })
  const { status } = pack.actions[action]
  return refuse('not-allowed', renderNotAllowed({ ...mayDo(pack, action, roles), status }))
}

/**
 * Whom to ask, and the clause by its beginning; the whole of it stands under 依据. Where the document leaves it open, the clause is about
 * the work and not about who does it, so the default is called one. `allowed`: names of roles, joined by 、
 */
export function renderNotAllowed({
  allowed,
  clause,
  status,
}: {
  allowed: string
  clause: string
  status: Pack['actions'][Action]['status']
}): string {
  const names = allowed.split('、')
  const who = names.length > ROLES_NAMED ? `${names.slice(0, ROLES_NAMED).join('、')}等` : allowed
  const basis = status === 'original' ? shortenText(clause, CLAUSE_LENGTH) : '本系统默认，街道可改'
  return `这一步由${who}办理（依据：${basis}），没有改动任何记录。`
}
