import { NUMERAL, readNumeral } from '../numerals.ts'
import type { SlotsOf } from '../slots.ts'

/** How far a task is, in numbers. */
export interface ProgressFigures {
  count?: number
  /** How many are left. */
  remaining?: number
  done?: boolean
}

const LEFT = new RegExp(
  `(?:还差|还剩下?|还余|剩下?|剩余|余下|还欠|还有|没(?:查|办|做|完成|走)的?还有)\\s*(?:了)?\\s*(?:(0|零)(?!\\d)|${NUMERAL})\\s*(?:多)?\\s*[户家间人处个条份栋幢张件套]`,
  'u',
)

/** `查了18户,还差4户` → 18 done, 4 left. Nothing left is finished; something left is not, whatever else was understood. */
export function readFigures(text: string, { count, done }: SlotsOf['reportProgress']): ProgressFigures {
  const [all, none, left] = LEFT.exec(text.normalize('NFKC')) ?? []
  if (all === undefined) return { count, done }
  const remaining = none === undefined ? readNumeral(left) : 0
  if (remaining === undefined) return { count, done }
  return { count: count === remaining ? undefined : count, remaining, done: remaining === 0 }
}

/** `，查18，剩4`; empty where no number was told. */
export function renderFigures({ count, remaining }: ProgressFigures): string {
  return `${count === undefined ? '' : `，数量${count}`}${remaining === undefined ? '' : `，还剩${remaining}`}`
}
