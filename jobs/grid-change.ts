import { dayMs } from '../policy/time.ts'
import { moveRegisters } from '../storage/grid-registers.ts'
import { loadRoster } from '../storage/load-roster.ts'
import { isInForce } from '../storage/roster-view.ts'
import type { Job } from './job.ts'

/**
 * Early on the day from which a grid is part of another, the households and visits of its lists go on there; nothing is said, whoever
 * made the change read it then. Source: S0-01, S2-12
 */
export const gridChange: Job = {
  name: 'grid-change',
  schedule: ['5 0 * * *'],
  days: 'all',
  catchUp: 'latest',
  graceMs: 31 * dayMs,
  async run({ db, roster, today, record }) {
    const { grids } = await loadRoster(db)
    for (const grid of grids) {
      const into = roster.gridById(grid.successorId)
      if (!into || isInForce(grid, today)) continue
      const { households, targets } = await moveRegisters(db, grid.id, into)
      if (households.length + targets.length === 0) continue
      await record('changed', { type: 'grid', id: grid.id }, { households: households.length, targets: targets.length })
    }
  },
}
