import { bindChat, type GroupTarget, insertChatGroup } from '../storage/group-binding.ts'
import { type Grid, rolesOn } from '../storage/roster.ts'
import { askWhichGrid, chooseNumbered, resumeGrid } from './grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, refuse } from './handler.ts'
import { plainWords } from './plain-words.ts'

interface BindDraft {
  among: string[]
}

const WHICH = '本群绑定到哪里？请说“绑定第3网格”或“绑定某某社区”。'

/** Ties the chat to a grid or community, so that its notices and figures come here. */
export const bindGroup = defineHandler({
  intent: 'bindGroup',
  who: 'bindGroup',
  dialog: { as: 'leader', turns: [['本群绑定第1网格', '请在群里']] },

  async run(ctx, { gridNo, community }) {
    if (ctx.chat.kind === 'direct') return refuse('direct-chat', '请在群里说这句话，我才知道绑定哪个群。')
    if (gridNo !== undefined) {
      const choice = chooseNumbered(community ? { ...ctx, text: `${ctx.text} ${community}` } : ctx, gridNo)
      if ('found' in choice) return bindGrid(ctx, choice.found)
      if ('unknown' in choice) return refuse('unknown-grid', `没有第${gridNo}网格。${listGridNos(ctx)}`)
      return ask('bindGroup', { among: choice.among.map(({ id }) => id) } satisfies BindDraft, askWhichGrid(choice))
    }
    if (community !== undefined) return bindCommunity(ctx, community)
    if (/街道|全街/.test(ctx.text)) return bindStreet(ctx)
    return refuse('no-target', WHICH)
  },

  async resume(ctx, draft) {
    const grid = resumeGrid({ ...ctx, text: plainWords(ctx.text) }, (draft as BindDraft).among)
    return grid && bindGrid(ctx, grid)
  },
})

function bindGrid(ctx: Ctx, grid: Grid): Promise<Answer> {
  const target: GroupTarget = { name: `${grid.name}群`, scope: 'grid', community: grid.community, gridId: grid.id }
  return bind(ctx, target, `${grid.community}${grid.name}`)
}

async function bindCommunity(ctx: Ctx, told: string): Promise<Answer> {
  const communities = [...new Set(ctx.roster.grids.map(({ community }) => community))]
  const community =
    communities.find(name => name === told) ?? communities.find(name => name.includes(told) || told.includes(name))
  if (community) return bind(ctx, { name: `${community}群`, scope: 'community', community }, community)
  return refuse('unknown-community', `没有找到“${told}”。现有：${communities.join('、')}。`)
}

function bindStreet(ctx: Ctx): Promise<Answer> {
  return bind(ctx, { name: `${ctx.roster.street.name}群`, scope: 'street' }, ctx.roster.street.name)
}

async function bind(ctx: Ctx, target: GroupTarget, name: string): Promise<Answer> {
  if (!coversTarget(ctx, target)) return refuse('not-yours', `${name}不在您负责的范围，请由那里的负责人或管理员绑定。`)
  const { chat, db, now, roster } = ctx
  const before = chat.group
  const known = roster.groupFor({ gridId: target.gridId, community: target.community })
  if (before && before.id === known?.id) return answer(`本群已经绑定${name}，不用再绑。`)
  const group = known ?? (await insertChatGroup(db, target, now))
  await bindChat(db, { chatId: chat.id, groupId: group.id, channel: chat.channel }, now)
  await ctx.record('bound', { type: 'group', id: group.id }, { chat: chat.id, before: before?.id })
  return answer(`本群已${before ? `从${before.name}改为` : ''}绑定${name}，提示单和周小结会发到这里。`)
}

/** Those who serve in a grid or community bind its groups only; those who serve the street bind any. */
function coversTarget({ actor, today }: Ctx, { gridId, community }: GroupTarget): boolean {
  return rolesOn(actor, today).some(role => {
    if (role.gridId !== undefined) return role.gridId === gridId
    if (role.community !== undefined) return role.community === community
    return true
  })
}

function listGridNos({ roster }: Ctx): string {
  const nos = [...new Set(roster.grids.map(({ no }) => no))]
  return nos.length > 0 ? `现有 ${nos[0]}–${nos.at(-1)} 号网格。` : '名册里还没有网格。'
}
