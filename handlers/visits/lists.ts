import { formatDayCompact } from '../../policy/time.ts'
import { findVisitList } from '../../policy/visit-list.ts'
import { countVisitTargets, listVisitTargets, type VisitTarget } from '../../storage/visit-targets.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { answerersOf, isLead, listOf, maySee, reachOf } from './answerers.ts'
import { CODE, findCoded, readCode } from './codes.ts'
import { judgeTargets, type TargetState } from './state.ts'
import { renderFrequency, renderState, withState } from './words.ts'

const TARGETS = new RegExp(
  `^\\s*(?:@\\S+\\s+)?(?:走访对象|走访名单)(?:\\s*(${CODE})|\\s*[:：]?\\s*([\\p{Script=Han}、]{2,12}))?\\s*[?？。]?\\s*$`,
  'u',
)
const OWED =
  /^\s*(?:@\S+\s+)?(?:(逾期走访|走访逾期)|(?:本月|这个月|本周|本季度)(?:还)?(?:未|没)走访(?:的)?|未走访(?:名单)?|(?:看看)?我?(?:本月|这个月|本周|本季度)?还?有?(?:谁|哪些人|哪[几些]户)还?没(?:有)?走访(?:过|到)?)\s*[?？。]?\s*$/u
const SHOWN = 20

/** Who stands on the lists: numbers in a group, codes in private, name and address for one code to whoever may see them. Source: S1-16, S1-24, S2-24, S4D-36 */
export const targetsCommand: Command = {
  name: 'visitTargets',
  matches: TARGETS,
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201', '低保-01'],
      ['走访对象', '低保户1'],
      ['走访对象 低保-01', '王秀英'],
    ],
  },
  async run(ctx) {
    const [, code, list] = TARGETS.exec(ctx.text.normalize('NFKC')) ?? []
    if (code !== undefined) return describeTarget(ctx, readCode(code))
    return list === undefined ? countLists(ctx) : describeList(ctx, list)
  },
}

async function describeTarget(ctx: Ctx, code: string): Promise<Answer> {
  if (ctx.chat.kind === 'group') return refuseInGroup(`走访对象 ${code}`)
  const {
    targets: [target],
  } = await findCoded(ctx.db, [code])
  if (!target || !maySee(ctx, target)) return refuse('unknown-code', `没有您负责的走访对象${code}。`)
  const [state] = await judgeTargets(ctx, [target])
  const { name, address, bornOn, gridId, closedOn, closedReason, fromDay } = target
  const who = answerersOf(ctx, target).map(member => member.name)
  const lines = [
    `${target.code} ${name.reveal()}（${target.list}），${ctx.roster.gridById(gridId)?.name ?? ''}`,
    address && `住址：${address.reveal()}`,
    bornOn && `出生：${bornOn.reveal()}`,
    `${state?.frequency ? renderFrequency(state.frequency) : '没有规定次数'}，责任人：${who.join('、') || '暂缺'}，${formatDayCompact(fromDay, ctx.today)}登记`,
    closedOn
      ? `已于${formatDayCompact(closedOn, ctx.today)}移出：${closedReason}`
      : state && renderState(state, ctx.today),
  ]
  return answer(lines.filter(Boolean).join('\n'))
}

/** Numbers alone; in a group those of the open lists. */
async function countLists(ctx: Ctx): Promise<Answer> {
  const { chat, roster } = ctx
  const reach = reachOf(ctx)
  const here = chat.group?.gridId ? [chat.group.gridId] : undefined
  const gridIds = here && (reach === undefined || here.every(id => reach.includes(id))) ? here : reach
  const counts = [...(await countVisitTargets(ctx.db, gridIds))].map(([name, count]) => ({
    name,
    count,
    isClosed: listOf(ctx, { list: name }).isClosed,
  }))
  const shown = counts.filter(({ isClosed }) => chat.kind === 'direct' || !isClosed)
  if (shown.length === 0) return answer('还没有登记走访对象。网格员私聊我说“登记走访对象 低保户 王秀英 3幢201”就行。')
  const where = gridIds?.length === 1 ? (roster.gridById(gridIds[0])?.name ?? '') : ''
  const text = `${where}走访对象：${shown.map(({ name, count }) => `${name}${count}`).join('、')}。`
  if (chat.kind === 'group') return answer(text)
  return answer(`${text}看名单回“走访对象 ${shown[0]!.name}”，没走访的回“本月未走访”。`)
}

async function describeList(ctx: Ctx, told: string): Promise<Answer> {
  const list = findVisitList(ctx.pack, told)
  if (!list) return refuse('unknown-list', `没有“${told}”这份名单，回“走访对象”看有哪些。`)
  const isGroup = ctx.chat.kind === 'group'
  if (isGroup && list.isClosed) return refuseInGroup(`走访对象 ${list.name}`)
  const targets = await listVisitTargets(ctx.db, { gridIds: reachOf(ctx), list: list.name })
  if (isGroup) return answer(`${list.name}${targets.length}户（人）。名单请私聊我看。`)
  const visible = targets.filter(target => maySee(ctx, target))
  if (visible.length === 0) {
    return answer(
      targets.length > 0
        ? `${list.name}共${targets.length}人，名单由责任人和社区负责人查看。`
        : `还没有登记${list.name}。`,
    )
  }
  const states = await judgeTargets(ctx, visible)
  return answer(
    [`${list.name}${targets.length}人：`, ...renderLines(states, state => withState(state, ctx.today))].join('\n'),
  )
}

/** Whom nobody visited yet, or not in the span before: own ones for a worker, those of the grid for its leader. Source: S1-16, S2-24 */
export const owedCommand: Command = {
  name: 'owedVisits',
  matches: OWED,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['本月未走访', '名单上还没有人']] },
  async run(ctx) {
    const isOverdue = OWED.exec(ctx.text)?.[1] !== undefined
    if (ctx.chat.kind === 'group') return refuseInGroup(isOverdue ? '逾期走访' : '本月未走访')
    const targets = await listVisitTargets(ctx.db, { gridIds: reachOf(ctx) })
    const states = (await judgeTargets(ctx, targets)).filter(({ verdict }) =>
      isOverdue ? verdict.overdue : verdict.state === 'owed',
    )
    const own = states.filter(({ target }) => isOwn(ctx, target))
    const others = states.filter(({ target }) => !isOwn(ctx, target) && maySee(ctx, target))
    // How many stand on closed lists is for those who lead; a worker hears of the own ones only.
    const hidden = isLead(ctx) ? states.filter(({ target }) => !maySee(ctx, target)).length : 0
    if (targets.length === 0)
      return answer('走访名单上还没有人。登记说一句就行，如“登记走访对象 低保户 王秀英 3幢201”。')
    if (own.length + others.length + hidden === 0)
      return answer(isOverdue ? '没有逾期的走访。' : '名单上这一期都走访过了，没有未走访的。')
    const lines = [
      ...renderLines(own, state => withState(state, ctx.today)),
      ...renderLines(others, state => `${withState(state, ctx.today)}，${nameAnswerers(ctx, state.target)}`),
      ...(hidden > 0 ? [`另有不公开名单${hidden}人，由责任人查看。`] : []),
    ]
    const head = `${isOverdue ? '逾期走访' : '还没走访'}${own.length + others.length + hidden}人：`
    return answer([head, ...lines].join('\n'))
  },
}

function isOwn(ctx: Ctx, target: VisitTarget): boolean {
  return answerersOf(ctx, target).some(({ id }) => id === ctx.actor.id)
}

function nameAnswerers(ctx: Ctx, target: VisitTarget): string {
  return answerersOf(ctx, target)
    .map(({ name }) => name)
    .join('、')
}

function renderLines(states: readonly TargetState[], render: (state: TargetState) => string): string[] {
  const rest = states.length > SHOWN ? [`……还有${states.length - SHOWN}人`] : []
  return [...states.slice(0, SHOWN).map(render), ...rest]
}

function refuseInGroup(words: string): Answer {
  return refuse('private-only', `名单不在群里说。请私聊我说“${words}”。`)
}
