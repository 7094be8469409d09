import type { Grid } from '../storage/roster.ts'
import { readClaimedAt } from './claimed-time.ts'
import { judgeMinutes } from './duration.ts'
import { askWhichGrid, chooseGrid, resumeGrid } from './grids.ts'
import { type Answer, ask, type Ctx, defineHandler } from './handler.ts'
import { plainWords } from './plain-words.ts'
import type { SlotsOf } from './slots.ts'
import { fileVisits } from './visits/file-visits.ts'
import { readHouseholds, readVisits } from './visits/read-visit.ts'

/** What is known so far, and what was asked last. */
interface VisitDraft {
  slots: SlotsOf['visit']
  at: number
  /** The words in which it was told; absent in questions that were open before they were kept. */
  text?: string
  /** The grids to choose from, where that was the question. */
  among?: string[]
}

const WHO = '走访了谁，或者去了哪里？回一句就行，比如“3幢王奶奶”。'
/** Answers longer than this are no name and no address. */
const LONGEST_ANSWER = 30
/** What names a place rather than a person. */
const PLACE_END = /[幢栋号楼元室厅店部处站厂院校区司坊馆园市场]$/
/** From here on the words have a meaning of their own. */
const SURE = 0.8
/** Words of a wish or a question of its own. */
const NO_ANSWER = /[?？我你]|[吗呢的]$|什么|怎么|谢|收到/

export const visit = defineHandler({
  intent: 'visit',
  who: 'visit',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了3幢王奶奶，20分钟', '已记走访'],
      ['走访了一户，20分钟', '走访了谁'],
      ['5幢老李', '已记走访'],
    ],
  },
  run: (ctx, slots) => settle(ctx, { slots, at: ctx.at, text: ctx.text }),

  async resume(ctx, draft, understood) {
    const { slots, at, text = '', among } = draft as VisitDraft
    if (among) {
      const grid = resumeGrid(ctx, among)
      return grid && save(ctx, { slots, at, text }, grid)
    }
    if (understood.intent === 'visit' && (understood.slots.person ?? understood.slots.place) !== undefined) {
      return settle(ctx, { slots: { ...slots, ...understood.slots }, at, text: ctx.text })
    }
    const told = plainWords(ctx.text).replace(/[。.！!]+$/, '')
    const isWish = understood.intent !== 'none' && understood.confidence >= SURE
    if (told === '' || told.length > LONGEST_ANSWER || NO_ANSWER.test(told) || isWish) return undefined
    return settle(ctx, { slots: { ...slots, ...readWhom(told) }, at, text: `${told}，${plainWords(text)}` })
  },
})

/** `5幢老李`, `老李`, `城东超市`: an address with a name behind it, a place, or a name alone. */
function readWhom(told: string): Pick<SlotsOf['visit'], 'person' | 'place'> {
  const [, address, name] = /^(.*\d.*[幢栋号楼元室]|.*\d)的?(\p{Script=Han}{2,6})$/u.exec(told) ?? []
  if (address && name && !PLACE_END.test(name)) return { place: address, person: name }
  return PLACE_END.test(told) || /\d/.test(told) ? { place: told } : { person: told }
}

async function settle(ctx: Ctx, draft: VisitDraft): Promise<Answer> {
  const { person, place } = draft.slots
  // Nobody lists the doors of a whole morning: so many households are a record by themselves.
  const isMany = (readHouseholds(draft.text ?? '') ?? 0) > 1
  if (person === undefined && place === undefined && !isMany) return ask('visit', draft, WHO)
  const choice = chooseGrid(ctx)
  if ('ask' in choice) return ask('visit', { ...draft, among: choice.among.map(({ id }) => id) }, askWhichGrid(choice))
  return save(ctx, draft, 'found' in choice ? choice.found : undefined)
}

async function save(ctx: Ctx, { slots, at, text = '' }: VisitDraft, grid: Grid | undefined): Promise<Answer> {
  const claimedAt = readClaimedAt(slots.claimedAt, at)
  const { minutes, doubt } = judgeMinutes(slots.minutes)
  const filed = await fileVisits(ctx, readVisits(text, { ...slots, minutes }), { at, claimedAt, grid, words: text })
  return { ...filed, text: `${filed.text}${doubt}` }
}
