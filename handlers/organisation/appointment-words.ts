import type { Pack } from '../../policy/pack.ts'
import { dayOf, formatDayShort } from '../../policy/time.ts'
import type { AppointmentStep } from '../../storage/appointments.ts'

type Step = NonNullable<Pack['appointment']>['value'][number]

/** How far an appointment is: the step that comes next (none once all are done), and an objection that nobody settled. */
export interface Progress {
  next?: Step
  last?: Step
  objection?: AppointmentStep
}

export function readProgress({ appointment }: Pick<Pack, 'appointment'>, steps: readonly AppointmentStep[]): Progress {
  const plan = appointment?.value ?? []
  const done = steps.filter(({ kind }) => kind === 'step').length
  const objections = steps.filter(({ kind }) => kind !== 'step')
  const latest = objections.at(-1)
  return { next: plan[done], last: plan[done - 1], objection: latest?.kind === 'objection' ? latest : undefined }
}

/** `推选 11月18日（周三）→行政村初审 11月20日（周五）；下一步：行政村公示`. */
export function describeState(pack: Pick<Pack, 'appointment'>, steps: readonly AppointmentStep[]): string {
  const { next, objection } = readProgress(pack, steps)
  const parts = [
    renderSteps(steps.filter(({ kind }) => kind === 'step')),
    objection ? '有异议待核实' : next ? `下一步：${next.name}` : '下一步：聘用',
  ]
  return parts.filter(Boolean).join('；')
}

export function renderSteps(steps: readonly AppointmentStep[]): string {
  return steps.map(({ step, at }) => `${step} ${formatDayShort(dayOf(at))}`).join('→')
}
