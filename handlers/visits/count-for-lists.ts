import type { FieldRecord } from '../../storage/field-records.ts'
import { gridsOf } from '../../storage/roster.ts'
import { linkVisit } from '../../storage/visit-target-history.ts'
import { listVisitTargets, type VisitTarget } from '../../storage/visit-targets.ts'
import type { Ctx } from '../handler.ts'

/** Those on a list whom a visit counts for; of several of one name on one list none, until the words say which. */
export interface Counted {
  targets: VisitTarget[]
  alike: VisitTarget[]
}

type Whom = Pick<FieldRecord, 'gridId'> & { person?: string; place?: string }

/** Ties a visit to everybody on the lists for whom it counts. */
export async function countForLists(ctx: Ctx, { id, gridId, person, place }: FieldRecord): Promise<void> {
  const { targets } = await findVisited(ctx, { gridId, person: person?.reveal(), place: place?.reveal() })
  for (const target of targets) await linkVisit(ctx.db, id, target.id)
}

/**
 * By the full name, within the grid; by surname too where the address told is theirs, as 王奶奶 is written 王秀英 in the list.
 * A visit to somebody on no list is simply a visit.
 */
export async function findVisited(ctx: Ctx, { gridId, person, place }: Whom): Promise<Counted> {
  const gridIds = gridId ? [gridId] : gridsOf(ctx.roster, ctx.actor, ctx.today).map(({ id }) => id)
  const door = plainDoor(place)
  for (const name of [person, place]) {
    const named = name === undefined ? [] : await listVisitTargets(ctx.db, { gridIds, name })
    if (named.length > 0) return tellApart(named, door)
  }
  if (person === undefined || door === undefined || !/\d/.test(door)) return { targets: [], alike: [] }
  const here = (await listVisitTargets(ctx.db, { gridIds })).filter(target => isAt(target, door))
  return { targets: here.filter(target => target.name.reveal()[0] === person[0]), alike: [] }
}

function tellApart(named: readonly VisitTarget[], door: string | undefined): Counted {
  const lists = new Set(named.map(({ list }) => list))
  const targets: VisitTarget[] = []
  const alike: VisitTarget[] = []
  for (const list of lists) {
    const same = named.filter(target => target.list === list)
    const here = door === undefined ? [] : same.filter(target => isAt(target, door))
    const chosen = same.length === 1 ? same : here
    if (chosen.length === 1) targets.push(...chosen)
    else alike.push(...same)
  }
  return { targets, alike }
}

/** Whether an address that people told means the one in the list: `3幢201` and `桃源小区3幢201室`. */
export function isAt({ address }: VisitTarget, place: string): boolean {
  const [own, door] = [plainDoor(address?.reveal()), plainDoor(place)]
  if (own === undefined || door === undefined) return false
  return own === door || own.endsWith(door) || door.endsWith(own)
}

function plainDoor(place: string | undefined): string | undefined {
  return (
    place
      ?.normalize('NFKC')
      .replace(/[\s室]/gu, '')
      .replace(/号楼|栋/gu, '幢') || undefined
  )
}
