import { dayMs } from '../policy/time.ts'
import { findSetting, saveSetting } from '../storage/settings.ts'
import type { Desk } from './desk.ts'

/** Whatever fell due longer ago than this is not told any more. */
const LOOK_BACK_MS = 7 * dayMs

/** Instants after `after`, up to and with `until`. */
export interface Span {
  after: number
  until: number
}

/**
 * The span since the last reading of a kind of reminder, which ends now: so each instant is told once, and what fell due while the program
 * was down is told with the next run instead of being lost.
 */
export async function takeSpan({ db, now }: Desk, kind: string): Promise<Span> {
  const name = `reminded-until ${kind}`
  const known = await findSetting(db, name, db.street)
  await saveSetting(db, name, String(now), db.street)
  const after = known === undefined ? now - dayMs : Number(known)
  return { after: Math.max(after, now - LOOK_BACK_MS), until: now }
}

export function isWithin({ after, until }: Span, at: number): boolean {
  return after < at && at <= until
}
