import { dayOf, formatDayShort } from '../../policy/time.ts'
import { gridsOf, rolesOn } from '../../storage/roster.ts'
import type { App, MyDay, PageData, PhonePage } from '../../web/shared/phone-api.ts'
import type { PagePlatform } from '../channels/page-platform.ts'
import type { Visitor } from './visitor.ts'

/** What the island begins with. */
export function describePage(
  { member, roster }: Visitor,
  given: { page: PhonePage; botName: string; day: MyDay; platform?: PagePlatform; now: number },
): PageData {
  const { page, botName, day, platform, now } = given
  const today = dayOf(now)
  const grids = gridsOf(roster, member, today)
  const [first] = rolesOn(member, today)
  const where = grids.map(({ name }) => name).join('、')
  return {
    page,
    botName,
    day,
    today: formatDayShort(today),
    who: { key: member.key, name: member.name, role: [where, first?.roleName].filter(Boolean).join(' ') },
    grids: grids.map(({ no, name }) => ({ no, name })),
    app: describeApp(platform),
  }
}

function describeApp(platform: PagePlatform | undefined): App {
  if (platform?.channel === 'wecom' || platform?.channel === 'dingtalk')
    return { kind: platform.channel, ...platform.client }
  return { kind: 'browser' }
}
