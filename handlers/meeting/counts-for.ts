import type { Pack } from '../../policy/pack.ts'
import type { Meeting } from '../../storage/meetings.ts'
import { nameKind } from './words.ts'

/** How people say that one meeting was also another. */
const SAYS: Record<string, RegExp> = {
  weekly: /周例会/u,
  monthly: /月会|月例会|工作例会/u,
  quarterly: /季度会|季度例会/u,
  analysis: /研判|民情分析/u,
  training: /以会代训|业务培训|集中培训|(?:会上|同时|一并|现场)(?:进行|开展|组织)?了?\S{0,8}培训/u,
}

/**
 * The further kinds that a meeting counts for, by its own words: those of the document that may be held together (S3A-34: 可以与民情分析会
 * 结合召开), and a training where the document takes a meeting for one (S2-50: 以会代训). Each counts once.
 */
export function listFurtherKinds(pack: Pack, { kind }: Pick<Meeting, 'kind'>, words: string): string[] {
  const rulesOf = (code: string) => pack.meetings.filter(({ value }) => value.kind === code)
  const mayMerge = (code: string) => rulesOf(code).some(({ value }) => value.mayMerge)
  return Object.keys(SAYS).filter(code => {
    if (code === kind || !SAYS[code]!.test(words)) return false
    if (code === 'training') return pack.training?.kinds?.value.includes('以会代训') ?? false
    return mayMerge(kind) && mayMerge(code)
  })
}

/** `同时计入：民情分析研判会、培训。`; nothing where it counts for itself alone. */
export function renderFurtherKinds(
  { pack }: { pack: Pack },
  meeting: Pick<Meeting, 'scope'>,
  kinds: readonly string[],
): string {
  if (kinds.length === 0) return ''
  return `同时计入：${kinds.map(kind => nameKind({ pack }, kind, meeting.scope)).join('、')}。`
}
