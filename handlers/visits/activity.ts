import { askWhichGrid, chooseGrid } from '../grids.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { fileVisit } from './file-visits.ts'
import { isName } from './names.ts'

const ACTIVITY =
  /^\s*(?:@\S+\s+)?(宣传|健康服务|科技服务|文化服务|技术服务|就业服务|信息服务|民兵活动)[\s:：]+(\S[\s\S]{0,120})$/u
const COUNT = /[,，\s]+(\d{1,4}|[一二三四五六七八九十]{1,3})\s*[余多]?\s*(?:人次?|份|户)\s*[。.!！]?\s*$/u
/** As the ledger names them; whatever else is a service is one of the special ones. */
const KINDS: Readonly<Record<string, string>> = { 宣传: '宣传', 健康服务: '健康服务', 民兵活动: '民兵' }
const SPECIAL = '特色服务'
const EXAMPLES: Readonly<Record<string, string>> = {
  宣传: '宣传 低保政策 幸福广场 30人',
  健康服务: '健康服务 王奶奶 量血压',
  民兵活动: '民兵活动 街道点验 人武部 8人',
}

/**
 * 宣传, 服务 and 民兵活动 as a record: what it was about, where or for whom, and how many it reached. Answered in private, as a service can
 * touch on somebody's health. Source: S1-18, S1-21, S3A-01, S3A-05, S3A-06
 */
export const activityCommand: Command = {
  name: 'activity',
  matches: ACTIVITY,
  who: 'visit',
  dialog: { as: 'worker', turns: [['宣传 低保政策 幸福广场 30人', '已记宣传：低保政策，幸福广场，30人']] },
  async run(ctx) {
    const [, activity = '', words = ''] = ACTIVITY.exec(ctx.text.normalize('NFKC')) ?? []
    const people = readNumeral(COUNT.exec(words)?.[1])
    const [first = '', ...rest] = words
      .replace(COUNT, '')
      .split(/[\s,，]+/u)
      .filter(Boolean)
    const more = rest.join('，')
    if (!more) {
      const example = EXAMPLES[activity] ?? `${activity} 城东机械厂 送岗位信息`
      return refuse('incomplete', `请写全${activity}的内容和地点（对象），如“${example}”，没有记录。`, {
        private: true,
      })
    }
    const choice = chooseGrid(ctx)
    if ('ask' in choice) {
      return refuse('which-grid', `${askWhichGrid(choice).replace(/？.*$/u, '？')}请写上网格再说一次，没有记录。`, {
        private: true,
      })
    }
    const grid = 'found' in choice ? choice.found : undefined
    const isService = activity.endsWith('服务')
    const [what, whom] = isService ? [more, first] : [first, more]
    const isPerson = isService && isName(whom)
    await fileVisit(
      ctx,
      {
        person: isPerson ? whom : undefined,
        place: isPerson ? undefined : whom,
        findings: isService ? `${activity}：${what}` : what,
        people,
        kind: KINDS[activity] ?? SPECIAL,
      },
      { at: ctx.at, grid, words: `${activity}${words}` },
    )
    const parts = [what, whom, people && `${people}人`, grid?.name]
    return answer(`已记${activity}：${parts.filter(Boolean).join('，')}。`, { private: true })
  },
}
