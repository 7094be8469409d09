import {
  type Appointment,
  type AppointmentStep,
  deleteAppointmentStep,
  findAppointment,
  findAppointmentStep,
  insertAppointment,
  listAppointmentSteps,
  listOpenAppointments,
  setAppointmentStatus,
} from '../../storage/appointments.ts'
import { communitiesOf, hasRole } from '../../storage/roster.ts'
import { chooseNumbered, findGridNo } from '../grids.ts'
import { answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { describeState, renderSteps } from './appointment-words.ts'

const START =
  /^\s*任命(?:\s*[:：]\s*|\s+|(?=[@＠]))[@＠]?([\p{Script=Han}·]{2,8})\s+(?:第?([\d一二三四五六七八九十]{1,3})号?网格\s*)?(?:为|任)?\s*([\p{Script=Han}]{2,10})\s*[。]?\s*$/u
const LIST = /^\s*任命(?:进度|情况)?\s*[?？。]?\s*$/u

/** `任命 张三 3网格 网格员`: somebody is put forward; the steps of the document follow one by one. Source: S4E-10, S2-21 */
export const startAppointmentCommand: Command = {
  name: 'startAppointment',
  matches: START,
  who: 'manageStaff',
  dialog: { as: 'communityLead', turns: [['任命 赵小兰 3网格 专职网格员', '没有写任命程序']] },
  async run(ctx) {
    const { db, pack, at, actor, message, roster } = ctx
    const text = ctx.text.normalize('NFKC')
    const [, name, , post] = START.exec(text) ?? []
    if (!pack.appointment) {
      const advice = '定了人选请直接更新名册（members.csv），文号可回“记档案 姓名 文号 ……”'
      return refuse('no-rule', `《${pack.title}》没有写任命程序（原文未载本项）。${advice}。`, { private: true })
    }
    const roles = Object.keys(pack.roles.value)
    const roleNames = roles.includes(post!) ? [post!] : roles.filter(roleName => roleName.endsWith(post!))
    const [roleName, other] = roleNames
    if (!roleName || other) {
      const which = other ? `是${roleNames.join('还是')}` : `文件里的岗位有：${roles.join('、')}`
      return refuse('which-post', `请写明岗位，${which}。`, { private: true })
    }
    const no = findGridNo(text)
    const choice = no === undefined ? undefined : chooseNumbered(ctx, no)
    if (choice && !('found' in choice))
      return refuse('unknown-grid', `没有找到第${no}网格，请核对网格号。`, { private: true })
    if (choice && !isInHand(ctx, { gridId: choice.found.id })) {
      const text = `${choice.found.community}的任命由那里的社区书记办理，没有记。`
      return refuse('not-yours', text, { private: true })
    }
    const named = roster.membersNamed(name!)
    const facts = { memberId: named.length === 1 ? named[0]!.id : undefined, gridId: choice?.found.id, roleName }
    const saved = await insertAppointment(db, { ...facts, name: name!, byId: actor.id, at, messageId: message.id })
    await ctx.record('created', { type: 'appointment', id: saved.id }, { roleName })
    const steps = pack.appointment.value.map(step => step.name).join('→')
    const next = `办好一步回一句，如“任命${saved.no} ${pack.appointment.value[0]!.name}”`
    return answer(`已记${nameAppointment(ctx, saved)}：${steps}。${next}。（依据：${pack.appointment.clause}）`, {
      private: true,
    })
  },
}

/** What is under way, and how far. */
export const listAppointmentsCommand: Command = {
  name: 'listAppointments',
  matches: LIST,
  who: 'manageStaff',
  dialog: { as: 'communityLead', turns: [['任命进度', '没有在办的任命']] },
  async run(ctx) {
    const open = (await listOpenAppointments(ctx.db)).filter(one => isInHand(ctx, one))
    if (open.length === 0) return answer('现在没有在办的任命。', { private: true })
    const lines: string[] = []
    for (const one of open) {
      lines.push(`${nameAppointment(ctx, one)}：${describeState(ctx.pack, await listAppointmentSteps(ctx.db, one.id))}`)
    }
    return answer(lines.join('\n'), { private: true })
  },
}

/** 社区书记 has those of the own community in hand, the administrator all; one for no grid is anybody's who may. */
export function isInHand({ roster, actor, today }: Ctx, { gridId }: Pick<Appointment, 'gridId'>): boolean {
  const community = roster.gridById(gridId)?.community
  return (
    community === undefined ||
    hasRole(actor, ['admin'], today) ||
    communitiesOf(roster, actor, today).includes(community)
  )
}

/** `1号任命（张三，第3网格四级网格员）`. */
export function nameAppointment({ roster }: Pick<Ctx, 'roster'>, { no, name, gridId, roleName }: Appointment): string {
  return `${no}号任命（${name.reveal()}，${roster.gridById(gridId)?.name ?? ''}${roleName}）`
}

export const undoableAppointment: Undoable = {
  async describe({ db, roster }, id) {
    const found = await findAppointment(db, { id })
    return found && found.status !== 'dropped' ? nameAppointment({ roster }, found) : undefined
  },
  async undo({ db }, id) {
    const steps: AppointmentStep[] = await listAppointmentSteps(db, id)
    if (steps.length > 0)
      return refuse('in-other-hands', `已经记到“${renderSteps(steps)}”，不能撤销；不办了请回“任命几号 终止 原因”。`)
    await setAppointmentStatus(db, id, 'dropped')
    return undefined
  },
}

export const undoableAppointmentStep: Undoable = {
  async describe(ctx, id) {
    const found = await findAppointmentStep(ctx.db, id)
    const appointment = found && (await findAppointment(ctx.db, { id: found.appointmentId }))
    return found && appointment ? `${nameAppointment(ctx, appointment)} ${found.step}` : undefined
  },
  async undo({ db }, id) {
    await deleteAppointmentStep(db, id)
    return undefined
  },
}
