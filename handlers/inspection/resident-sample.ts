import { addDays, dayOf, formatDayCompact, instantAt } from '../../policy/time.ts'
import { type FieldRecord, listFieldRecords } from '../../storage/field-records.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { isGridInView } from '../notice/view.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { drawLots } from './lot.ts'
import { isOwnGrid } from './words.ts'

const SAMPLE = new RegExp(`^\\s*居民回访\\s*(?:${NUMERAL}\\s*[户人个名]?)?\\s*[。.]?\\s*$`, 'u')
const USUAL_COUNT = 5
const MOST = 20
const LOOKS_BACK_DAYS = 30

/**
 * 居民回访 5户: by lot among the residents visited of late, for those who ask whether a grid's worker is known and heard; not in the asker's
 * own grids. Only the asker reads who they are. Source: S1-39 (四看是否能与社区居民交流沟通)
 */
export const residentSampleCommand: Command = {
  name: 'residentSample',
  matches: SAMPLE,
  who: 'inspect',
  dialog: { as: 'office', turns: [['居民回访 5户', '没有规定']] },
  async run(ctx) {
    const asked = ctx.pack.lists.find(({ value }) => value.key === 'residentQuestions')
    if (!asked) return refuse('no-rule', '所用的文件没有规定居民回访（原文未载），没有抽取。', { private: true })
    const count = readNumeral(SAMPLE.exec(ctx.text.normalize('NFKC'))?.[1]) ?? USUAL_COUNT
    if (count > MOST) return refuse('bad-count', `一次抽1到${MOST}户，如“居民回访 5户”。`, { private: true })
    const visited = await listVisited(ctx)
    if (visited.length === 0) {
      return refuse('nobody', `近${LOOKS_BACK_DAYS}天您的范围里没有可抽的走访（本网格的不抽）。`, { private: true })
    }
    const drawn = drawLots(visited, ({ id }) => id, ctx.message.id).slice(0, count)
    await ctx.record(
      'drawn',
      { type: 'residentSample', id: ctx.message.id },
      { visits: drawn.map(({ id }) => id), among: visited.length },
    )
    const worker = ctx.roster.memberById(drawn[0]!.memberId)?.name ?? ''
    return answer(
      [
        `居民回访${drawn.length}户，从${visited.length}户中随机抽取：`,
        ...drawn.map((visit, index) => `${index + 1}. ${nameVisit(ctx, visit)}　满意（ ）　一般（ ）　不满意（ ）`),
        `看：${asked.value.names.join('；')}。`,
        `结果请记“督导${worker}：居民回访满意4户、一般1户”。（依据：${asked.clause}）`,
      ].join('\n'),
      { private: true },
    )
  },
}

/** Everybody once, by their last visit; whoever was not met cannot be asked. */
async function listVisited(ctx: Ctx): Promise<FieldRecord[]> {
  const visits = await listFieldRecords(ctx.db, {
    kind: 'visit',
    from: instantAt(addDays(ctx.today, -LOOKS_BACK_DAYS), '00:00'),
  })
  const met = visits.filter(
    ({ person, outcome, gridId, memberId }) =>
      person !== undefined &&
      outcome === undefined &&
      memberId !== ctx.actor.id &&
      gridId !== undefined &&
      isGridInView(ctx, gridId) &&
      !isOwnGrid(ctx, gridId),
  )
  return [...new Map(met.map(visit => [`${visit.gridId} ${visit.person?.reveal()}`, visit])).values()]
}

function nameVisit({ roster, today }: Ctx, { person, place, memberId, claimedAt, at }: FieldRecord): string {
  const who = [place?.reveal(), person?.reveal()].filter(Boolean).join('')
  return `${who}（${roster.memberById(memberId)?.name ?? ''} ${formatDayCompact(dayOf(claimedAt ?? at), today)}走访）`
}
