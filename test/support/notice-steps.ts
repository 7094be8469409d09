import { findNoticeNumbered, type Notice } from '../../storage/notices.ts'
import type { Said, TestStreet } from './street.ts'

export const WHOLE = '工作内容：排查出租房\n任务要求：逐户登记\n时间节点：12月4日前\n考核规定：漏一户扣0.5分'

/** 王科 of 消安办 drafts, 高峰 reviews; `no` is the number it got. */
export async function draftAndReview(street: TestStreet, text: string = WHOLE): Promise<number> {
  const no = await draft(street, text)
  await street.say('高峰', `${no}号提示单同意`)
  return no
}

export async function draft(street: TestStreet, text: string = WHOLE, who = '王科'): Promise<number> {
  await street.say(who, `【工作提示单】\n${text}`)
  const rows = await street.db.sql.selectFrom('notice').select('no').execute()
  return Math.max(...rows.map(({ no }) => no))
}

export function sign(street: TestStreet, no: number, words = ''): Promise<Said> {
  return street.say('方正', `${no}号提示单签发${words}`)
}

/** Drafted, reviewed and signed at the street's present instant. */
export async function draftToSigned(street: TestStreet, text?: string): Promise<number> {
  const no = await draftAndReview(street, text)
  await sign(street, no)
  return no
}

export async function noticeNumbered(street: TestStreet, no: number): Promise<Notice> {
  const notice = await findNoticeNumbered(street.db, no)
  if (!notice) throw new Error(`no notice ${no}`)
  return notice
}
