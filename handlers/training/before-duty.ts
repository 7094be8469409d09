import { dayOf } from '../../policy/time.ts'
import { findStreetBegin } from '../../storage/load-roster.ts'
import type { Member } from '../../storage/roster.ts'
import { insertTrainingDone, listTrainingDone } from '../../storage/trainings.ts'
import type { Desk } from '../desk.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { listLearners } from './classes.ts'

const DONE = /^\s*岗前培训\s+([\s\S]*?)\s*(?:已?完成|合格|通过)\s*[。.]?\s*$/u
const LIST = /^\s*岗前培训(?:名单|情况)?\s*[?？。]?\s*$/u

/** Newcomers without training before duty; those who worked here before the program began are none. Source: S2-37, S4D-13 */
export async function listUntrainedNewcomers(desk: Desk): Promise<Member[]> {
  if (!desk.pack.training?.beforeDuty?.value) return []
  const begin = dayOf(await findStreetBegin(desk.db))
  const done = new Set((await listTrainingDone(desk.db, { kind: 'beforeDuty' })).map(({ memberId }) => memberId))
  return listLearners(desk).filter(({ id, joinedOn }) => joinedOn !== undefined && joinedOn >= begin && !done.has(id))
}

/** Told with the first check-in of the day; the check-in itself stands. */
export async function remindOfBeforeDuty(ctx: Ctx): Promise<void> {
  if (!(await listUntrainedNewcomers(ctx)).some(({ id }) => id === ctx.actor.id)) return
  const { clause } = ctx.pack.training!.beforeDuty!
  const text = `未完成岗前培训：打卡已照常记录，请联系网格长安排培训。（依据：${clause}）`
  await ctx.say.toMember(ctx.actor, text, { kind: 'training', urgency: 'answer' })
}

export const beforeDutyCommand: Command = {
  name: 'beforeDutyTraining',
  matches: new RegExp(`${DONE.source}|${LIST.source}`, 'u'),
  who: 'scheduleMeeting',
  dialog: { as: 'communityLead', turns: [['岗前培训', '没有规定岗前培训']] },
  async run(ctx) {
    const { db, at, today, actor, message, roster } = ctx
    const words = DONE.exec(narrowSigns(ctx.text))?.[1]
    if (words === undefined) {
      if (!ctx.pack.training?.beforeDuty) return refuse('no-rule', '所用的文件没有规定岗前培训。', { private: true })
      const open = await listUntrainedNewcomers(ctx)
      const names = open.map(({ name }) => name).join('、')
      const text =
        open.length > 0
          ? `未完成岗前培训${open.length}人：${names}。完成后发“岗前培训 姓名 已完成”。`
          : '新到岗的人都完成了岗前培训。'
      return answer(text, { private: true })
    }
    const trained = roster.members.filter(({ name, status }) => status === 'active' && words.includes(name))
    if (trained.length === 0) return refuse('unknown-person', `名册里没有“${words}”，没有记。请写名册上的姓名。`)
    for (const member of trained) {
      if (member.id === actor.id)
        return refuse('own-record', '本人的岗前培训请由别人来记，没有改动。', { private: true })
      const [known] = await listTrainingDone(db, { kind: 'beforeDuty', memberId: member.id })
      if (known) continue
      const done = {
        kind: 'beforeDuty',
        memberId: member.id,
        day: today,
        byId: actor.id,
        at,
        messageId: message.id,
      } as const
      const id = await insertTrainingDone(db, done)
      await ctx.record('created', { type: 'trainingDone', id }, { kind: 'beforeDuty' })
    }
    return answer(`已记${trained.map(({ name }) => name).join('、')}完成岗前培训。`)
  },
}
