import type { RoleCode } from '../../policy/pack.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listGridsInView } from './in-view.ts'

const SHOWN = 40

/** Whose work the document appraises, whom above all, and who holds two posts at once. Source: S1-07, S1-42, S3C-01 */
export const subjectsCommand: Command = {
  name: 'listAppraised',
  matches: /^\s*考核对象\s*[?？。]?\s*$/u,
  who: 'queryCommunity',
  dialog: { as: 'admin', turns: [['考核对象', '没有单列考核对象']] },
  async run(ctx) {
    const { pack } = ctx
    const rule = pack.staffing.appraised
    if (!rule) return refuse('not-in-document', `《${pack.title}》没有单列考核对象（原文未载）。`, { private: true })
    const { roles, above } = rule.value
    const others = roles.filter(role => !above.includes(role))
    const subjects = listHolders(ctx, roles)
    const both = subjects.filter(member => namesOf(ctx, member).length > 1)
    const lines = [
      `考核对象共${subjects.length}人：`,
      ...above.map(role => renderRole(ctx, role, '重点考核 ')),
      ...others.map(role => renderRole(ctx, role, '')),
      ...(both.length > 0
        ? [`双岗双责：${both.map(member => `${member.name}（${namesOf(ctx, member).join('、')}）`).join('、')}`]
        : []),
      ...renderStated(ctx),
    ]
    return answer([...lines.filter(Boolean), `（依据：${rule.clause}）`].join('\n'), { private: true })
  },
}

function renderRole(ctx: Ctx, role: RoleCode, mark: string): string {
  const people = listHolders(ctx, [role])
  const names = Object.entries(ctx.pack.roles.value).filter(([, { code }]) => code === role)
  const shown = people.slice(0, SHOWN).map(({ name }) => name)
  const rest = people.length > SHOWN ? `等${people.length}人` : ''
  return `${mark}${names.map(([name]) => name).join('、')}：${shown.join('、') || '无'}${rest}`
}

/** Of the grids and communities that the speaker's role reaches. */
function listHolders(ctx: Ctx, roles: readonly RoleCode[]): Member[] {
  const grids = listGridsInView(ctx)
  return ctx.roster.members.filter(member =>
    rolesOn(member, ctx.today).some(
      ({ role, gridId, community }) =>
        roles.includes(role) && grids.some(grid => (gridId ? grid.id === gridId : grid.community === community)),
    ),
  )
}

function namesOf({ today }: Ctx, member: Member): string[] {
  return [...new Set(rolesOn(member, today).map(({ roleName }) => roleName))]
}

/** How many communities the document counts, beside those of the roster. */
function renderStated(ctx: Ctx): string[] {
  const { pack } = ctx
  const stated = pack.figures.filter(({ rule }) => rule === pack.staffing.appraised?.rule)
  if (stated.length === 0) return []
  const communities = new Set(listGridsInView(ctx).map(({ community }) => community))
  const told = stated.map(({ value }) => `${value.count}${value.unit}${value.of}`).join('、')
  return [`文件所列：${told}；名册现有${communities.size}个：${[...communities].join('、')}`]
}
