import type { PhoneForm, PhonePost } from '../../shared/phone-api.ts'

/** A photo as the phone keeps it: its own small copy, or one that WeCom holds. */
export type EntryPhoto = { id: string; bytes: ArrayBuffer } | { media: string }

/** Something written on this phone that the server may not have yet. */
export interface Entry {
  /** UUID: the server takes it once, however often it is sent. */
  id: string
  /** Key of whose it is; on a shared phone nobody sends another's. */
  owner: string
  /** By the phone's clock; only ever compared with it. */
  madeAt: number
  form: PhoneForm
  photos: EntryPhoto[]
  location?: PhonePost['location']
  /** Why the server will not have it. */
  fault?: string
}

/** Works without https too, where a street tries things out in its own network. */
export function newUuid(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** What an entry is, in a word or two, for the list of what waits. */
export function titleOf({ form }: Entry): string {
  switch (form.is) {
    case 'checkIn':
      return form.kind === 'on' ? '上班打卡' : '下班打卡'
    case 'incident':
      return `上报：${form.text.slice(0, 20)}`
    case 'visit':
      return `走访：${form.person ?? form.place ?? ''}`
    case 'notice':
      return `${form.no}号提示单${form.step === 'done' ? '办完' : '收到'}`
    case 'incidentStep':
      return `${form.no}号事件${form.step === 'accept' ? '受理' : '办结'}`
    case 'decision':
      return `${form.no}号${form.of === 'notice' ? '提示单' : '请假'}${form.decision === 'reject' ? '退回' : '同意'}`
    case 'undo':
      return '撤销'
    case 'words':
      return form.text.slice(0, 20)
  }
}
