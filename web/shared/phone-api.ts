/** What the phone pages and the server say to each other. Words for people are made by the server; instants never come from the phone's clock. */

export type PhonePage = 'check-in' | 'incident' | 'visit' | 'mine'

/** What the server leaves in a page for its island. */
export interface PageData {
  page: PhonePage
  botName: string
  /** Tells apart whose unsent entries lie on a shared phone. */
  who: { key: string; name: string; role: string }
  /** `11月18日 周三`. */
  today: string
  /** The person's own grids; one is asked for only where there are several. */
  grids: { no: number; name: string }[]
  app: App
  day: MyDay
}

/** Where the page is open, and what its library must be told. */
export type App =
  | { kind: 'browser' }
  | { kind: 'wecom'; corpId: string; agentId?: string }
  | { kind: 'dingtalk'; corpId: string; agentId?: string; clientId?: string }

/** What the page that asks DingTalk for a code is told. */
export interface SignInData {
  app: Extract<App, { kind: 'dingtalk' }>
  state: string
}

export interface MyDay {
  checkIn: DayCheckIn
  approvals: Approval[]
  notices: DayNotice[]
  incidents: DayIncident[]
  leaves: string[]
  records: DayRecord[]
}

/** `refusal` stands where this person does not clock in; times are `08:17`. */
export interface DayCheckIn {
  on?: string
  off?: string
  /** `上班 08:17 按时，下班 还没打`. */
  words?: string
  next: 'on' | 'off'
  refusal?: string
}

export interface Approval {
  of: 'notice' | 'leave'
  no: number
  title: string
  detail: string
  /** `approve`: 同意 · `sign`: 签发. */
  decision: 'approve' | 'sign'
}

export interface DayNotice {
  no: number
  title: string
  due?: string
  overdue: boolean
  acknowledged: boolean
}

export interface DayIncident {
  no: number
  title: string
  urgent: boolean
  detail: string
  /** What the person can do with it now. */
  step: 'accept' | 'resolve'
}

export interface DayRecord {
  words: string
  /** Only what was recorded last can be taken back. */
  undoable: boolean
}

/** One entry. The same `id` sent twice is one record. */
export interface PhonePost {
  /** UUID made on the phone. */
  id: string
  /** How long the entry has waited on the phone; the server counts back from its own clock. */
  waitedMs: number
  form: PhoneForm
  photos?: PhotoRef[]
  location?: { lat: number; lng: number; datum: 'WGS-84' | 'GCJ-02'; name?: string }
}

/** A picture that was uploaded here, or one that lies at WeCom. */
export type PhotoRef = { upload: string } | { media: string }

export type PhoneForm =
  | { is: 'checkIn'; kind: 'on' | 'off' }
  | { is: 'incident'; text: string; place?: string; urgent?: true; gridNo?: number }
  /** `at`: local, `2026-11-18T09:30`, where it was done earlier. */
  | { is: 'visit'; person?: string; place?: string; minutes?: number; findings?: string; at?: string; gridNo?: number }
  | { is: 'notice'; step: 'acknowledge' | 'done'; no: number }
  | { is: 'incidentStep'; step: 'accept' | 'resolve'; no: number; text?: string }
  | { is: 'decision'; of: 'notice' | 'leave'; no: number; decision: 'approve' | 'sign' | 'reject'; reason?: string }
  | { is: 'undo' }
  /** Free words: the answer to a question, or what a button says. */
  | { is: 'words'; text: string }

export interface Posted {
  replies: PhoneReply[]
  /** False where nothing was recorded: the reply says why. */
  ok: boolean
  /** The reply is a question; free words answer it. */
  asks: boolean
}

export interface PhoneReply {
  text: string
  buttons: { text: string; says: string }[]
}

/** How much of a photo has arrived; the phone goes on from there. */
export type UploadState = { received: number } | { complete: true }

export const CHUNK_BYTES = 128 * 1024
export const PHOTO_LIMIT_BYTES = 10 * 1024 * 1024
export const PHOTOS_AT_ONCE = 9
