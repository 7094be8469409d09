import { insertHelper } from '../../storage/incident-helpers.ts'
import type { Incident } from '../../storage/incidents.ts'
import type { Member } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { findNumbered } from './command.ts'
import { nameAll, nameInPrivate } from './names.ts'
import { judge, logStep, refuseStep, tellMembers } from './step.ts'

const HELP =
  /^\s*(?:(?:事件)?\s*[#＃]?\s*(\d{1,6})\s*号?(?:事件)?\s*协助|协助\s*(?:事件)?\s*[#＃]?\s*(\d{1,6})\s*号?(?:事件)?)[\s:：]*(.+)$/su

/** `#12 协助 @志愿者王`: who lent a hand is credited for it as a helper. Source: S0-18 (协助做好排查、处置) */
export const helpCommand: Command = {
  name: 'addHelper',
  matches: HELP,
  who: 'acceptIncident',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['#1 协助 @赵志远', '赵志远'],
    ],
  },
  async run(ctx) {
    const [, before, behind, names = ''] = HELP.exec(ctx.text) ?? []
    const found = await findNumbered(ctx, Number(before ?? behind))
    return 'refused' in found ? found.refused : addHelpers(ctx, found.incident, names)
  },
}

async function addHelpers(ctx: Ctx, incident: Incident, told: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'help')
  if (!verdict.ok) return refuseStep(ctx, incident, 'help', verdict, '加协助人员')
  const named = ctx.roster.members.filter(({ name, status }) => status === 'active' && told.includes(name))
  if (named.length === 0)
    return refuse('unknown-member', `没有在名册里找到要协助的人，请写全名，如“#${incident.no} 协助 @姓名”。`)
  const added: Member[] = []
  for (const member of named) {
    const helper = { incidentId: incident.id, memberId: member.id, addedBy: ctx.actor.id, at: ctx.at }
    if (await insertHelper(ctx.db, { ...helper, messageId: ctx.message.id })) added.push(member)
  }
  if (added.length === 0) return answer(`${nameAll(named)}已经在协助事件 #${incident.no}。`)
  await logStep(ctx, incident, 'help', { detail: { helpers: added.map(({ key }) => key) } })
  const text = `请协助${ctx.actor.name}处置${nameInPrivate(ctx, incident)}：“${incident.description.reveal()}”，已记您协助。`
  await tellMembers(ctx, incident, added, text)
  return answer(`事件 #${incident.no} 已记${nameAll(added)}协助。`)
}
