import { OPINION_KIND } from '../../policy/information.ts'
import { statusNames } from '../../policy/pack.ts'
import { answer, type Command } from '../handler.ts'
import { topicNames } from './topics.ts'

const KEYS = ['infoTypes', 'infoCategories'] as const

/** The kinds of information that the document names; what it only counts is said to be missing, never made up. Source: S2-14, S4D-22 */
export const infoKindsCommand: Command = {
  name: 'infoKinds',
  matches: /^\s*信息(?:类型|分类)\s*[?？。]?\s*$/u,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['信息类型', '人口、房屋']] },
  async run({ pack }) {
    const list = pack.lists.find(({ value }) => KEYS.some(key => key === value.key))
    const ours = `${Object.values(topicNames).join('、')}（${statusNames.default}）`
    if (!list) return answer(`信息类型：${ours}。说一句就行，我来归类。`)
    const { names, stated } = list.value
    if (names.length === 0)
      return answer(`原文说${stated}类信息，各类名称${statusNames.missing}；先按${ours}归类。（依据：${list.clause}）`)
    return answer(`信息类型：${[...names, OPINION_KIND].join('、')}。说一句就行，我来归类。（依据：${list.clause}）`)
  },
}
