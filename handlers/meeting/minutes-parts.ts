import type { Pack } from '../../policy/pack.ts'
import type { Meeting } from '../../storage/meetings.ts'
import { answer, type Command } from '../handler.ts'
import { nameKind } from './words.ts'

/** The word by which a part is known again in running text. */
const ROOTS = ['总结', '回顾', '部署', '安排', '问题', '办法', '措施']
const SAME: Record<string, RegExp> = {
  总结: /总结|回顾|上周|上月|前期/u,
  回顾: /总结|回顾|上周|上月|前期/u,
  部署: /部署|布置|安排|本周|下周|当周/u,
  安排: /部署|布置|安排|下月|下一步|下阶段|本月/u,
  问题: /问题|热点|难点/u,
  办法: /办法|措施|解决|方案/u,
  措施: /办法|措施|解决|方案/u,
}

/** The parts that the document asks of the minutes of a 例会; none of other meetings. Source: S0-29, S3A-22 */
function listParts(pack: Pack, kind: string): { names: string[]; clause: string } | undefined {
  const list = pack.lists.find(({ value }) => value.key === 'minutesParts')
  return list && nameKind({ pack }, kind).includes('例会')
    ? { names: list.value.names, clause: list.clause }
    : undefined
}

/** The parts that a text of minutes says nothing of. */
export function listMissingParts(pack: Pack, { kind }: Pick<Meeting, 'kind'>, minutes: string): string[] {
  return (listParts(pack, kind)?.names ?? []).filter(name => {
    const roots = ROOTS.filter(root => name.includes(root))
    return roots.length > 0 && !roots.some(root => SAME[root]!.test(minutes))
  })
}

/** A form to fill in: the parts of the document, and how decisions are written so that they become tasks. */
export const templateCommand: Command = {
  name: 'minutesTemplate',
  matches: /^\s*(?:会议)?纪要(?:模板|格式|怎么写)\s*[?？。]?\s*$/u,
  who: 'meetingMinutes',
  dialog: { as: 'instructor', turns: [['纪要模板', '总结回顾上周工作']] },
  run({ pack }) {
    const kind = pack.meetings.find(({ value }) => value.name.includes('例会'))?.value.kind
    const parts = kind === undefined ? undefined : listParts(pack, kind)
    const names = parts?.names ?? ['回顾前期工作', '部署下一步工作']
    const lines = names.map((name, index) => `${index + 1}. ${name}：`)
    const why = parts ? `\n（依据：${parts.clause}）` : ''
    const how = '“决定”下面一行一件，写明姓名和日期，会自动派成任务；一条发不完，接着发“续纪要：……”。'
    return Promise.resolve(
      answer(`会议纪要：\n${lines.join('\n')}\n决定：\n1. 李敏 11月27日前 清点灭火器\n\n${how}${why}`, {
        private: true,
      }),
    )
  },
}
