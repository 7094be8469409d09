import { minuteMs } from '../../policy/time.ts'
import { findCorrectionMaking } from '../../storage/corrections.ts'
import { findCreatedAt } from '../../storage/own-records.ts'
import type { Ctx } from '../handler.ts'

/** When a record was first told; one that was put right is as old as the first of its line, so that no correction buys time. */
export async function findToldAt({ db }: Pick<Ctx, 'db'>, type: string, id: string): Promise<number | undefined> {
  let first = id
  for (;;) {
    const correction = await findCorrectionMaking(db, first)
    const before = correction?.subject.id
    if (before === undefined || before === first) break
    first = before
  }
  return findCreatedAt(db, { type, id: first })
}

/** Whether its maker may still take it back or put it right alone. Source: pack `undo` */
export function isWithinOwnTime({ now, pack }: Pick<Ctx, 'now' | 'pack'>, toldAt: number): boolean {
  return now - toldAt <= pack.undo.withinMinutes.value * minuteMs
}
