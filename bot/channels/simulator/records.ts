import { formatInstant } from '../../../policy/time.ts'
import { type AuditLine, listAuditLines } from '../../../storage/audit.ts'
import type { StreetDb } from '../../../storage/database.ts'
import { loadRoster } from '../../../storage/load-roster.ts'
import { findMessage } from '../../../storage/messages.ts'
import type { Roster } from '../../../storage/roster.ts'
import type { Page, RecordEntry } from '../../../web/shared/simulator-api.ts'
import { describeRecord, joined, labelChange } from './record-words.ts'

const AT_ONCE = 100

/** What was recorded or moved on after a cursor (without one: lately), each with the message that made it. */
export async function readRecords(db: StreetDb, after: string | undefined): Promise<Page<RecordEntry>> {
  const lines = await listAuditLines(db, { afterId: after, limit: AT_ONCE })
  const roster = await loadRoster(db)
  const entries = await Promise.all(lines.map(line => describe(db, roster, line)))
  return { items: entries.filter(entry => entry !== undefined), next: lines.at(-1)?.id ?? after ?? null }
}

async function describe(db: StreetDb, roster: Roster, line: AuditLine): Promise<RecordEntry | undefined> {
  const { id, at, by, action, subject, messageId } = line
  const label = labelChange(action, subject.type)
  if (label === undefined) return undefined
  const message = messageId === undefined ? undefined : await findMessage(db, messageId)
  const what = (await describeRecord(db, roster, subject.type, subject.id)) ?? message?.text.reveal()
  return {
    id,
    at: formatInstant(at),
    type: subject.type,
    kind: action === 'created' ? 'created' : 'changed',
    label,
    text: joined(' · ', roster.memberById(by)?.name ?? message?.detail.senderName, what),
    messageId,
    chat: message?.chatPlatformId,
  }
}
