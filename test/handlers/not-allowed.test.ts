import { describe, expect, it } from 'vitest'
import { renderNotAllowed } from '../../handlers/not-allowed.ts'

describe('a refusal for the role', () => {
  it('names who may and the clause', () => {
    expect(
      renderNotAllowed({ allowed: '分管领导、主要领导', clause: '二(一)：经分管领导审核后签批。', status: 'original' }),
    ).toBe('这一步由分管领导、主要领导办理（依据：二(一)：经分管领导审核后签批。），没有改动任何记录。')
  })

  it('owns up to a default instead of quoting a clause about something else', () => {
    expect(renderNotAllowed({ allowed: '网格长', clause: '三(一)：下网格走访。', status: 'default' })).toBe(
      '这一步由网格长办理（依据：本系统默认，街道可改），没有改动任何记录。',
    )
  })

  it('stays one line where many may and the clause is long', () => {
    const said = renderNotAllowed({
      allowed: '甲、乙、丙、丁、戊',
      clause: `一：${'条'.repeat(200)}`,
      status: 'original',
    })
    expect(said).toContain('由甲、乙、丙等办理')
    expect(said.length).toBeLessThan(80)
  })
})
