import type { Pack, RoleCode } from '../../policy/pack.ts'
import type { Notice } from '../../storage/notices.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'

type Step = Pack['notice']['chain']['value'][number]['step']

/** The role that takes a step of the approval chain. */
export function roleOfStep(pack: Pack, step: Step): RoleCode {
  return pack.notice.chain.value.find(link => link.step === step)!.role
}

export function holdersOfStep({ pack, roster, today }: Desk, step: Step): Member[] {
  return roster.holders([roleOfStep(pack, step)], today)
}

/** The office for which somebody drafts; 党政办 drafts in its own name. */
export function officeOf({ pack, today }: Desk, member: Member): string | undefined {
  const drafters: RoleCode[] = [roleOfStep(pack, 'draft'), roleOfStep(pack, 'issue')]
  const role = rolesOn(member, today).find(held => drafters.includes(held.role))
  return role && (role.office ?? role.roleName)
}

/**
 * Who could review: the one whose 分管 names the drafter's office; with one deputy that one; several where nothing decides
 * between them. Never the drafter. Source: S0-21 (经分管领导审核)
 */
export function findReviewers(desk: Desk, { drafterId, office }: Pick<Notice, 'drafterId' | 'office'>): Member[] {
  const deputies = holdersOfStep(desk, 'review').filter(({ id }) => id !== drafterId)
  const supervising = deputies.filter(deputy => supervises(desk, deputy, office))
  return supervising.length > 0 ? supervising : deputies
}

export function supervises({ today }: Desk, deputy: Member, office: string | undefined): boolean {
  return office !== undefined && rolesOn(deputy, today).some(role => role.supervises.includes(office))
}
