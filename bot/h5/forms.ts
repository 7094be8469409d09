import type { Meaning } from '../../handlers/slots.ts'
import { dayOf, formatInstant, formatMoment } from '../../policy/time.ts'
import type { PhoneForm } from '../../web/shared/phone-api.ts'

/** What stands in the message: words as they would have been written in the chat, and what they mean outright. */
export interface Worded {
  text: string
  /** Absent for free words, which are understood like any message. */
  form?: Meaning
}

/**
 * @param late the instant that an entry tells, where it waited on the phone for longer than a message's own time is believed:
 * it is then a claimed time, and a check-in a 补卡
 */
export function wordForm(form: PhoneForm, late: number | undefined): Worded {
  switch (form.is) {
    case 'checkIn':
      return wordCheckIn(form, late)
    case 'incident':
      return wordIncident(form, late)
    case 'visit':
      return wordVisit(form, late)
    case 'notice':
      return form.step === 'acknowledge'
        ? { text: `${form.no}号收到`, form: { intent: 'acknowledge', slots: { no: form.no } } }
        : { text: `${form.no}号已完成`, form: { intent: 'reportProgress', slots: { no: form.no, done: true } } }
    case 'incidentStep':
      return wordIncidentStep(form)
    case 'decision':
      return wordDecision(form)
    case 'undo':
      return { text: '撤销', form: { intent: 'undo', slots: {} } }
    case 'words':
      return { text: form.text }
  }
}

const KINDS = { on: '上班', off: '下班' } as const

function wordCheckIn({ kind }: PhoneForm & { is: 'checkIn' }, late: number | undefined): Worded {
  const claimed = late === undefined ? {} : { claimedAt: localOf(late) }
  const text = late === undefined ? `${KINDS[kind]}打卡` : `补卡 ${KINDS[kind]} ${formatMoment(late)}（当时没有网络）`
  return { text, form: { intent: 'checkIn', slots: { kind, ...claimed } } }
}

function wordIncident(
  { text, place, urgent, gridNo }: PhoneForm & { is: 'incident' },
  late: number | undefined,
): Worded {
  const seen = late === undefined ? '' : `（${formatMoment(late)}所见，当时没有网络）`
  return {
    text: `${text}${inGrid(gridNo)}${seen}`,
    form: { intent: 'reportIncident', slots: { ...(place && { place }), ...(urgent && { urgent }) } },
  }
}

function wordVisit(visit: PhoneForm & { is: 'visit' }, late: number | undefined): Worded {
  const { person, place, minutes, findings, gridNo } = visit
  const claimedAt = visit.at ?? (late === undefined ? undefined : localOf(late))
  const whom = person && place ? `${person}（${place}）` : (person ?? place ?? '')
  const parts = [`走访${whom}${inGrid(gridNo)}`, minutes && `${minutes}分钟`, claimedAt?.replace('T', ' ')]
  const told = Object.entries({ person, place, minutes, findings, claimedAt }).filter(
    ([, value]) => value !== undefined,
  )
  return {
    text: [parts.filter(Boolean).join('，'), findings].filter(Boolean).join('。'),
    form: { intent: 'visit', slots: Object.fromEntries(told) },
  }
}

function wordIncidentStep({ step, no, text }: PhoneForm & { is: 'incidentStep' }): Worded {
  return {
    text: step === 'accept' ? `受理${no}号事件` : `${no}号事件办结${text ? `：${text}` : ''}`,
    form: { intent: 'updateIncident', slots: { no, action: step } },
  }
}

const DECISIONS = { approve: '同意', sign: '签发', reject: '退回' } as const
const OBJECTS = { notice: '提示单', leave: '请假' } as const

function wordDecision({ of, no, decision, reason }: PhoneForm & { is: 'decision' }): Worded {
  return {
    text: `${no}号${OBJECTS[of]}${DECISIONS[decision]}${reason ? `，原因：${reason}` : ''}`,
    form: { intent: 'decide', slots: { target: of, no, decision, ...(reason && { reason }) } },
  }
}

/** Where somebody serves in several grids, the words name the one. */
function inGrid(gridNo: number | undefined): string {
  return gridNo === undefined ? '' : `（第${gridNo}网格）`
}

/** `2026-11-18T08:17`. */
function localOf(at: number): string {
  return `${dayOf(at)}T${formatInstant(at).slice(11, 16)}`
}
