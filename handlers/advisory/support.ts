import { dayOf, formatDayShort } from '../../policy/time.ts'
import { communitiesOf } from '../../storage/roster.ts'
import { endSupport, insertSupport, listSupports } from '../../storage/supports.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'

const SUPPORT =
  /^\s*(?:@\S+\s+)?重点帮扶(?:清单|名单)?(?:\s*[?？。]?\s*$|[\s,，:：]+(\S{2,20}?)(?:[\s,，:：]+([\s\S]{2,}))?\s*$)/u
const END = /^\s*(?:@\S+\s+)?(?:撤出|结束|退出)(?:重点)?帮扶[\s,，:：]+(\S{2,20}?)\s*[。.]?\s*$/u
const EXAMPLE = '重点帮扶 桃源社区 新任网格员多，每周去一次'

/**
 * 重点帮扶: communities that have it hard and are guided more closely. A list of help, seen by who helps and by the community itself, in
 * private; nothing is scored by it. Source: S2-51
 */
const supportCommand: Command = {
  name: 'support',
  matches: SUPPORT,
  who: 'queryCommunity',
  dialog: { as: 'communityLead', turns: [['重点帮扶', '没有']] },
  async run(ctx) {
    const { db, actor, at, message, roster } = ctx
    const [, told, reason] = SUPPORT.exec(ctx.text) ?? []
    if (told === undefined) return showList(ctx)
    if (!ctx.may('queryStreet')) return refuseRole(ctx, 'queryStreet')
    const community = findCommunity(ctx, told)
    if (!community) {
      const known = [...new Set(roster.grids.map(grid => grid.community))].join('、')
      return refuse('unknown-community', `没有“${told}”，街道有：${known}。没有记。`, { private: true })
    }
    if (!reason) return refuse('no-reason', `请写难在哪、怎么帮，如“${EXAMPLE}”。`, { private: true })
    if ((await listSupports(db)).some(one => one.community === community)) {
      return refuse('repeated', `${community}已在帮扶；要改请先说“撤出帮扶 ${community}”。`, { private: true })
    }
    const saved = await insertSupport(db, {
      community,
      reason: reason.trim(),
      byId: actor.id,
      at,
      messageId: message.id,
    })
    await ctx.record('created', { type: 'support', id: saved.id }, { community })
    const leads = roster.holders(['communityLead'], ctx.today, { community }).filter(({ id }) => id !== actor.id)
    for (const lead of leads) {
      await ctx.say.toMember(lead, `${community}列入重点帮扶：${reason.trim()}。这是来帮忙的，不扣分、不排名。`, {
        kind: 'support',
        urgency: 'normal',
      })
    }
    const who = leads.length > 0 ? `，已告诉${leads.map(({ name }) => name).join('、')}` : ''
    return answer(`已把${community}列入重点帮扶${who}。只帮扶，不扣分、不排名。`, { private: true })
  },
}

function findCommunity({ roster }: Ctx, told: string): string | undefined {
  const known = [...new Set(roster.grids.map(({ community }) => community))]
  return known.find(name => name === told || name.replace(/(?:社区|村)$/u, '') === told)
}

async function showList(ctx: Ctx): Promise<Answer> {
  const own = communitiesOf(ctx.roster, ctx.actor, ctx.today)
  const all = await listSupports(ctx.db)
  const seen = ctx.may('queryStreet') ? all : all.filter(({ community }) => own.includes(community))
  if (seen.length === 0) return answer('没有在帮扶的社区。', { private: true })
  const lines = seen.map(
    ({ community, reason, at }) => `${community}（${formatDayShort(dayOf(at))}起）：${reason.reveal()}`,
  )
  return answer(['重点帮扶（只帮扶，不扣分、不排名）：', ...lines].join('\n'), { private: true })
}

const endSupportCommand: Command = {
  name: 'endSupport',
  matches: END,
  who: 'queryStreet',
  dialog: { as: 'office', turns: [['撤出帮扶 桃源社区', '没有在帮扶']] },
  async run(ctx) {
    const told = END.exec(ctx.text)?.[1] ?? ''
    const community = findCommunity(ctx, told)
    const found = (await listSupports(ctx.db)).find(one => one.community === community)
    if (!found) return refuse('unknown-community', `${told}没有在帮扶，没有改动。`, { private: true })
    await endSupport(ctx.db, found.id, ctx.now)
    await ctx.record('ended', { type: 'support', id: found.id })
    return answer(`${found.community}的重点帮扶已结束，记录留着。`, { private: true })
  },
}

export const undoableSupport: Undoable = {
  async describe({ db }, id) {
    const found = (await listSupports(db)).find(one => one.id === id)
    return found && `重点帮扶 ${found.community}`
  },
  async undo({ db, now }, id) {
    await endSupport(db, id, now)
    return undefined
  },
}

export const supportCommands: readonly Command[] = [supportCommand, endSupportCommand]
