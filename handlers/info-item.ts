import { insertInfoItem } from '../storage/info-items.ts'
import type { Grid } from '../storage/roster.ts'
import { askWhichGrid, chooseGrid, resumeGrid } from './grids.ts'
import { type Answer, answer, ask, type Ctx, defineHandler } from './handler.ts'
import { plainWords } from './plain-words.ts'
import type { InfoTopic, SlotsOf } from './slots.ts'

export const topicNames: Record<InfoTopic, string> = {
  population: '人口',
  housing: '房屋',
  enterprise: '企业商铺',
  party: '党建',
  keyPerson: '重点人员',
  publicOpinion: '社情民意',
  policy: '政策宣传',
  other: '其他',
}

interface InfoDraft {
  slots: SlotsOf['submitInfo']
  text: string
  at: number
  among: string[]
}

export const infoItem = defineHandler({
  intent: 'submitInfo',
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['信息：5幢新搬来一家三口，外地户籍', '已记信息']] },

  async run(ctx, slots) {
    const choice = chooseGrid(ctx)
    if ('ask' in choice) {
      const draft: InfoDraft = {
        slots,
        text: plainWords(ctx.text),
        at: ctx.at,
        among: choice.among.map(({ id }) => id),
      }
      return ask('submitInfo', draft, askWhichGrid(choice))
    }
    return save(ctx, { slots, text: plainWords(ctx.text), at: ctx.at }, 'found' in choice ? choice.found : undefined)
  },

  async resume(ctx, draft) {
    const told = draft as InfoDraft
    const grid = resumeGrid(ctx, told.among)
    return grid && save(ctx, told, grid)
  },
})

async function save(ctx: Ctx, { slots, text, at }: Omit<InfoDraft, 'among'>, grid: Grid | undefined): Promise<Answer> {
  const topic = slots.topic ?? 'other'
  const { id } = await insertInfoItem(
    ctx.db,
    { memberId: ctx.actor.id, gridId: grid?.id, at, topic, text, place: slots.place, messageId: ctx.message.id },
    ctx.now,
  )
  await ctx.record('created', { type: 'infoItem', id }, { topic, gridNo: grid?.no })
  // The content is not said again: it stands above in the chat, and may be about people.
  const parts = [topicNames[topic], grid?.name].filter(Boolean).join('，')
  const warning = topic === 'keyPerson' && ctx.chat.kind === 'group' ? '重点人员情况请私聊发我，别发在群里。' : ''
  return answer(`已记信息：${parts}。${warning}`)
}
