import { describe, expect, it } from 'vitest'
import { incidentListCommands } from '../../handlers/incident/lists/index.ts'

describe('the fixed words about incidents', () => {
  it.each([
    '回访 3 户居民都满意',
    '3号楼又漏了',
    '12幢没修好',
    '调解了一起纠纷',
    '需求很大',
    '进度怎么样',
    '公示栏坏了',
    '代办员今天没来',
    '原因不明',
    '六不让是什么',
    '3和5号楼路灯坏了',
    '本月办结率太低了怎么办',
  ])('does not take “%s” for a fixed word', text => {
    expect(incidentListCommands.find(({ matches }) => matches.test(text))?.name).toBeUndefined()
  })
})
