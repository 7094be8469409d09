import { statusNames } from '../../policy/pack.ts'
import { answer, type Command, type Ctx } from '../handler.ts'

const RIGHTS = /^\s*(?:我|网格员)的?权利\s*[?？。]?\s*$/u
const OBLIGATIONS = /^\s*(?:我|网格员)的?义务\s*[?？。]?\s*$/u

/** What grid workers may claim, in the words of the document. Source: S4E-12 */
export const rightsCommand: Command = {
  name: 'myRights',
  matches: RIGHTS,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['我的权利', '原文未载']] },
  run: async ctx => tellList(ctx, 'rights', '网格员权利'),
}

/** What grid workers owe. Source: S4E-13 */
export const obligationsCommand: Command = {
  name: 'myObligations',
  matches: OBLIGATIONS,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['我的义务', '原文未载']] },
  run: async ctx => tellList(ctx, 'obligations', '网格员义务'),
}

function tellList({ pack }: Ctx, key: 'rights' | 'obligations', what: string) {
  const list = pack.lists.find(({ value }) => value.key === key)
  if (!list) return answer(`《${pack.title}》没有写${what}：${statusNames.missing}。`, { private: true })
  const lines = list.value.names.map((name, index) => `${index + 1}. ${name}`)
  const resign = list.value.names.some(name => name.includes('辞职')) ? ['要辞职请私聊回“申请辞职 原因”。'] : []
  return answer([`${list.clause}：`, ...lines, ...resign].join('\n'), { private: true })
}
