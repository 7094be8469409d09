import { isWithin, periodRange, yearOf } from '../../policy/time.ts'
import { dropPlannedTraining, insertPlannedTraining, listPlannedTrainings } from '../../storage/trainings.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { nameOf } from '../meeting/words.ts'
import { refuseRole } from '../not-allowed.ts'
import { narrowSigns } from '../plain-words.ts'
import { listClasses } from './classes.ts'

const PLAN = /^\s*(删除?)?培训计划(?:\s*[:：]?\s*([\s\S]*?))?\s*[?？。]?\s*$/u
const LINE = /^(?:(\d{4})年)?\s*(\d{1,2})月\s*[:：,，]?\s*(\S[\s\S]*)$/u

/**
 * The plan of the year: `培训计划` shows it with what has been held, `培训计划 12月 消防实操；1月 反诈` adds to it, `删培训计划 12月 消防实操`
 * takes away. Source: S0-27, S2-35, S4D-13
 */
export const planCommand: Command = {
  name: 'trainingPlan',
  matches: PLAN,
  who: 'anyMember',
  dialog: { as: 'office', turns: [['培训计划 12月 消防实操', '已列入']] },
  run(ctx) {
    const [, drops, words = ''] = PLAN.exec(narrowSigns(ctx.text)) ?? []
    const told = words.trim()
    const year = /^(\d{4})年?$/.exec(told)?.[1]
    if (told === '' || year) return show(ctx, year ? Number(year) : yearOf(ctx.today))
    if (!ctx.may('scheduleMeeting')) return Promise.resolve(refuseRole(ctx, 'scheduleMeeting'))
    return change(ctx, told, drops !== undefined)
  },
}

async function change(ctx: Ctx, told: string, drops: boolean): Promise<Answer> {
  const { db, at, actor, message } = ctx
  const lines = told
    .split(/[\n;；]/u)
    .map(line => line.trim())
    .filter(Boolean)
  const read = lines.map(line => LINE.exec(line))
  const unread = lines.filter((_, index) => !read[index] || Number(read[index]![2]) > 12 || Number(read[index]![2]) < 1)
  if (unread.length > 0) {
    return refuse('bad-plan', `没看懂：${unread.join('；')}。一行一项，如“培训计划 12月 消防实操”，没有改动。`)
  }
  const changed: string[] = []
  for (const [, year, month, topic] of read as RegExpExecArray[]) {
    const planned = { year: year ? Number(year) : yearOf(ctx.today), month: Number(month), topic: topic!.trim() }
    const known = (await listPlannedTrainings(db, planned.year)).find(
      one => one.month === planned.month && one.topic === planned.topic,
    )
    if (drops === (known === undefined)) continue
    if (drops) await dropPlannedTraining(db, known!.id, at)
    const id = known?.id ?? (await insertPlannedTraining(db, { ...planned, byId: actor.id, at, messageId: message.id }))
    await ctx.record(drops ? 'voided' : 'created', { type: 'trainingPlan', id })
    changed.push(`${planned.year}年${planned.month}月《${planned.topic}》`)
  }
  if (changed.length === 0)
    return refuse('nothing', drops ? '计划里没有这一项，没有改动。' : '计划里已经有了，没有重复列入。')
  return answer(
    `${drops ? '已删去' : '已列入'}${changed.join('、')}。到时约课请说“几点在哪培训什么”，我会通知、签到、记名单。`,
  )
}

async function show(ctx: Ctx, year: number): Promise<Answer> {
  const planned = await listPlannedTrainings(ctx.db, year)
  const classes = await listClasses(ctx, periodRange(String(year)))
  const open = [...classes]
  const lines = planned.map(({ month, topic }) => {
    const range = periodRange(`${year}-${String(month).padStart(2, '0')}`)
    const index = open.findIndex(one => isWithin(one.startDay, range) && nameOf(ctx, one).includes(topic.slice(0, 2)))
    const [held] = index < 0 ? [] : open.splice(index, 1)
    return `${month}月 ${topic}　${held ? (held.status === 'held' ? '已办' : '已约') : '未约'}`
  })
  const others = open.map(
    one =>
      `${Number(one.startDay.slice(5, 7))}月 ${nameOf(ctx, one)}　${one.status === 'held' ? '已办' : '已约'}（计划外）`,
  )
  if (lines.length + others.length === 0) {
    return answer(`${year}年还没有培训计划。列入请说“培训计划 12月 消防实操”。`, { private: true })
  }
  const least = ctx.pack.training?.perYear
  const rule = least ? [`（每年至少${least.value}次，依据：${least.clause}）`] : []
  return answer([`${year}年培训计划：`, ...lines, ...others, ...rule].join('\n'), { private: true })
}
