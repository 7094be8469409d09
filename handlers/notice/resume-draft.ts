import { answer, type Command, refuse } from '../handler.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { listOwnDrafts } from './own-draft.ts'
import { advance } from './submit.ts'
import { nameNotice, nameState, renderParts } from './words.ts'

const RESUME = new RegExp(`^\\s*继续起草\\s*(?:(?:提示单)?\\s*[#＃]?第?${NUMERAL}号?(?:提示单)?)?\\s*[。.!！]?\\s*$`)

/** A draft outlives a question that was never answered: `继续起草` asks again for what is missing. */
export const resumeDraftCommand: Command = {
  name: 'resumeDraft',
  matches: RESUME,
  who: 'draftNotice',
  dialog: { as: 'office', turns: [['继续起草', '没有起草到一半的']] },
  async run(ctx) {
    const no = readNumeral(RESUME.exec(ctx.text)?.[1])
    const drafts = await listOwnDrafts(ctx)
    const meant = no === undefined ? drafts : drafts.filter(draft => draft.no === no)
    const [only] = meant
    if (!only) {
      const others = drafts.length > 0 ? `您起草到一半的有：${drafts.map(nameNotice).join('；')}。` : ''
      return refuse(
        'no-draft',
        no === undefined ? '没有起草到一半的提示单。' : `您没有起草到一半的${no}号提示单。${others}`,
      )
    }
    if (meant.length > 1) {
      const lines = meant.map(draft => `${nameNotice(draft)}（${nameState(draft)}）`)
      const buttons = meant.slice(0, 5).map(draft => {
        const words = `继续起草${draft.no}号`
        return { key: `${draft.no}`, text: `${draft.no}号`, says: words }
      })
      return answer(`起草到一半的有${meant.length}份，回“继续起草几号”：\n${lines.join('\n')}`, {
        card: { title: '继续起草', buttons },
      })
    }
    if (only.status === 'draft') return advance(ctx, only)
    return answer(
      `${nameNotice(only)}已退回修改。复制下面这段，改好发我就行：\n修改${only.no}号提示单\n${renderParts(ctx, only)}`,
    )
  },
}
