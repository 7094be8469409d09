import { judgeDeadline, type Limit } from '../../policy/deadline.ts'
import type { Pack } from '../../policy/pack.ts'
import { type Day, formatDayShort } from '../../policy/time.ts'
import { type Inspection, insertInspection } from '../../storage/inspections.ts'
import type { Notice } from '../../storage/notices.ts'
import { type Grid, gridsOf, type Member } from '../../storage/roster.ts'
import { nextNumber } from '../../storage/settings.ts'
import type { Desk } from '../desk.ts'
import { chooseNumbered, findBareGridNo } from '../grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler, refuse } from '../handler.ts'
import { findNamedNotices, NOTICE_BEFORE, NOTICE_BEHIND } from '../notice/named.ts'
import { nameNotice, nameState, targetGrids } from '../notice/words.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { inspectedOf, nameInspection, refuseOwnGrid } from './words.ts'

type Slots = SlotsOf['inspect']

/** What was found, while it is asked where. */
interface InspectDraft {
  findings: string
  deduct?: number
}

const NOTICE = new RegExp(`${NOTICE_BEHIND}|${NOTICE_BEFORE}`, 'u')
const FINE = /没(?:有)?(?:发现)?(?:什么|任何)?问题|无问题|未发现问题|合格|很好|挺好|都不错/u
const WANTING = /但|不足|不全|不到位|没更新|未更新|缺|整改|限期|还有/u

/**
 * 督导: findings about a grid or a person, linked to a notice where one is named. The inspected hear it in private and answer within the
 * pack's working days; points are proposed at most. Source: S0-26, S1-10; design decision 7
 */
export const inspect = defineHandler({
  intent: 'inspect',
  who: 'inspect',
  dialog: { as: 'office', turns: [['督导3网格：台账不全，扣2分', '1号督导已记']] },
  async run(ctx, slots) {
    return locate(ctx, slots, { findings: plainWords(ctx.text), deduct: slots.deduct })
  },
  async resume(ctx, draft, understood) {
    const { findings, deduct } = draft as InspectDraft
    const words = plainWords(ctx.text)
    const told = understood.intent === 'inspect' ? understood.slots : {}
    const person = told.person ?? ctx.roster.members.find(({ name }) => words.includes(name))?.name
    const gridNo = told.gridNo ?? findBareGridNo(words)
    if (person === undefined && gridNo === undefined) return undefined
    return locate({ ...ctx, text: `${words}\n${findings}` }, { person, gridNo }, { findings, deduct })
  },
})

async function locate(ctx: Ctx, { gridNo, person }: Slots, draft: InspectDraft): Promise<Answer> {
  const choice = gridNo === undefined ? undefined : chooseNumbered(ctx, gridNo)
  if (choice && 'unknown' in choice) return refuse('unknown-grid', `没有第${gridNo}网格，没有记录。`)
  const grid = choice && 'found' in choice ? choice.found : undefined
  const among = choice && 'ask' in choice ? choice.among : undefined
  const found = person === undefined ? [] : findInspected(ctx, person, grid, among)
  if (person !== undefined && found.length === 0) {
    const { clause } = ctx.pack.actions.inspect
    return refuse('unknown-person', `名册里${grid ? `${grid.name}` : ''}没有“${person}”，没有记录（依据：${clause}）。`)
  }
  if (found.length > 1)
    return refuse('which-person', `叫${person}的有${found.length}人，请写上网格，如“督导3网格${person}……”。`)
  const [member] = found
  if (among && !member) {
    const names = among.map(({ community }) => community).join('、')
    return ask('inspect', draft, `${gridNo}号网格不止一个，督导的是哪个社区的：${names}？`)
  }
  const where = grid ?? (member && gridsOf(ctx.roster, member, ctx.today)[0])
  if (!where && !member) return ask('inspect', draft, '督导的是哪个网格，或哪位同志？回网格号或姓名就行。')
  return save(ctx, draft, where, member)
}

function findInspected(ctx: Ctx, person: string, grid: Grid | undefined, among: readonly Grid[] | undefined): Member[] {
  const { roster, today } = ctx
  const named = roster.membersNamed(person)
  const grids = grid ? [grid] : among
  if (!grids) return named
  return named.filter(member => gridsOf(roster, member, today).some(({ id }) => grids.some(one => one.id === id)))
}

async function save(
  ctx: Ctx,
  draft: InspectDraft,
  grid: Grid | undefined,
  member: Member | undefined,
): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const subject = { gridId: grid?.id, memberId: member?.id }
  const own = refuseOwnGrid(ctx, subject)
  if (own) return own
  const linked = await findLinked(ctx, draft.findings, grid)
  if (linked && 'text' in linked) return linked
  const { findings, deduct } = draft
  const passed = deduct === undefined && FINE.test(findings) && !WANTING.test(findings)
  const feedback = feedbackBy(ctx, ctx.today)
  const inspection = await insertInspection(db, {
    no: await nextNumber(db, 'inspection'),
    noticeId: linked?.notice.id,
    ...subject,
    inspectorId: actor.id,
    at,
    findings,
    deduct,
    status: passed ? 'passed' : 'open',
    feedbackDay: feedback.day,
    feedbackSum: feedback.sum,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'inspection', id: inspection.id }, { deduct })
  const told = await tellInspected(ctx, inspection)
  return answer(renderSaved(ctx, inspection, told, linked?.notice))
}

/** The notice whose carrying out was looked at, where the words name one. */
async function findLinked(
  ctx: Ctx,
  findings: string,
  grid: Grid | undefined,
): Promise<{ notice: Notice } | Answer | undefined> {
  const [, behind, before] = NOTICE.exec(findings.normalize('NFKC')) ?? []
  const said = behind ?? before
  if (said === undefined) return undefined
  const [notice] = await findNamedNotices(ctx, said)
  if (!notice) return refuse('unknown-number', `没有${said}号提示单，没有记录。`)
  if (notice.broadcastAt === undefined)
    return refuse('not-broadcast', `${nameNotice(notice)}${nameState(notice)}，还不能督导。`)
  if (grid && !targetGrids(ctx.roster, notice).includes(grid)) {
    return refuse('not-target', `${nameNotice(notice)}没有发给${grid.name}，没有记录。`)
  }
  return { notice }
}

/** The day by which the inspected answer. Source: S0-26 (及时反馈督导情况: 2 working days, a default) */
export function feedbackBy({ pack, calendar }: Pick<Desk, 'pack' | 'calendar'>, today: Day): { day: Day; sum: string } {
  const { limit } = feedbackRule(pack)
  const { day, arithmetic } = judgeDeadline({ reportedOn: today, limit, calendar })
  return { day: day!, sum: arithmetic! }
}

function feedbackRule(pack: Pack): { limit: Limit } {
  const stage = pack.sla.find(({ value }) => value.stage === 'inspectionFeedback')
  if (!stage) throw new Error(`pack ${pack.id}: no inspectionFeedback`)
  return { limit: { clause: stage.clause, ...stage.value.limit } as Limit }
}

/** In private, whole: what was found, by when an answer is due, and that points are a proposal. */
async function tellInspected(ctx: Ctx, inspection: Inspection): Promise<Member[]> {
  const { actor, say, pack } = ctx
  const { no, deduct, findings, feedbackDay, feedbackSum, id, status } = inspection
  const passed = status === 'passed'
  const points = deduct === undefined ? '' : `\n建议扣${deduct}分：只是建议，要负责人签字才生效，您可以说明情况。`
  const clause = pack.actions.inspect.clause
  const next = passed
    ? ''
    : `\n请在${formatDayShort(feedbackDay)}24:00前反馈（${feedbackSum}；依据：${clause}）：回“反馈督导${no}”加说明，整改好了回“整改督导${no}”。`
  const members = inspectedOf(ctx, inspection).filter(member => member.id !== actor.id)
  for (const member of members) {
    const text = `【督导 第${no}号】${actor.name}：${findings.reveal()}${points}${next}`
    await say.toMember(member, text, {
      kind: 'inspection',
      urgency: 'normal',
      subject: { type: 'inspection', id },
      card: passed
        ? undefined
        : { title: `${no}号 督导`, buttons: [{ key: 'correct', text: '已整改', says: `整改督导${no}` }] },
    })
  }
  return members
}

/** In a group neither findings nor points are repeated. */
function renderSaved(ctx: Ctx, inspection: Inspection, told: readonly Member[], notice: Notice | undefined): string {
  const { status, deduct, feedbackDay } = inspection
  const name = ctx.chat.kind === 'group' ? `${inspection.no}号督导` : nameInspection(ctx, inspection)
  const link = notice ? `，关联${nameNotice(notice)}` : ''
  const points = deduct === undefined || ctx.chat.kind === 'group' ? '' : `；建议扣${deduct}分，待负责人签字才生效`
  const whom = told.length > 0 ? `，已私下告知${told.length}人` : '，名册里没有可告知的人'
  const next = status === 'passed' ? '' : `，${formatDayShort(feedbackDay)}前反馈`
  return `${name.replace('号督导', '号督导已记')}${link}${whom}${next}${points}。`
}
