import type { PeriodWord } from '../policy/time.ts'

/**
 * The words a message can mean: every intent with its slots, as the annotation guide of the labelled messages names them.
 * A slot the message does not give is absent; instants are local times of Asia/Shanghai without zone
 * (`2026-11-20T15:00`, or the day alone where no time of day was told).
 */
export interface SlotsOf {
  checkIn: {
    kind?: 'on' | 'off'
    /** The earlier time that a 补卡 tells, or the day alone. */
    claimedAt?: string
  }
  visit: {
    person?: string
    place?: string
    minutes?: number
    findings?: string
    /** When it was done, where the message tells an earlier time (昨天下午走访了…). */
    claimedAt?: string
  }
  patrol: { place?: string; minutes?: number; km?: number; findings?: string; claimedAt?: string }
  reportIncident: { category?: IncidentCategory; urgent?: true; place?: string; solved?: true }
  submitInfo: { topic?: InfoTopic; place?: string }
  acknowledge: { no?: number }
  reportProgress: { no?: number; done?: boolean; count?: number }
  draftNotice: {
    due?: string
    gridNos?: number[]
    content?: string
    requirement?: string
    appraisal?: string
    /** `standing` where the message asks for a 常态化任务; else a campaign task. */
    kindOfTask?: 'campaign' | 'standing'
    title?: string
  }
  decide: {
    target?: 'notice' | 'leave' | 'incident'
    no?: number
    decision?: 'approve' | 'sign' | 'reject' | 'issue'
    reason?: string
    /** 加急: the principal asks for sending at once after 16:00. */
    expedite?: true
    /** Whose request, where the message names a person instead of a number (小陈的假准了). */
    whose?: string
  }
  scheduleMeeting: { meetingKind?: MeetingKind; start?: string; place?: string }
  meetingCheckIn: Record<never, never>
  meetingMinutes: Record<never, never>
  requestLeave: { from?: string; to?: string; half?: 'am' | 'pm'; reason?: string; fromMeeting?: true }
  updateIncident: { no?: number; action?: IncidentAction; to?: string }
  inspect: { gridNo?: number; person?: string; deduct?: number }
  draw: { count?: number; of?: 'grids' | 'workers' | 'inspectors' }
  query: {
    what?: QueryTopic
    period?: Period
    no?: number
    gridNo?: number
    /** Whose attendance is asked for, where the message names somebody. */
    whose?: string
  }
  undo: Record<never, never>
  bindGroup: { gridNo?: number; community?: string }
  help: Record<never, never>
  none: Record<never, never>
}

export type Intent = keyof SlotsOf

export type IncidentCategory =
  | 'fire'
  | 'safety'
  | 'disaster'
  | 'massEvent'
  | 'security'
  | 'dispute'
  | 'petition'
  | 'environment'
  | 'facility'
  | 'population'
  | 'livelihood'
  | 'other'

export type InfoTopic =
  | 'population'
  | 'housing'
  | 'enterprise'
  | 'party'
  | 'keyPerson'
  | 'publicOpinion'
  | 'policy'
  | 'other'

export type MeetingKind = 'weekly' | 'monthly' | 'quarterly' | 'analysis' | 'training' | 'other'
export type IncidentAction = 'accept' | 'dispatch' | 'resolve' | 'return' | 'escalate' | 'supervise' | 'rate' | 'note'
export type QueryTopic =
  | 'myAttendance'
  | 'myTasks'
  | 'myScore'
  | 'myVisits'
  | 'ranking'
  | 'weeklySummary'
  | 'incident'
  | 'notice'
  | 'unacknowledged'
  | 'gridInfo'
  | 'attendance'
  | 'incidents'
  | 'meeting'
  | 'rule'
export type Period = PeriodWord

/** One meaning with its slots; the union keeps intent and slots together. */
export type Meaning = { [I in Intent]: { intent: I; slots: SlotsOf[I] } }[Intent]

/**
 * What `bot/understand` answers: the main meaning, further records told in the same message, and how sure it is (0…1).
 * `alternative` is the second best meaning where it is unsure; `correctTo` is what the sender's last record should have
 * been (`不是走访，是隐患`).
 */
export type Understood = Meaning & {
  confidence: number
  also?: Meaning[]
  alternative?: Intent
  correctTo?: Intent
  /** A day or local time told in the words, whatever else they mean: the answer to a question for a date. */
  when?: string
}
