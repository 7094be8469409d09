import { isSensitiveInfo } from '../../policy/information.ts'
import { listTroubles } from '../../policy/likeness.ts'
import { addMonths, endOfDay, instantAt, monthOf, monthRange } from '../../policy/time.ts'
import { type InfoItem, listInfoItems } from '../../storage/info-items.ts'
import type { Grid } from '../../storage/roster.ts'
import type { PaperDesk } from '../papers/paper.ts'
import { nameTopic } from './topics.ts'

export interface Tally {
  counted: number
  repeated: number
  used: number
}

/** A month of information, counted; nobody is named in it. Source: S2-34 (每月进行分析研判) */
export interface InfoAnalysis {
  /** `2026-10` */
  month: string
  total: Tally
  before: Tally
  opinions: number
  kinds: ({ name: string; before: number } & Tally)[]
  grids: ({ grid: Grid; before: number } & Tally)[]
  /** What several items spoke of, the most frequent first. */
  matters: { name: string; count: number }[]
}

const SHOWN_MATTERS = 5

export async function analyseMonth(
  { db, roster }: Pick<PaperDesk, 'db' | 'roster'>,
  month: string,
): Promise<InfoAnalysis> {
  const items = await listMonth(db, month)
  const earlier = await listMonth(db, monthOf(addMonths(`${month}-01`, -1)))
  const names = [...new Set([...items, ...earlier].map(kindOf))]
  return {
    month,
    total: tally(items),
    before: tally(earlier),
    opinions: items.filter(({ opinionNo }) => opinionNo !== undefined).length,
    kinds: names
      .map(name => ({
        name,
        before: earlier.filter(item => kindOf(item) === name).length,
        ...tally(items.filter(item => kindOf(item) === name)),
      }))
      .sort((a, b) => b.counted - a.counted),
    grids: roster.grids.map(grid => ({
      grid,
      before: earlier.filter(({ gridId }) => gridId === grid.id).length,
      ...tally(items.filter(({ gridId }) => gridId === grid.id)),
    })),
    matters: listMatters(items),
  }
}

function listMonth(db: PaperDesk['db'], month: string): Promise<InfoItem[]> {
  const { from, to } = monthRange(month)
  return listInfoItems(db, { from: instantAt(from, '00:00'), to: endOfDay(to) })
}

/** The document's kind of its day, else what it is about. */
const kindOf = ({ kind, topic }: InfoItem): string => kind ?? nameTopic(topic)

function tally(items: readonly InfoItem[]): Tally {
  const repeated = items.filter(({ repeatOf }) => repeatOf !== undefined).length
  const used = items.filter(({ incidentId }) => incidentId !== undefined).length
  return { counted: items.length - repeated, repeated, used }
}

/** Known troubles, by the word that people use; what is nobody's business is not read. */
function listMatters(items: readonly InfoItem[]): InfoAnalysis['matters'] {
  const counts = new Map<string, number>()
  for (const { topic, text } of items) {
    const words = text.reveal()
    if (isSensitiveInfo(topic, words)) continue
    for (const name of listTroubles(words)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, SHOWN_MATTERS)
}
