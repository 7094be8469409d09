import type { Pack, RoleCode } from '../../policy/pack.ts'
import type { CardLine } from '../../storage/contact-cards.ts'
import { findPhones } from '../../storage/members.ts'
import { type Grid, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'

type CardDesk = Pick<Desk, 'db' | 'roster' | 'today'>

/** Whom residents are to call. */
const ON_CARD: readonly RoleCode[] = ['leader', 'worker']
/** Whose posting the public may read; 包联人员 and 信息员 help without one. */
const POSTED: readonly RoleCode[] = ['partyGroupHead', 'leader', 'instructor', 'laneHead', 'worker']

/** Who stands on the card of a grid, with the telephone where the roster has it. */
export async function listCardLines(desk: CardDesk, grid: Grid): Promise<CardLine[]> {
  const posts = listPosts(desk, grid, ON_CARD)
  const phones = await findPhones(
    desk.db,
    posts.map(({ memberId }) => memberId),
  )
  return posts.map(({ post, name, memberId }) => ({ post, name, phone: phones.get(memberId)?.reveal() }))
}

/** Who is posted in a grid, names and posts alone. Source: S4D-08 */
export function listPosted(desk: CardDesk, grid: Grid): { post: string; name: string }[] {
  return listPosts(desk, grid, POSTED).map(({ post, name }) => ({ post, name }))
}

function listPosts({ roster, today }: CardDesk, grid: Grid, roles: readonly RoleCode[]) {
  return roles.flatMap(role =>
    roster.holders([role], today, { gridId: grid.id }).flatMap(member => {
      const held = rolesOn(member, today).find(one => one.role === role && one.gridId === grid.id)
      return held ? [{ post: held.roleName, name: member.name, memberId: member.id }] : []
    }),
  )
}

/** What the document says that grid workers do; undefined where it lists nothing of the kind. */
export function listServices({ lists }: Pick<Pack, 'lists'>): readonly string[] | undefined {
  const kinds = ['duties', 'servicePoints', 'visitTopics', 'workLines'] as const
  return kinds.map(key => lists.find(({ value }) => value.key === key)?.value.names).find(names => names !== undefined)
}

/** 12345 and the numbers of the pack. */
export function listNumbers({ incident }: Pick<Pack, 'incident'>): string {
  return ['12345', ...incident.emergencyNumbers.value].join('、')
}

/** The clause that asks for cards or a posting, where the document has one. Source: S3B-02, S4D-08 */
export function clauseOfCards({ lists }: Pick<Pack, 'lists'>): string | undefined {
  return lists.find(({ value }) => value.key === 'contactCard' || value.key === 'publicNotice')?.clause
}

/** What differs between the card that is out and how it stands now, in words; empty where nothing does. */
export function describeChanges(before: readonly CardLine[], now: readonly CardLine[]): string[] {
  const same = (one: CardLine) => (other: CardLine) => one.name === other.name && one.post === other.post
  const gone = before.filter(line => !now.some(same(line)))
  const come = now.filter(line => !before.some(same(line)))
  const called = now.filter(line => before.some(old => same(line)(old) && old.phone !== line.phone))
  return [
    ...gone.map(({ name, post }) => `${post}${name}不再担任`),
    ...come.map(({ name, post }) => `${name}任${post}`),
    ...called.map(({ name }) => `${name}的电话变了`),
  ]
}
