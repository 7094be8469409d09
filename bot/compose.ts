import type { OutboxItem } from '../storage/outbox.ts'

/** So many items are named in a merged line; of the rest only the count is told. */
const NAMED = 30

/** The text of one parcel: items of one merge key share a head, plain answers stand below each other. */
export function composeText(lead: OutboxItem, others: readonly OutboxItem[]): string {
  if (others.length === 0) return lead.text.reveal()
  const all = [lead, ...others].sort((a, b) => (a.id < b.id ? -1 : 1))
  if (!lead.merge) return all.map(({ text }) => text.reveal()).join('\n')
  if (lead.merge.lastCounts) return all.at(-1)!.text.reveal()
  const items = all.map(({ merge }) => merge?.item ?? '')
  const named = items.slice(0, NAMED).join('、')
  return `${lead.merge.head}${named}${items.length > NAMED ? `等，共${items.length}条` : ''}`
}
