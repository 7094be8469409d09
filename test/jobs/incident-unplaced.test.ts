import { describe, expect, it, onTestFinished } from 'vitest'
import { incidentUnplaced } from '../../jobs/incident-unplaced.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet } from '../support/street.ts'

describe('a report whose grid nobody told', () => {
  it('reaches those who answer for the community half an hour later', async () => {
    const street = await openTestStreet({ now: '2026-11-18T09:00' })
    onTestFinished(street.dispose)
    const { status } = await street.say('沈国华', '路灯坏了')
    expect(status).toBe('asked')
    const timers = await street.store.read.sql.selectFrom('timer').select(['job', 'due_at']).execute()
    expect(timers).toEqual([{ job: 'incident-unplaced', due_at: street.now() + 30 * 60_000 }])
    const [incident] = await listIncidents(street.db, {})
    const told = await runJob(street, incidentUnplaced, { due: '2026-11-18T09:30', subject: incident!.id })
    expect(told.map(({ to }) => to)).toEqual(['@吴建国'])
    expect(told[0]?.text).toMatch(/#1.*不知道在哪个网格.*路灯坏了.*沈国华/s)
  })

  it('is left alone where the answer came', async () => {
    const street = await openTestStreet({ now: '2026-11-18T09:00' })
    onTestFinished(street.dispose)
    await street.say('沈国华', '路灯坏了')
    await street.say('沈国华', '第2网格')
    const [incident] = await listIncidents(street.db, {})
    expect(await runJob(street, incidentUnplaced, { due: '2026-11-18T09:30', subject: incident!.id })).toEqual([])
  })
})
