import type { Pack, RoleCode } from '../../policy/pack.ts'
import type { Notice } from '../../storage/notices.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { listAbsent } from '../leave/absent.ts'

type Step = Pack['notice']['chain']['value'][number]['step']

/** The clause by which a notice is passed: standing tasks have their own. Source: S0-20, S0-21 */
export function clauseOfChain(pack: Pack, { kind }: Pick<Notice, 'kind'>): string {
  const own = kind === 'standing' ? pack.notice.standing?.chain : undefined
  return (own ?? pack.notice.chain).clause
}

/** The role that takes a step of the approval chain. */
export function roleOfStep(pack: Pack, step: Step): RoleCode {
  return pack.notice.chain.value.find(link => link.step === step)!.role
}

export function holdersOfStep({ pack, roster, today }: Desk, step: Step): Member[] {
  return roster.holders([roleOfStep(pack, step)], today)
}

/** Somebody who takes a step today, and the holder on leave in whose place (代签). */
export interface Hand {
  member: Member
  forMember?: Member
}

/**
 * Those who take a step today: its holders, of whom one on leave is replaced by the 代理人 that the roster names. Somebody on leave
 * without one keeps the step, for nobody else may take it.
 */
export async function listHands(desk: Desk, step: Step, holders = holdersOfStep(desk, step)): Promise<Hand[]> {
  const absent = await listAbsent(desk)
  const hands = holders.map(holder => {
    const standIn = absent.has(holder.id) ? standInOf(desk, holder, step) : undefined
    return standIn && !absent.has(standIn.id) ? { member: standIn, forMember: holder } : { member: holder }
  })
  return hands.filter(({ member }, index) => hands.findIndex(hand => hand.member.id === member.id) === index)
}

/** How somebody may take a step: in their own right, or for a holder on leave; undefined where not at all. */
export async function findHand(
  desk: Desk,
  member: Member,
  step: Step,
  holders = holdersOfStep(desk, step),
): Promise<Hand | undefined> {
  if (holders.some(({ id }) => id === member.id)) return { member }
  return (await listHands(desk, step, holders)).find(hand => hand.member.id === member.id)
}

/** 代理人 is told by name; two people of that name leave it open who is meant. */
function standInOf({ pack, roster, today }: Desk, holder: Member, step: Step): Member | undefined {
  const role = roleOfStep(pack, step)
  const name = rolesOn(holder, today).find(held => held.role === role && held.standIn)?.standIn
  const named = name === undefined ? [] : roster.membersNamed(name)
  return named.length === 1 ? named[0] : undefined
}

/** The one deputy whose review a notice waits for; every deputy where that one serves no longer. */
export function reviewersOf(desk: Desk, { reviewerId }: Pick<Notice, 'reviewerId'>): Member[] {
  const deputies = holdersOfStep(desk, 'review')
  const own = deputies.filter(({ id }) => id === reviewerId)
  return own.length > 0 ? own : deputies
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
