import { EARLY_MS, LATE_MS } from '../../policy/shift.ts'
import { addDays, dayOf } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import { listShifts, type Shift } from '../../storage/shifts.ts'

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

/** Everybody of the turn that follows; nobody where none is set soon after. */
export async function listNextTurn(db: StreetDb, turn: Shift): Promise<Shift[]> {
  const near = await listAround(db, turn.endsAt)
  const following = near.filter(
    ({ startsAt }) => turn.endsAt - EARLY_MS <= startsAt && startsAt <= turn.endsAt + LATE_MS,
  )
  return following.filter(({ startsAt }) => startsAt === following[0]?.startsAt)
}

/** Everybody of the turn that went before. */
export async function listTurnBefore(db: StreetDb, turn: Shift): Promise<Shift[]> {
  const near = await listAround(db, turn.startsAt)
  return near.filter(
    ({ startsAt, endsAt }) =>
      startsAt < turn.startsAt && turn.startsAt - LATE_MS <= endsAt && endsAt <= turn.startsAt + EARLY_MS,
  )
}
