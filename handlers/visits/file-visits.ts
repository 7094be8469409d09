import { judgeDuty, judgeVisitSort, type VisitSort } from '../../policy/visit-kind.ts'
import {
  type FieldRecord,
  insertFieldRecord,
  type NewFieldRecord,
  tieVisitToIncident,
} from '../../storage/field-records.ts'
import { findIncidentOfMessage } from '../../storage/incident-sources.ts'
import type { Grid } from '../../storage/roster.ts'
import { linkVisit } from '../../storage/visit-target-history.ts'
import type { VisitTarget } from '../../storage/visit-targets.ts'
import { markClaimed } from '../claimed-time.ts'
import { nameWorkGrid } from '../grids.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { readerOf } from '../reader.ts'
import { listOf, maySee } from './answerers.ts'
import { type Counted, findVisited } from './count-for-lists.ts'
import { offerCase } from './offer-case.ts'
import { offerClosing } from './offer-closing.ts'
import { outcomeNames, type VisitTold } from './read-visit.ts'
import { judgeTargets } from './state.ts'
import { withState } from './words.ts'

/** One visit to be filed; `targets` are those whom the words name by code, `kind` is told where the words themselves do not. */
export interface VisitToFile extends VisitTold {
  targets?: readonly VisitTarget[]
  kind?: string
  people?: number
}

/** What goes for every visit of a message. */
export interface VisitFacts {
  at: number
  claimedAt?: number
  grid?: Grid
  /** The words to be judged: what kind of visit it was. */
  words: string
}

interface Filed {
  told: VisitToFile
  record: FieldRecord
  sort: VisitSort
  counted: Counted
}

/** Files the visits that one message tells of and answers once for all of them. Source: S0-12, S1-17, S3A-02 */
export async function fileVisits(ctx: Ctx, visits: readonly VisitToFile[], facts: VisitFacts): Promise<Answer> {
  const filed: Filed[] = []
  for (const told of visits) filed.push(await fileVisit(ctx, told, facts))
  const { grid, claimedAt } = facts
  const parts = [describeFiled(ctx, filed), nameWorkGrid(ctx.pack, grid), markClaimed(claimedAt, ctx.today)]
  const text = `已记走访：${parts.filter(Boolean).join('，')}。`
  const lists = ctx.chat.kind === 'direct' ? await renderLists(ctx, filed) : ''
  const offered = await offerFor(ctx, filed)
  return answer([`${text}${lists}`, offered?.text].filter(Boolean).join('\n'), {
    card: offered?.card,
    // A group reads nothing of a closed list, not even a code. Source: S1-24, S4D-36
    private: visits.some(({ targets = [] }) => targets.some(target => listOf(ctx, target).isClosed)),
  })
}

/** Files one visit and counts it for everybody on the lists to whom it was. */
export async function fileVisit(
  ctx: Ctx,
  told: VisitToFile,
  { at, claimedAt, grid, words }: VisitFacts,
): Promise<Filed> {
  const judged = judgeVisitSort(words, told.findings, ctx.pack)
  const sort = { ...judged, kind: told.kind ?? judged.kind }
  const counted: Counted = told.targets
    ? { targets: [...told.targets], alike: [] }
    : await findVisited(ctx, { gridId: grid?.id, person: told.person, place: told.place })
  const isClosed = counted.targets.some(target => listOf(ctx, target).isClosed)
  const visit: NewFieldRecord = {
    kind: 'visit',
    memberId: ctx.actor.id,
    gridId: grid?.id,
    at,
    claimedAt,
    person: told.person,
    place: told.place,
    minutes: told.minutes,
    findings: told.findings,
    households: told.households,
    people: told.people,
    outcome: told.outcome,
    visitKind: sort.kind,
    visitTopic: sort.topic,
    duty: judgeDuty(sort, words, isClosed, ctx.pack),
    messageId: ctx.message.id,
  }
  const record = await insertFieldRecord(ctx.db, visit, ctx.now)
  await ctx.record('created', { type: 'visit', id: record.id }, { gridNo: grid?.no })
  for (const target of counted.targets) await linkVisit(ctx.db, record.id, target.id)
  return { told, record, sort, counted }
}

function describeFiled(ctx: Ctx, filed: readonly Filed[]): string {
  const named = filed.map(({ told }) => describeOne(ctx, told))
  const [one] = filed
  if (filed.length === 1) return [named[0], one?.told.minutes && `${one.told.minutes}分钟`].filter(Boolean).join('，')
  const minutes = filed.reduce((sum, { told }) => sum + (told.minutes ?? 0), 0)
  const households = filed.reduce((sum, { told }) => sum + (told.households ?? 1), 0)
  return [named.join('、'), `共${households}户`, minutes > 0 && `${minutes}分钟`].filter(Boolean).join('，')
}

/** `王奶奶（3幢）`, `5户（3幢2单元）`, `低保-03`, in private with the address; why nobody was seen behind. */
function describeOne(ctx: Ctx, { person, place, households, outcome, targets = [] }: VisitToFile): string {
  const reader = readerOf(ctx)
  const who =
    targets.length > 0
      ? targets.map(({ code }) => code).join('、')
      : person !== undefined
        ? reader.person(person)
        : households !== undefined && `${households}户`
  const isTelling = targets.length > 0 && ctx.chat.kind === 'group'
  const where = place !== undefined && !isTelling && reader.place(place)
  const what = who && where ? `${who}（${where}）` : who || where || ''
  return outcome ? `${what}${outcomeNames[outcome]}` : what
}

/** How those on the lists stand now; never in a group, where a code beside a name would tell who is on which list. */
async function renderLists(ctx: Ctx, filed: readonly Filed[]): Promise<string> {
  const targets = filed.flatMap(({ counted }) => counted.targets).filter(target => maySee(ctx, target))
  const states = (await judgeTargets(ctx, targets)).filter(({ frequency }) => frequency)
  const alike = filed.flatMap(({ counted }) => counted.alike).filter(target => maySee(ctx, target))
  const which =
    alike.length > 0
      ? `名单里有${alike.length}位同名（${alike.map(({ code }) => code).join('、')}），没有算到名单上；请写编号再说一次，如“走访${alike[0]!.code}”。`
      : ''
  return states.length > 0 ? `${states.map(state => withState(state, ctx.today)).join('；')}。${which}` : which
}

/** At most one thing is offered: to take somebody off a list, or to make a case of what was found. */
async function offerFor(ctx: Ctx, filed: readonly Filed[]): Promise<Pick<Answer, 'text' | 'card'> | undefined> {
  const incidentId = await findIncidentOfMessage(ctx.db, ctx.message.id)
  if (incidentId !== undefined) {
    for (const { record } of filed) await tieVisitToIncident(ctx.db, record.id, incidentId)
    return undefined
  }
  for (const { told, counted } of filed) {
    const closing = await offerClosing(ctx, told.outcome, counted.targets)
    if (closing) return closing
  }
  const found = filed.find(({ sort }) => sort.offers !== undefined)
  return found?.sort.offers && offerCase(found.sort.offers)
}
