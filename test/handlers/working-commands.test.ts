import { describe, expect, it } from 'vitest'
import { admissionCommands } from '../../handlers/admission/commands.ts'
import { burdenCommands } from '../../handlers/burden/commands.ts'
import type { Command } from '../../handlers/handler.ts'
import { findCommand } from '../../handlers/index.ts'
import { inspectionCommands } from '../../handlers/inspection/commands.ts'
import { noticeCommands } from '../../handlers/notice/commands.ts'
import { workingCommands } from '../../handlers/notice/working-commands.ts'
import { taskCommands } from '../../handlers/task/commands.ts'

const commands: readonly Command[] = [
  ...noticeCommands,
  ...workingCommands,
  ...taskCommands,
  ...inspectionCommands,
  ...admissionCommands,
  ...burdenCommands,
]

describe('the commands about notices, tasks, inspections, admission and burden', () => {
  it.each([
    '撤回',
    '提示单12做完了',
    '12号提示单同意',
    '修改一下提示单的格式',
    '12号提示单退回，时间节点不对',
    '常态任务做得怎么样了，大家报一下',
    '发个提示单，各网格本月底前完成出租房排查',
    '更正一下，是3号楼不是2号楼',
    '任务:统计辖区养老机构 要求:床位和入住人数都要有 节点:12/25中午12点前 发提示单',
    '任务完成了',
    '今天的任务都做完了',
    '12号提示单完成',
    '12号提示单还差4户',
    '督导3网格：台账不全，扣2分',
    '督导组明天来',
    '延期 #9 等材料',
    '同意延期 #9',
    '我想请假延期一天',
    '准入这个词是什么意思',
    '负担太重了',
    '填表好麻烦',
    '考核方案',
    '新建的楼盘有人入住了',
    '取消明天的会',
    '关闭3号楼的燃气阀',
    '办结了3件事',
    '反馈一下，3幢楼道灯坏了',
    '整改通知已经贴了',
    '未准时到岗',
    '情况不妙，3幢起火',
  ])('“%s” falls into none of them', words => {
    const found = findCommand(words)
    expect(commands.map(({ name }) => name)).not.toContain(found?.name)
  })
})
