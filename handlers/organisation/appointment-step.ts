import { statusNames } from '../../policy/pack.ts'
import {
  type Appointment,
  findAppointment,
  insertAppointmentStep,
  listAppointmentSteps,
  setAppointmentStatus,
} from '../../storage/appointments.ts'
import { insertMemberDetail } from '../../storage/member-details.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { isInHand, nameAppointment } from './appointment.ts'
import { type Progress, readProgress } from './appointment-words.ts'

const STEP =
  /^\s*任命\s*[#＃]?\s*(\d{1,6})\s*号?\s*[:：]?\s*([\p{Script=Han}]{2,8}?)(?:完成|通过|好了)?(?:[\s,，:：]+([\s\S]{1,120}?))?\s*[。]?\s*$/u
/** 宁政发〔2026〕3号 */
const DOCUMENT = /[\p{Script=Han}]{1,12}[〔[（(【]?\d{4}[〕\]）)】]?\s*第?\d{1,4}号/u

/** `任命1 公示`, `任命1 异议 ……`, `任命1 聘用`: one step of an appointment is done, objected to, or it ends. Source: S4E-10, S2-21 */
export const appointmentStepCommand: Command = {
  name: 'appointmentStep',
  matches: STEP,
  who: 'manageStaff',
  dialog: { as: 'communityLead', turns: [['任命1 公示', '没有1号任命']] },
  async run(ctx) {
    const [, digits, word, note] = STEP.exec(ctx.text.normalize('NFKC')) ?? []
    const appointment = await findAppointment(ctx.db, { no: Number(digits) })
    if (!appointment || appointment.status === 'dropped' || !isInHand(ctx, appointment))
      return refuse('unknown-number', `没有${digits}号任命，回“任命进度”看在办的。`, { private: true })
    const name = nameAppointment(ctx, appointment)
    if (appointment.status === 'done') return refuse('wrong-state', `${name}已经办完了，没有改动。`, { private: true })
    const progress = readProgress(ctx.pack, await listAppointmentSteps(ctx.db, appointment.id))
    return take(ctx, appointment, progress, word!, note)
  },
}

async function take(
  ctx: Ctx,
  appointment: Appointment,
  progress: Progress,
  word: string,
  note?: string,
): Promise<Answer> {
  const { next, last, objection } = progress
  const name = nameAppointment(ctx, appointment)
  const say = (text: string) => answer(`${name}${text}`, { private: true })
  if (/^(?:终止|不办|取消)/u.test(word)) return end(ctx, appointment, 'dropped', word, note)
  if (/^异议(?:不成立|已核实|已处理|已解决)/u.test(word)) {
    if (!objection) return refuse('no-objection', `${name}没有待核实的异议，没有改动。`, { private: true })
    await noteStep(ctx, appointment, 'settled', word, note)
    return say('的异议已记核实，可以接着办。')
  }
  if (word.startsWith('异议')) {
    if (!last?.posted) return refuse('not-posted', `${name}还没有公示，异议请在公示后再记。`, { private: true })
    await noteStep(ctx, appointment, 'objection', '异议', note ?? word.slice(2))
    return say(
      '有异议，已停在这一步；核实后回“任命' +
        `${appointment.no} 异议不成立”，成立就回“任命${appointment.no} 终止 原因”。`,
    )
  }
  if (objection)
    return refuse('objected', `${name}有异议还没核实，先回“任命${appointment.no} 异议不成立”或“终止”。`, {
      private: true,
    })
  if (!next) {
    if (/^(?:正式)?(?:聘用|公布|任用)/u.test(word)) return end(ctx, appointment, 'done', '聘用', note)
    return refuse('wrong-step', `${name}的步骤都办完了，公示无异议请回“任命${appointment.no} 聘用”。`, {
      private: true,
    })
  }
  if (!isStep(word, next.name)) {
    return refuse(
      'wrong-step',
      `${name}下一步是${next.name}，先回“任命${appointment.no} ${next.name}”。（依据：${ctx.pack.appointment!.clause}）`,
      { private: true },
    )
  }
  await noteStep(ctx, appointment, 'step', next.name, note)
  const plan = ctx.pack.appointment!.value
  if (plan.at(-1) === next && !next.posted) return end(ctx, appointment, 'done', undefined, note)
  const following = plan[plan.indexOf(next) + 1]?.name ?? '聘用（无异议）'
  const posted = next.posted
    ? `公示几天：${statusNames.missing}，按当地规定；有异议回“任命${appointment.no} 异议 ……”。`
    : ''
  return say(`已记${next.name}。${posted}下一步：${following}。`)
}

/** 初审 means 行政村初审, 审批 what the document calls 审定. */
function isStep(word: string, name: string): boolean {
  const told = word.replace('审批', '审定').replace(/^发文$|^公布$/u, '发文公布')
  return name.includes(told)
}

async function noteStep(
  ctx: Ctx,
  { id }: Appointment,
  kind: 'step' | 'objection' | 'settled',
  step: string,
  note: string | undefined,
): Promise<void> {
  const { db, at, actor, message } = ctx
  const stepId = await insertAppointmentStep(db, {
    appointmentId: id,
    kind,
    step,
    note,
    at,
    byId: actor.id,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'appointmentStep', id: stepId }, { step })
}

/** Done, with the 文号 in the person's file where one was told; or given up. */
async function end(
  ctx: Ctx,
  appointment: Appointment,
  status: 'done' | 'dropped',
  step: string | undefined,
  note: string | undefined,
): Promise<Answer> {
  const { db, at, actor, message } = ctx
  const name = nameAppointment(ctx, appointment)
  if (step) await noteStep(ctx, appointment, 'step', step, note)
  await setAppointmentStatus(db, appointment.id, status)
  await ctx.record(status, { type: 'appointment', id: appointment.id })
  if (status === 'dropped') return answer(`${name}已终止${note ? `：${note}` : ''}。`, { private: true })
  const value = DOCUMENT.exec(note ?? '')?.[0]
  if (value && appointment.memberId) {
    const detail = { memberId: appointment.memberId, field: 'document', value, byId: actor.id, at } as const
    const { id } = await insertMemberDetail(db, { ...detail, messageId: message.id })
    await ctx.record('created', { type: 'memberDetail', id }, { field: 'document' })
  }
  const filed = value && appointment.memberId ? `文号${value}已记入档案。` : ''
  const roster = appointment.memberId ? '' : '名册里还没有这个人，'
  return answer(`${name}已办完。${filed}${roster}请更新名册（members.csv）后重新导入。`, { private: true })
}
