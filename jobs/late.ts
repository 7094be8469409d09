import { formatMoment } from '../policy/time.ts'
import type { Due } from './job.ts'

/** What a text says that comes later than it was due; nothing where it is on time. Source: contract (guarantee 3) */
export function renderLate({ at, late }: Due): string {
  return late ? `\n迟发：应于${formatMoment(at)}` : ''
}
