import type { RoleCode } from '../../policy/pack.ts'
import { type Grid, type Member, rolesOn } from '../../storage/roster.ts'
import { answer, type Command, type Ctx } from '../handler.ts'
import { listGridsInView } from './in-view.ts'

/** 社区网格工作组, with the lead of the community at its head. */
const WORK_GROUP = 'S0-17'

/** The organisation from the top: street, communities with their 工作组, grids; by the document's own levels where it has them.
 * Source: S0-17, S2-18, S3B-01, S4D-19, S4E-02 */
export const treeCommand: Command = {
  name: 'tellOrganisation',
  matches: /^\s*组织(?:架构|体系|结构)?(?:图)?\s*[?？。]?\s*$/u,
  who: 'queryGrid',
  dialog: { as: 'admin', turns: [['组织', '网格工作组：组长沈国华（社区书记），副组长空缺']] },
  async run(ctx) {
    const { roster, pack } = ctx
    const grids = listGridsInView(ctx)
    const communities = [...new Set(grids.map(({ community }) => community))]
    const street = renderPosts(ctx, 'subdistrict', {})
    const lines = [
      `${roster.street.name}　${street}`,
      ...renderLevels(ctx),
      ...communities.flatMap(community => [
        `├ ${community}　${renderCommunity(ctx, community)}`,
        ...grids
          .filter(grid => grid.community === community)
          .map(grid => `│　├ 第${grid.no}网格　${renderGrid(ctx, grid)}`),
      ]),
    ]
    const group = pack.staffing.heldBy.find(({ rule }) => rule === WORK_GROUP)
    const { clause } = pack.staffing.levels ?? group ?? pack.roles
    return answer([...lines, `（依据：${clause}）`].join('\n'), { private: true })
  },
}

/** `五级：乡领导（3人）→…→老百姓（1200户，3600人）`. */
function renderLevels({ roster, pack, today }: Ctx): string[] {
  const { levels, levelRoles } = pack.staffing
  if (!levels) return []
  const sum = (pick: (grid: Grid) => number | undefined) =>
    roster.grids.reduce((total, grid) => total + (pick(grid) ?? 0), 0)
  const residents = `${sum(({ households }) => households)}户，${sum(({ residents }) => residents)}人`
  const parts = levels.value.map(level => {
    const roles = levelRoles?.value.find(({ name }) => name === level)?.roles ?? []
    return `${level}（${roles.length > 0 ? `${roster.holders(roles, today).length}人` : residents}）`
  })
  return [`${LEVEL_COUNT[levels.value.length] ?? levels.value.length}级：${parts.join('→')}`]
}

const LEVEL_COUNT = ['', '一', '二', '三', '四', '五', '六']

/** The document's 工作组 with 组长 and 副组长 where it has one; everybody else of the community behind. Source: S0-17 */
function renderCommunity(ctx: Ctx, community: string): string {
  const posts = renderPosts(ctx, 'community', { community })
  const group = ctx.pack.staffing.heldBy.find(({ rule }) => rule === WORK_GROUP)
  if (!group) return posts
  const { role } = group.value
  const heads = ctx.roster.holders([role], ctx.today, { community })
  const deputies = listOfCommunity(ctx, community).filter(({ titles }) =>
    titles.some(title => title.includes('副组长')),
  )
  const name = (people: readonly Member[]) => people.map(one => one.name).join('、') || '空缺'
  const roleName = Object.entries(ctx.pack.roles.value).find(([, { code }]) => code === role)?.[0]
  const others = renderPosts(ctx, 'community', { community }, role)
  return `网格工作组：组长${name(heads)}（${roleName}），副组长${name(deputies)}${others ? `；${others}` : ''}`
}

function listOfCommunity({ roster, today }: Ctx, community: string): Member[] {
  return roster.members.filter(member =>
    rolesOn(member, today).some(role => (role.community ?? roster.gridById(role.gridId)?.community) === community),
  )
}

/** `网格长陈桂芳；专职网格员李敏`, every role of the document at this level; who must be there and is not is 空缺. */
function renderPosts(
  { roster, pack, today }: Ctx,
  scope: 'subdistrict' | 'community' | 'grid',
  where: { gridId?: string; community?: string },
  except?: RoleCode,
): string {
  const names = Object.entries(pack.roles.value).filter(
    ([, { scope: own, code }]) => own === scope && code !== 'admin' && code !== except,
  )
  return names
    .flatMap(([roleName, { code, employment }]) => {
      const people = roster
        .holders([code], today, where)
        .filter(member =>
          rolesOn(member, today).some(
            role => role.roleName === roleName && (where.gridId === undefined || role.gridId === where.gridId),
          ),
        )
      const isWanted = pack.staffing.posts.some(
        ({ value }) =>
          value.role === code &&
          value.per === scope &&
          (value.employment === undefined || value.employment === employment),
      )
      if (people.length === 0) return isWanted ? [`${roleName}空缺`] : []
      return [`${roleName}${people.map(({ name }) => name).join('、')}`]
    })
    .join('；')
}

function renderGrid(ctx: Ctx, { id }: Grid): string {
  return renderPosts(ctx, 'grid', { gridId: id })
}
