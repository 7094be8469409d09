import { describe, expect, it } from 'vitest'
import { correctionCommands } from '../../handlers/correct/commands.ts'
import { findCommand } from '../../handlers/index.ts'
import { undoKindCommand } from '../../handlers/undo.ts'

const commands = [undoKindCommand, ...correctionCommands]

describe('the commands about corrections', () => {
  it.each([
    '撤销',
    '撤销刚才那条',
    '取消今天的会',
    '取消请假',
    '撤回12号提示单',
    '更正提示单12 时间节点改为12月10日',
    '更正12号提示单 时间节点改为12月10日',
    '更正一下：1号事件是5号楼？',
    '刚才的改成隐患',
    '不是走访，是隐患',
    '文昌路15号原来的药店改成宠物医院了',
    '大家有空把群昵称改成网格+姓名哈',
    '会议改成下午3点',
    '走访改成每周一次了',
    '打卡改成钉钉了',
    '同意',
    '3号同意',
    '12号提示单同意',
    '不同意延期申请3号 上级当日要数',
    '这条改成什么了？',
    '更正一下，是5号楼',
  ])('leave everyday words alone: %s', words => {
    expect(commands.map(({ name }) => name)).not.toContain(findCommand(words)?.name)
  })
})
