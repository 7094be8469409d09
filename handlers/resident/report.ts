import { dayMs, minuteMs } from '../../policy/time.ts'
import { type Incident, insertIncidentLog, moveIncident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import type { Grid, Member } from '../../storage/roster.ts'
import { chooseNumbered, findGridNo } from '../grids.ts'
import { type Answer, answer, refuse, type StrangerCtx } from '../handler.ts'
import { emergencySentence, raiseAlarm } from '../incident/alert.ts'
import { listResponsible } from '../incident/holders.ts'
import { fileReport } from '../incident/intake.ts'
import { chooseByPlace } from '../incident/locate.ts'
import { nameResident } from '../incident/names.ts'
import { tellLeaders } from '../incident/tell-leaders.ts'
import { listUrgentReceivers } from '../incident/urgent-receivers.ts'
import { describeIncident } from '../incident/words.ts'
import { plainWords } from '../plain-words.ts'
import { privateReader, shortenText } from '../reader.ts'
import type { SlotsOf } from '../slots.ts'

/** Nobody has more to report in one day; whoever floods the street is told so (S2-52, abuse). */
const REPORTS_PER_DAY = 10
/** What follows a report this soon, and says no trouble of its own, belongs to it. */
const FOLLOW_UP_MINUTES = 10

/** Whom they praise they name with the grid; it says nothing of where the last report is. */
const PRAISE = /表扬|感谢|谢谢|点赞|夸/u

/** A resident's problem becomes an incident like any other, from a person whom nobody has verified. Source: S2-52 (人人都是网格员), S3A-02 */
export async function takeReport(
  ctx: StrangerCtx,
  slots: SlotsOf['reportIncident'],
  own: readonly Incident[],
): Promise<Answer> {
  const says = plainWords(ctx.text)
  const same = own.find(({ status, description }) => OPEN_STATUSES.includes(status) && description.reveal() === says)
  if (same) return supplement(ctx, same, says, 0)
  const today = own.filter(({ reportedAt }) => ctx.now - reportedAt < dayMs)
  if (today.length >= REPORTS_PER_DAY) {
    return refuse('too-many', `今天已经记下您反映的${today.length}件事，都在办理。急事请直接联系社区。`)
  }
  const grid = chooseResidentsGrid(ctx, slots.place)
  const incident = await fileReport(ctx, { slots, grid })
  await tellStreet(ctx, incident, grid)
  const where = grid ? `已转给${grid.name}办理` : '请再告诉我在哪个小区、几幢，或发一个位置'
  return answer(`已收到您反映的问题，编号 #${incident.no}。${where}；有进展在这里告诉您，也可以随时回“进度”。`)
}

/**
 * A place, a picture or a detail that follows: of a report without a place, the answer to where it is; of a fresh one, more about it.
 * @returns undefined where the message stands for itself
 */
export async function continueReport(
  ctx: StrangerCtx,
  own: readonly Incident[],
  isProblem: boolean,
): Promise<Answer | undefined> {
  const last = own[0]
  const photos = (await listPhotosOfMessages(ctx.db, [ctx.message.id])).length
  const says = plainWords(ctx.text)
  const hasMore = photos > 0 || ctx.message.detail.location !== undefined
  if (!last || !OPEN_STATUSES.includes(last.status)) return hasMore && says === '' ? askForWords() : undefined
  const saysWhere = last.gridId === undefined && !isProblem && !PRAISE.test(says)
  const grid = saysWhere ? chooseResidentsGrid(ctx, says || undefined) : undefined
  if (grid) return locate(ctx, last, grid)
  const isFresh = ctx.now - last.reportedAt < FOLLOW_UP_MINUTES * minuteMs
  if (says !== '' && (isProblem || !isFresh)) return undefined
  if (!hasMore && says.length < 3) return undefined
  return isFresh ? supplement(ctx, last, says, photos) : askForWords()
}

/** The grid they name, else that of the place they name, else the one around the position they sent. */
function chooseResidentsGrid(ctx: StrangerCtx, place: string | undefined): Grid | undefined {
  const no = findGridNo(ctx.text)
  const choice = no === undefined ? chooseByPlace(ctx, place) : chooseNumbered(ctx, no)
  return choice && 'found' in choice ? choice.found : undefined
}

async function locate(ctx: StrangerCtx, incident: Incident, grid: Grid): Promise<Answer> {
  const moved = await moveIncident(ctx.db, incident.id, OPEN_STATUSES, { gridId: grid.id })
  if (!moved) return answer(`#${incident.no} 已在办理，谢谢您。`)
  await log(ctx, moved, 'supplement', plainWords(ctx.text) || '位置')
  await ctx.record('located', { type: 'incident', id: moved.id }, { gridNo: grid.no })
  if (moved.urgent) {
    await raiseAlarm(ctx, { incident: moved, grids: [grid], reporterName: nameResident(ctx) })
    return answer(`记下了，#${moved.no} 已通知${grid.name}马上处置。${emergencySentence(ctx.pack)}`)
  }
  await tellLeaders(ctx, moved, grid)
  return answer(`记下了，#${moved.no} 已转给${grid.name}办理。`)
}

async function supplement(ctx: StrangerCtx, incident: Incident, says: string, photos: number): Promise<Answer> {
  const text = says || (photos > 0 ? '照片' : ['位置', ctx.message.detail.location?.name].filter(Boolean).join('：'))
  await log(ctx, incident, 'supplement', text)
  await ctx.record('supplement', { type: 'incident', id: incident.id }, { no: incident.no })
  for (const member of await listConcerned(ctx, incident)) {
    await ctx.say.toMember(member, `居民补充事件 #${incident.no}：“${shortenText(text)}”`, {
      kind: 'incident-update',
      urgency: incident.urgent ? 'urgent' : 'normal',
      subject: { type: 'incident', id: incident.id },
    })
  }
  return answer(`已补充到 #${incident.no}，谢谢您。`)
}

/** Who has it in hand; before that whoever looks for its place, and in danger those who were alarmed. */
async function listConcerned(ctx: StrangerCtx, incident: Incident): Promise<Member[]> {
  const { roster, today } = ctx
  if (incident.holderId !== undefined) return listResponsible(ctx, incident)
  const grid = roster.gridById(incident.gridId)
  if (!grid) return roster.holders(['generalOffice'], today)
  return incident.urgent ? listUrgentReceivers(ctx, grid) : []
}

async function log({ db, at, message }: StrangerCtx, { id }: Incident, action: string, text: string): Promise<void> {
  await insertIncidentLog(db, { incidentId: id, at, action, text, messageId: message.id })
}

/** Whoever answers for the grid; where nobody knows which one it is, the general office finds it out. */
async function tellStreet(ctx: StrangerCtx, incident: Incident, grid: Grid | undefined): Promise<void> {
  if (grid) {
    await tellLeaders(ctx, incident, grid)
    return
  }
  const { roster, say, today } = ctx
  const text = `居民反映 #${incident.no}：${describeIncident(incident, roster, privateReader)}\n“${shortenText(incident.description.reveal())}”\n还不知道在哪个网格，已请居民补充；也可以直接流转给网格，如“事件${incident.no}转给第1网格”。`
  for (const member of roster.holders(['generalOffice'], today)) {
    await say.toMember(member, text, {
      kind: 'incident-new',
      urgency: 'normal',
      subject: { type: 'incident', id: incident.id },
    })
  }
}

function askForWords(): Answer {
  return answer('收到。请再说一句是什么事、在哪里，如“3幢楼道的灯坏了”。')
}
