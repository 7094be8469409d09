import { correctableCheckIn } from './check-in.ts'
import type { Correctable } from './correctable.ts'
import { correctablePatrol, correctableVisit } from './field-work.ts'
import { correctableIncident } from './incident.ts'
import { correctableInfoItem } from './info-item.ts'
import { correctableOuting } from './outing.ts'
import { correctableNoticeProgress, correctableTaskProgress } from './progress.ts'
import { correctableRoll } from './roll.ts'

/** Every kind of record that can be put right; the longer name stands before the one it holds. */
export const correctables: readonly Correctable[] = [
  correctableVisit,
  correctablePatrol,
  correctableCheckIn,
  correctableInfoItem,
  correctableIncident,
  correctableTaskProgress,
  correctableNoticeProgress,
  correctableOuting,
  correctableRoll,
]

export function findCorrectable(type: string): Correctable | undefined {
  return correctables.find(one => one.type === type)
}
