import { isEmptyInfo } from '../policy/information.ts'
import { listRecordsOfMessage } from '../storage/audit.ts'
import { type Ctx, defineHandler } from './handler.ts'
import { askForContent, fileInfo, type InfoDraft, resumeInfo, type ToldInfo } from './information/file.ts'
import { type PopulationDraft, resumePopulation } from './information/population.ts'
import { plainWords } from './plain-words.ts'
import type { SlotsOf } from './slots.ts'

/** Something told with nothing to handle; what says nothing yet is asked for. Source: S2-14, S2-33 (the chat is an approved way), S3A-12 */
export const infoItem = defineHandler({
  intent: 'submitInfo',
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['信息：5幢新搬来一家三口，外地户籍', '已记信息']] },

  async run(ctx, slots) {
    // 信息……；信息……: the words are kept whole, once.
    const made = await listRecordsOfMessage(ctx.db, ctx.message.id)
    if (made.some(({ type }) => type === 'infoItem')) return undefined
    const told = readTold(ctx, slots)
    return isEmptyInfo(ctx.pack, told.text) ? askForContent(told.topic) : fileInfo(ctx, told)
  },

  resume(ctx, draft, understood) {
    const open = draft as InfoDraft | PopulationDraft
    return open.kind === 'population' ? resumePopulation(ctx, open) : resumeInfo(ctx, open, understood)
  },
})

function readTold({ at, text }: Ctx, { topic = 'other', place }: SlotsOf['submitInfo']): ToldInfo {
  return { topic, place, text: plainWords(text), at }
}
