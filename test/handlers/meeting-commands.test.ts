import { describe, expect, it } from 'vitest'
import { meetingCommands } from '../../handlers/meeting/commands.ts'
import { trainingCommands } from '../../handlers/training/commands.ts'

const commands = [...meetingCommands, ...trainingCommands]

describe('the commands about meetings and training', () => {
  it.each([
    '参加了反诈培训',
    '明天参加会议的人有谁',
    '来不了了，孩子发烧',
    '来不了3号楼的现场会',
    '点名批评一下乱停车的',
    '会议纪要：总结上周走访，部署本周防汛',
    '续签合同的租户登记好了',
    '落实3号提示单',
    '10月例会改到周五',
    '下周三下午3点开10月例会',
    '例会几点开',
    '评议会下周开',
    '资料都送到社区了',
    '后天上午10点反诈业务培训，街道党校201',
    '培训几点开始',
    '考试的孩子多，路口堵',
    '选A栋还是B栋',
    '答应A户周五去修灯',
    '旷工的处罚是什么',
    '申诉材料已交',
    '岗前培训下周一开',
    '题库里的题太难了',
    '组织考试的通知发了吗？请转告大家',
  ])('“%s” falls into none of them', words => {
    expect(commands.find(({ matches }) => matches.test(words))?.name).toBeUndefined()
  })
})
