import { dayOf } from '../policy/time.ts'
import type { StreetDb } from '../storage/database.ts'
import { loadRoster } from '../storage/load-roster.ts'
import { insertOutboxItem } from '../storage/outbox.ts'

export const ALARM = 'alarm'
/** One alarm of a kind in ten minutes. */
const PAUSE_MS = 10 * 60_000

/** Tells the administrators in private that something needs a person. `about` is the kind of trouble, one word. */
export async function raiseAlarm(db: StreetDb, now: number, about: string, text: string): Promise<void> {
  const recent = await db.sql
    .selectFrom('outbox')
    .select('id')
    .where('subdistrict_id', '=', db.street)
    .where('subject_type', '=', ALARM)
    .where('subject_id', '=', about)
    .where('at', '>', now - PAUSE_MS)
    .limit(1)
    .executeTakeFirst()
  if (recent) return
  const subject = { type: ALARM, id: about }
  const roster = await loadRoster(db)
  for (const { id: memberId } of roster.holders(['admin'], dayOf(now))) {
    await insertOutboxItem(db, {
      to: { kind: 'member', memberId },
      kind: ALARM,
      text,
      urgency: 'urgent',
      subject,
      at: now,
    })
  }
}

export const alarms = {
  undelivered: (kind: string, reason: string) =>
    `有消息没能送达（${kind}）：${reason}。清单见 /api/outbox?state=dead，处理后可重发。`,
  overQuota: '平台提示本月消息额度已用完，收不到群里的文字了；请尽快升级套餐或等下月恢复，急事请改用电话。',
  budget: '本月平台消息额度快用完了，普通回复暂停发送，紧急消息和提示单照发；请升级套餐或等下月恢复。',
  failedMessage: (messageId: string) => `有一条消息没处理成功（编号 ${messageId}），原文已保存；请查日志后联系开发者。`,
  left: (name: string) =>
    `${name}已从平台的通讯录里删除，名册里已记为离岗（从今天起）；如果是误删，请重新导入 members.csv。`,
  heldMessage: (messageId: string) =>
    `收到一条签名被重复使用的消息（编号 ${messageId}），已扣下未处理；请核对是否有人冒用。`,
}
