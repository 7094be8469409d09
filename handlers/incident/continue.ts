import { listTroubles } from '../../policy/likeness.ts'
import { minuteMs } from '../../policy/time.ts'
import { findIncidentOfQuoted, findLastReportIn, type Writer } from '../../storage/incident-sources.ts'
import {
  findIncident,
  findIncidentById,
  type Incident,
  insertIncidentLog,
  OPEN_STATUSES,
} from '../../storage/incidents.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { shortenText } from '../reader.ts'
import type { SlotsOf, Understood } from '../slots.ts'
import { asksSomething, readNamedCase, tellHowItStands } from './asked.ts'
import { reportNotFixed } from './not-fixed.ts'
import { isSamePlace, readPlaceName } from './place-names.ts'
import { isHolder, isWithinReach } from './reach.ts'
import { saysNotFixed } from './says-not-fixed.ts'
import { tellMembers } from './step.ts'

/**
 * Whether a message goes on with an incident instead of asking for something of its own: it quotes what was said of one, or follows
 * the sender's own report within minutes in the same chat and adds a picture, a place or a detail.
 *
 * @returns a light answer; undefined where the message stands for itself
 */
export async function continueReport(ctx: Ctx, understood: Understood): Promise<Answer | undefined> {
  if (understood.intent !== 'none' && understood.intent !== 'reportIncident') return undefined
  const told = understood.intent === 'reportIncident' ? understood.slots : undefined
  const quoted = await findQuoted(ctx)
  if (quoted) return isWithinReach(ctx, quoted) ? continueQuoted(ctx, quoted, told) : undefined
  if (!told && asksSomething(ctx.text)) return tellNamed(ctx)
  const last = await findOwnLast(ctx)
  if (last && (await isMore(ctx, last, told))) return supplement(ctx, last)
  return askForWords(ctx, told)
}

/** A question adds nothing to a report; of the case that it names it is answered. */
async function tellNamed(ctx: Ctx): Promise<Answer | undefined> {
  const no = readNamedCase(ctx.text)
  const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
  return incident && !incident.voided ? tellHowItStands(ctx, incident) : undefined
}

async function findQuoted({ db, chat, message }: Ctx): Promise<Incident | undefined> {
  const { quote } = message.detail
  if (!quote) return undefined
  const id = quote.id === undefined ? undefined : await findIncidentOfQuoted(db, chat.channel, quote.id)
  const no = id ? undefined : /事件\s*#(\d{1,6})/u.exec(quote.text ?? '')?.[1]
  const found = id ? await findIncidentById(db, id) : no ? await findIncident(db, Number(no)) : undefined
  return found && !found.voided ? found : undefined
}

async function continueQuoted(
  ctx: Ctx,
  incident: Incident,
  told: SlotsOf['reportIncident'] | undefined,
): Promise<Answer | undefined> {
  if (saysNotFixed(ctx.text)) return reportNotFixed(ctx, incident)
  if (told && !isAboutSame(ctx, incident, told)) return undefined
  if (!told && asksSomething(ctx.text)) return tellHowItStands(ctx, incident)
  const says = plainWords(ctx.text)
  if (!told && says !== '' && !isDetail(says)) return undefined
  return OPEN_STATUSES.includes(incident.status) || !told ? supplement(ctx, incident) : undefined
}

async function findOwnLast(ctx: Ctx): Promise<Incident | undefined> {
  const { db, actor, at, chat, pack } = ctx
  const writer: Writer = { memberId: actor.id }
  const since = at - pack.incident.intake.followUpMinutes.value * minuteMs
  const id = await findLastReportIn(db, writer, { chatPlatformId: chat.platformId, since })
  return id ? findIncidentById(db, id) : undefined
}

async function isMore(ctx: Ctx, incident: Incident, told: SlotsOf['reportIncident'] | undefined): Promise<boolean> {
  const says = plainWords(ctx.text)
  // What names another case is no more of this one.
  const no = readNamedCase(ctx.text)
  if (no !== undefined && no !== incident.no) return false
  if (told) return isAboutSame(ctx, incident, told)
  return says === '' ? hasMore(ctx) : isDetail(says)
}

async function hasMore({ db, message }: Ctx): Promise<boolean> {
  return message.detail.location !== undefined || (await listPhotosOfMessages(db, [message.id])).length > 0
}

/** A new danger is a report of its own, for it must alarm; so is another place, or another kind of trouble without one. */
function isAboutSame(
  { text }: Ctx,
  incident: Incident,
  { category, place, urgent, solved }: SlotsOf['reportIncident'],
): boolean {
  if (solved || (urgent && !incident.urgent)) return false
  const [known, now] = [listTroubles(incident.description.reveal()), listTroubles(text)]
  if (known.length > 0 && now.length > 0 && !now.some(trouble => known.includes(trouble))) return false
  const sameCategory = category === undefined || category === 'other' || category === incident.category
  if (place === undefined) return sameCategory
  const [here, there] = [incident.place && readPlaceName(incident.place.reveal()), readPlaceName(place)]
  const isSpotOfIt = there.building === undefined && SPOT.test(place)
  return sameCategory && (isSpotOfIt || (here !== undefined && isSamePlace(here, there)))
}

/** Where in a building, not which: 2楼, 三单元, 302室, 楼道. */
const SPOT = /^(?:第?[\d一二三四五六七八九十]{1,4}(?:楼|层|单元|室)|楼[道上下梯顶]|过道|门口|里面|外面)/u

const SMALL_TALK =
  /^(?:(?:好[的啊吧]?|谢+谢*|多谢|感谢|收到|嗯+|哦+|行|可以|辛苦|ok|知道|明白|哈+|没事|老样子|同上次|在吗|你好|您好|早上?好?|晚安|大家|各位|领导|你|您|了|啦|啊|呀|哦|的|吧)[\s,，。.!！~、]*)+$/iu

function isDetail(says: string): boolean {
  return Array.from(says).length >= 3 && !SMALL_TALK.test(says)
}

/** Kept with the case and answered lightly; whoever has it in hand reads it too. */
export async function supplement(ctx: Ctx, incident: Incident): Promise<Answer> {
  const { db, actor, at, message, roster } = ctx
  const says = plainWords(ctx.text)
  const photos = (await listPhotosOfMessages(db, [message.id])).length
  const place = message.detail.location?.name
  const text = says || place || (photos > 0 ? '照片' : '位置')
  // Who works on a case adds a note; who tells of it becomes one of its reporters and hears the result.
  const action = isHolder(ctx, incident) && incident.reporterId !== actor.id ? 'note' : 'supplement'
  await insertIncidentLog(db, { incidentId: incident.id, at, byId: actor.id, action, text, messageId: message.id })
  await ctx.record(action, { type: 'incident', id: incident.id }, { no: incident.no })
  const holder = roster.memberById(incident.holderId ?? '')
  if (holder) await tellMembers(ctx, incident, [holder], `${actor.name}补充事件 #${incident.no}：${shortenText(text)}`)
  const what = photos === 0 ? '' : says === '' ? '照片' : '和照片'
  return answer(`${says === '' && photos > 0 ? what : `情况${what}`}已补到事件 #${incident.no}。`)
}

/** A picture by itself says neither what it is about nor where; in a group nobody is bothered with that. */
async function askForWords(ctx: Ctx, told: SlotsOf['reportIncident'] | undefined): Promise<Answer | undefined> {
  const isBare = !told && ctx.chat.kind === 'direct' && plainWords(ctx.text) === ''
  if (!isBare || (await listPhotosOfMessages(ctx.db, [ctx.message.id])).length === 0) return undefined
  return answer('照片收到。请再说一句是什么事、在哪里，如“3幢楼道堆物”。')
}
