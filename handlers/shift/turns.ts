import { EARLY_MS, LATE_MS } from '../../policy/shift.ts'
import { addDays, type Day, dayOf } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import { gridsOf } from '../../storage/roster.ts'
import { listShifts, type Shift } from '../../storage/shifts.ts'
import type { Desk } from '../desk.ts'

/** The turns around an instant, in the order in which they begin: nights of the day before, and what comes the next day. */
function listAround(db: StreetDb, at: number): Promise<Shift[]> {
  const day = dayOf(at)
  return listShifts(db, { from: addDays(day, -1), to: addDays(day, 1) })
}

/** The person's turn that goes on, or ended a few hours ago at most. */
export async function findOwnTurn(db: StreetDb, memberId: string, at: number): Promise<Shift | undefined> {
  const own = (await listAround(db, at)).filter(shift => shift.memberId === memberId)
  return own.filter(({ startsAt, endsAt }) => startsAt <= at && at <= endsAt + LATE_MS).at(-1)
}

/** The person's turn that goes on or is about to begin. */
export async function findTurnToTake(db: StreetDb, memberId: string, at: number): Promise<Shift | undefined> {
  const own = (await listAround(db, at)).filter(shift => shift.memberId === memberId)
  return own.filter(({ startsAt, endsAt }) => startsAt - EARLY_MS <= at && at < endsAt).at(-1)
}

/** Whether two people stand in for each other: they serve in the same grid, or both in none. Each grid has turns of its own. */
export function isSameTeam({ roster }: Pick<Desk, 'roster'>, one: string, other: string, day: Day): boolean {
  const [own, theirs] = [one, other].map(id => {
    const member = roster.memberById(id)
    return member ? gridsOf(roster, member, day).map(grid => grid.id) : []
  }) as [string[], string[]]
  return own.length === 0 ? theirs.length === 0 : own.some(id => theirs.includes(id))
}

/** Everybody of the turn that follows in the same grid; nobody where none is set soon after. */
export async function listNextTurn(desk: Desk, turn: Shift): Promise<Shift[]> {
  const near = await listTeamAround(desk, turn, turn.endsAt)
  const following = near.filter(
    ({ startsAt }) => turn.endsAt - EARLY_MS <= startsAt && startsAt <= turn.endsAt + LATE_MS,
  )
  return following.filter(({ startsAt }) => startsAt === following[0]?.startsAt)
}

/** Everybody of the turn that went before in the same grid. */
export async function listTurnBefore(desk: Desk, turn: Shift): Promise<Shift[]> {
  const near = await listTeamAround(desk, turn, turn.startsAt)
  return near.filter(
    ({ startsAt, endsAt }) =>
      startsAt < turn.startsAt && turn.startsAt - LATE_MS <= endsAt && endsAt <= turn.startsAt + EARLY_MS,
  )
}

async function listTeamAround(desk: Desk, { memberId, day }: Shift, at: number): Promise<Shift[]> {
  return (await listAround(desk.db, at)).filter(shift => isSameTeam(desk, shift.memberId, memberId, day))
}
