import { formatYuan, type GrowthKind, growthKinds, judgeGrowth, nameInfoKind } from '../../policy/information.ts'
import { insertInfoItem } from '../../storage/info-items.ts'
import { chooseGrid } from '../grids.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import type { InfoTopic } from '../slots.ts'
import { growthStates, readFigure } from './growth-words.ts'

const TOLD = /^\s*新增(?:(劳资(?:上报)?单位)|((?:城镇)?住户调查户)|((?:固定资产)?投资项目))[\s：:，,]*([\s\S]*)$/u
const KINDS: readonly GrowthKind[] = ['wages', 'survey', 'investment']
const TOPICS: Record<GrowthKind, InfoTopic> = { wages: 'enterprise', survey: 'population', investment: 'enterprise' }
const EXAMPLES: Record<GrowthKind, string> = {
  wages: '新增劳资单位 某某厂 平均工资 62000',
  survey: '新增住户调查户 王某某 收入 48000',
  investment: '新增投资项目 某某仓库 600万',
}

/** New firms, households and investments count from a figure on that the pack holds; none is made up. Source: S1-28, S1-29, S1-30 */
export const growthCommand: Command = {
  name: 'growth',
  matches: TOLD,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['新增投资项目 东门仓库 600万', '没有“新增固定资产投资项目”']] },
  async run(ctx) {
    const { actor, at, db, message, now, pack } = ctx
    const [, wages, survey, investment, words = ''] = TOLD.exec(ctx.text) ?? []
    const kind = KINDS[[wages, survey, investment].findIndex(Boolean)]!
    const { name, what } = growthKinds[kind]
    if (!judgeGrowth(pack, kind, 0)) {
      return refuse('no-rule', `现行文件没有“新增${name}”这一项，没有记；要留个记录请说“信息 ……”。`)
    }
    const told = readFigure(words)
    if (!told) return refuse('no-figure', `请写明名称和${what}，如“${EXAMPLES[kind]}”，没有记。`)
    const choice = chooseGrid(ctx)
    if (!('found' in choice)) return refuse('which-grid', `请写明是哪个网格，如“${EXAMPLES[kind]} 2网格”，没有记。`)
    const { amount } = told
    const verdict = judgeGrowth(pack, kind, amount)!
    const text = plainWords(ctx.text)
    const topic = TOPICS[kind]
    const item = await insertInfoItem(
      db,
      {
        memberId: actor.id,
        gridId: choice.found.id,
        at,
        topic,
        kind: nameInfoKind(pack, topic, text),
        text,
        messageId: message.id,
        growth: kind,
        amount,
      },
      now,
    )
    const detail = { no: item.no, growth: kind, amount, state: verdict.state, gridNo: choice.found.no }
    await ctx.record('created', { type: 'infoItem', id: item.id }, detail)
    // The name is not said again: a household's is nobody's business, and a firm's stands above.
    return answer(
      `已记新增${name} #${item.no}，${what}${formatYuan(amount)}：${growthStates[verdict.state]}，${verdict.because}。（依据：${verdict.clause}）`,
    )
  },
}
