import { formatInstant } from '../../../policy/time.ts'
import { type AuditRow, countAudit, listAudit } from '../../../storage/audit.ts'
import { findRecordId } from '../../../storage/record-numbers.ts'
import { fetchPage, mapPage } from '../page.ts'
import { instantsOf } from '../request.ts'
import { keyOf, type Resource, type View } from '../view.ts'

/** The trail. `subject` is `TYPE:ID`, `incident:12` (its number), a type, or an id alone. */
export const audit: Resource = {
  path: 'audit',
  async list(view, query) {
    const filter = { ...instantsOf(query), ...(await readSubject(view, query.get('subject'))) }
    const page = await fetchPage(
      query,
      part => listAudit(view.db, { ...filter, ...part }),
      () => countAudit(view.db, filter),
    )
    return mapPage(page, items => items.map(row => show(view, row)))
  },
}

async function readSubject(view: View, said: string | undefined): Promise<{ type?: string; subjectId?: string }> {
  if (said === undefined) return {}
  const [, type, id] = /^([a-zA-Z]+):(.+)$/.exec(said) ?? []
  if (type && id) {
    const member = type === 'member' ? view.roster.memberByKey(id)?.id : undefined
    return { type, subjectId: member ?? (await findRecordId(view.db, type, id)) ?? id }
  }
  // Ids hold digits, types are plain words.
  return /^[a-zA-Z]+$/.test(said) ? { type: said } : { subjectId: said }
}

function show(view: View, { id, at, by, action, subject, messageId, detail, seq, hash }: AuditRow) {
  return { id, at: formatInstant(at), by: keyOf(view, by), action, subject, messageId, detail, seq, hash }
}
