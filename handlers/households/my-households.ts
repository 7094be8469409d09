import { type Household, listHouseholds } from '../../storage/households.ts'
import { maskName } from '../../storage/masking.ts'
import { gridsOf, type Member, rolesOn } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { readMonth } from '../incident/lists/month.ts'
import { listAbsent } from '../leave/absent.ts'
import { measureCoverage } from './measure.ts'
import { nameBuilding } from './words.ts'

const SHOWN = 30

/**
 * The households that somebody keeps in touch with, by code and in private, those still to be visited first; while a colleague is on
 * leave, their 代理人 reads theirs too. Source: S3A-09b (每名网格成员联系一定数量的居民)
 */
export const myHouseholdsCommand: Command = {
  name: 'myHouseholds',
  matches: /^\s*(?:我的)?联系户(?:名单|清单)?\s*[。.!！?？]*\s*$/u,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['我的联系户', '联系户']] },
  async run(ctx) {
    const { actor, roster, today } = ctx
    const away = await listStandInFor(ctx, actor)
    const keepers = [actor, ...away]
    const households = await listHouseholds(ctx.db, { memberIds: keepers.map(({ id }) => id), open: true })
    if (households.length === 0) {
      const leader = gridsOf(roster, actor, today).flatMap(({ id }) =>
        roster.holders(['leader'], today, { gridId: id }),
      )[0]
      const next = leader && leader.id !== actor.id ? `请${leader.name}` : '请网格负责人'
      return refuse('no-households', `还没有分给您的联系户。${next}发“分户 3幢 给 @${actor.name}”。`, { private: true })
    }
    const grids = roster.grids.filter(({ id }) => households.some(({ gridId }) => gridId === id))
    const { month, name } = readMonth('', today)
    const waiting = new Set((await measureCoverage(ctx, grids, month)).flatMap(coverage => coverage.waiting))
    const left = households.filter(({ id }) => waiting.has(id))
    const head = `您的联系户${households.length}户，${name}已走访${households.length - left.length}户`
    if (left.length === 0) return answer(`${head}，都走到了。`, { private: true })
    const lines = left.slice(0, SHOWN).map(household => renderHousehold(household, away))
    const rest = left.length > SHOWN ? [`……还有${left.length - SHOWN}户`] : []
    return answer([`${head}，还有${left.length}户：`, ...lines, ...rest].join('\n'), { private: true })
  },
}

/** Who is on leave now and has named this member as 代理人. */
async function listStandInFor(desk: Desk, member: Member): Promise<Member[]> {
  const { roster, today } = desk
  const absent = await listAbsent(desk)
  return roster.members.filter(
    one => absent.has(one.id) && rolesOn(one, today).some(({ standIn }) => standIn === member.name),
  )
}

/** `3-005 王** 3幢`: the door is for whoever opens the register. */
function renderHousehold({ code, name, building, memberId }: Household, away: readonly Member[]): string {
  const who = name ? ` ${maskName(name.reveal())}` : ''
  const where = building === undefined ? '' : ` ${nameBuilding(building)}`
  const keeper = away.find(({ id }) => id === memberId)
  return `${code}${who}${where}${keeper ? `（代${keeper.name}）` : ''}`
}
