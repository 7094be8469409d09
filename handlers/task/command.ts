import { formatMoment } from '../../policy/time.ts'
import { type Member, rolesOn } from '../../storage/roster.ts'
import { judgeTaskAdmission } from '../admission/gate.ts'
import { type Answer, answer, ask, type Command, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { dueAtOf, renderDue } from '../notice/words.ts'
import { assignTask, tellAssigned } from './assign.ts'
import { isAhead, type Order, readOrder } from './order.ts'
import { nameTask } from './words.ts'

/** What is still open of an order; kept while it is asked for. */
export interface TaskDraft {
  kind: 'task'
  memberIds: string[]
  giver?: string
  content: string
  due?: string
}

/**
 * An order by word of mouth becomes a task with giver and due day. Whoever writes down what they were told themselves is asked who said so.
 * Source: S0-15 (verbal order → 谁交办/何时要)
 */
export const assignCommand: Command = {
  name: 'assignTask',
  matches:
    /^\s*(?:任务|交办)(?:\s*[:：]\s*|\s+|(?=[@＠]))(?!(?:#|第)?\d+\s*号)(?![\s\S]*(?:考核规定|任务要求|工作内容|[发拟出](?:[个张]|一[个张])?(?:工作)?提示单))(?=\S{2,})|^\s*[\p{Script=Han}]{0,8}口头(?:交办|安排|布置|交代|让我|叫我|要我)/u,
  who: 'anyMember',
  dialog: {
    as: 'instructor',
    turns: [['任务 @李敏 12月4日前报出租房数', '已交办李敏']],
  },
  async run(ctx, { when }) {
    const order = readOrder(ctx, when)
    const [unknown] = order.unknown
    if (unknown) {
      const { clause } = ctx.pack.actions.assignTask
      return refuse('unknown-person', `名册里没有“${unknown}”，没有交办（依据：${clause}）。请写名册上的姓名。`)
    }
    return complete(ctx, toDraft(order))
  },
}

function toDraft({ targets, giver, content, due }: Order): TaskDraft {
  return { kind: 'task', memberIds: targets.map(({ id }) => id), giver, content, due }
}

/** The answer to 谁交办、何时要. */
export async function resumeTask(ctx: Ctx, draft: TaskDraft, when: string | undefined): Promise<Answer | undefined> {
  const words = ctx.text.trim()
  if (/^(?:算了|不用了|取消)/u.test(words)) return answer('好，没有记。')
  const due = when ?? draft.due
  const asksGiver = draft.memberIds.length === 0 && draft.giver === undefined
  const giver = asksGiver ? readGiver(ctx, words) : draft.giver
  if (due === draft.due && giver === draft.giver) return undefined
  return complete(ctx, { ...draft, due, giver })
}

/** A name of the roster, else the first words before the date. */
function readGiver({ roster }: Ctx, words: string): string | undefined {
  const named = roster.members.find(({ name }) => words.includes(name))
  if (named) return named.name
  const said = /^(?:是)?([\p{Script=Han}]{2,10}?)(?:交办|安排|布置|让|的|说|[，,。；;\s]|$)/u.exec(words)?.[1]
  return said && !/[前内号日周]$/u.test(said) ? said : undefined
}

async function complete(ctx: Ctx, draft: TaskDraft): Promise<Answer> {
  const { due, giver, memberIds, content } = draft
  const { clause } = ctx.pack.actions.assignTask
  const isOwn = memberIds.length === 0 || (memberIds.length === 1 && memberIds[0] === ctx.actor.id)
  if (!isOwn && !ctx.may('assignTask')) return refuseRole(ctx, 'assignTask')
  const missing = [isOwn && !giver && '谁交办的', !due && '什么时候要'].filter(Boolean)
  if (missing.length > 0) {
    const example = isOwn && !giver ? `徐书记，${due ? '' : '周五前'}`.replace(/，$/, '') : '周五前'
    return ask('reportProgress', draft, `《${content}》${missing.join('、')}？回一句就行，如“${example}”。`)
  }
  if (!isAhead(due!, ctx.at)) {
    const text = `${renderDue(due!)}已经过了，没有交办（依据：${clause}）。请换一个日期，如“下周五前”。`
    return ask('reportProgress', { ...draft, due: undefined }, text)
  }
  const refused = isOwn ? undefined : await judgeTaskAdmission(ctx, ctx.text, content)
  if (refused && 'text' in refused) return refused
  return give(ctx, { ...draft, due: due! }, isOwn, refused?.admissionId)
}

async function give(
  ctx: Ctx,
  { memberIds, giver, content, due }: TaskDraft & { due: string },
  isOwn: boolean,
  admissionId: string | undefined,
): Promise<Answer> {
  const { roster, actor, message } = ctx
  const members = isOwn ? [actor] : memberIds.map(id => roster.memberById(id)!)
  const source = isOwn ? (findGiver(ctx, giver!) ?? giver!) : actor
  const names: string[] = []
  for (const member of members) {
    const task = await assignTask(ctx, { member, giver: source, content, due, admissionId, messageId: message.id })
    if (member.id !== actor.id) await tellAssigned(ctx, task)
    names.push(`${nameTask(task)}`)
  }
  const by = renderDue(due)
  if (isOwn) return answer(`已记${names[0]}，${giver}交办，${by}；${remindsWhen(due)}。`, { private: true })
  return answer(`已交办${members.map(({ name }) => name).join('、')}：${names.join('、')}，${by}。`)
}

function findGiver({ roster, today }: Ctx, words: string): Member | undefined {
  const named = roster.members.filter(({ name }) => words.includes(name))
  if (named.length === 1) return named[0]
  const [, surname, title] = /^(.)(书记|主任|组长|科长|站长|所长|镇长|乡长)$/u.exec(words) ?? []
  const titled = roster.members.filter(
    member =>
      surname && member.name.startsWith(surname) && rolesOn(member, today).some(role => role.roleName.includes(title!)),
  )
  return titled.length === 1 ? titled[0] : undefined
}

function remindsWhen(due: string): string {
  return `${formatMoment(dueAtOf(due) - 1).slice(0, -5)}前我提醒您`
}
