import type { RoleCode } from '../../policy/pack.ts'
import { findChat } from '../../storage/chats.ts'
import { type Incident, listIncidentLogs } from '../../storage/incidents.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import { listUnits, type Unit } from '../../storage/units.ts'
import type { Desk } from '../desk.ts'
import type { Ctx } from '../handler.ts'
import { groupReader } from '../reader.ts'
import { listTierHolders } from './holders.ts'
import { describeIncident } from './words.ts'

/** Where an incident can be sent: to a person, an office of the street, or a unit outside the roster. */
export interface Target {
  name: string
  member?: Member
  /** Those of the office. */
  members: Member[]
  unit?: Unit
}

/** Finds who is meant by 消安办, 张三 or 指导员; undefined where nobody is. */
export async function findTarget(ctx: Ctx, told: string, incident: Incident): Promise<Target | undefined> {
  const { roster, today, pack, db } = ctx
  const wanted = told.replace(/[\s@]/g, '')
  const member =
    roster.membersNamed(wanted)[0] ??
    roster.members.find(({ name, status }) => status === 'active' && wanted.includes(name))
  if (member) return { name: member.name, member, members: [member] }
  const office = listOffices(ctx).find(name => isSameName(name, wanted))
  if (office) {
    const members = roster.members.filter(one => rolesOn(one, today).some(role => role.office === office))
    return { name: office, members }
  }
  const unit = (await listUnits(db)).find(({ name }) => isSameName(name, wanted))
  if (unit) return { name: unit.name, members: [], unit }
  const role = Object.entries(pack.roles.value).find(([name]) => name.endsWith(wanted) || wanted.endsWith(name))?.[1]
    .code
  const holder = role && findHolder(ctx, role, incident)
  return holder && { name: holder.name, member: holder, members: [holder] }
}

function listOffices({ roster, today }: Ctx): string[] {
  const offices = roster.members.flatMap(member => rolesOn(member, today)).map(({ office }) => office)
  return [...new Set(offices.filter(office => office !== undefined))]
}

/** Everything that can be named, for the refusal of what nobody knows. */
export async function listTargetNames(ctx: Ctx): Promise<string[]> {
  return [...new Set([...listOffices(ctx), ...(await listUnits(ctx.db)).map(({ name }) => name)])]
}

function isSameName(name: string, told: string): boolean {
  return told.length >= 2 && (name.includes(told) || told.includes(name))
}

function findHolder({ roster, today }: Ctx, role: RoleCode, { gridId }: Incident): Member | undefined {
  const community = roster.gridById(gridId)?.community
  return roster.holders([role], today, { gridId })[0] ?? roster.holders([role], today, { community })[0]
}

/** A unit that has a conversation with the bot reads of it there, without names and doors, for it is a group. */
export async function tellUnit(
  ctx: Ctx,
  unit: Unit,
  incident: Incident,
  verb: '转来' | '催办' | '吹哨',
): Promise<void> {
  const chat = unit.chatPlatformId && (await findChat(ctx.db, ctx.chat.channel, unit.chatPlatformId))
  if (!chat || chat.state === 'dead') return
  const text = `${ctx.actor.name}${verb}事件 #${incident.no}（${describeIncident(incident, ctx.roster, groupReader)}），请尽快办理并回告。`
  await ctx.say.toChat(chat.id, text, {
    kind: 'incident-update',
    urgency: 'normal',
    subject: { type: 'incident', id: incident.id },
  })
}

/** Who must find a new hand for a returned incident: who handed it over last, else those who hold on its tier. */
export async function listHandlersOf(ctx: Ctx, incident: Incident): Promise<Member[]> {
  const giver = await findGiver(ctx, incident)
  if (giver) return [giver]
  const leaders = ctx.roster.holders(['leader', ctx.pack.incident.owner.value], ctx.today, { gridId: incident.gridId })
  return leaders.length > 0 ? leaders : listTierHolders(ctx, incident, incident.tier)
}

/** Who handed a case over last, up or sideways. */
export async function findGiver({ db, roster }: Desk, { id }: Incident): Promise<Member | undefined> {
  const logs = await listIncidentLogs(db, [id])
  const given = logs.findLast(
    ({ action, byId }) => byId !== undefined && (action === 'dispatch' || action === 'escalate'),
  )
  return roster.memberById(given?.byId ?? '')
}
