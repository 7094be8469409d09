import { listAttendance } from '../../../handlers/attendance.ts'
import { cutPage, mapPage } from '../page.ts'
import { readDay } from '../request.ts'
import type { Resource } from '../view.ts'

/** Everybody with a role on the day, due or not; the day is today where none is asked for. */
export const attendance: Resource = {
  path: 'attendance',
  async list(view, query) {
    const day = readDay('day', query.get('day')) ?? view.today
    const key = query.get('member')
    const all = await listAttendance(await view.desk(), day)
    const asked = key === undefined ? all : all.filter(({ member }) => member.key === key)
    return mapPage(
      cutPage(asked, query, ({ member }) => member.key),
      items => items.map(({ member, due, on, off }) => ({ member: member.key, day, due, on, off })),
    )
  },
}
