import { describe, expect, it } from 'vitest'
import { actions } from '../../policy/pack/permissions.ts'
import { roleCodes } from '../../policy/pack/role-codes.ts'
import type { Action, RoleCode } from '../../policy/pack.ts'
import { listAllowed, mayDo } from '../../policy/permission.ts'
import { streetTeam } from './street-team.ts'

describe('who may do what in street-team', () => {
  it.each<[string, Action, RoleCode[]]>([
    ['S0-21 由各职能科室提出', 'draftNotice', ['office', 'generalOffice']],
    ['S0-21 经分管领导审核', 'reviewNotice', ['deputy']],
    ['S0-21 报街道主要领导签批', 'signNotice', ['principal']],
    ['S0-21 交党政办汇总下发', 'issueNotice', ['generalOffice']],
    ['加急由主要领导决定', 'expediteNotice', ['principal']],
    [
      '社区书记准假，社区书记本人由分管领导准，分管领导由主要领导准',
      'decideLeave',
      ['principal', 'deputy', 'communityLead'],
    ],
  ])('%s', (_, action, roles) => {
    expect(roleCodes.filter(role => mayDo(streetTeam, action, [role]).ok)).toEqual(
      roleCodes.filter(role => roles.includes(role)),
    )
  })

  it('spares the liaisons the check-in, unless they hold another role', () => {
    expect(mayDo(streetTeam, 'checkIn', ['liaison']).ok).toBe(false)
    expect(mayDo(streetTeam, 'checkIn', ['liaison', 'worker']).ok).toBe(true)
  })

  it('says who may, and by which clause, where it refuses', () => {
    const verdict = mayDo(streetTeam, 'reviewNotice', ['worker'])
    expect(verdict).toMatchObject({ ok: false, reason: 'not-allowed', rule: 'S0-21', allowed: '分管领导' })
    expect(verdict.clause).toContain('经分管领导审核')
  })

  it('lets every role do what any member may', () => {
    for (const role of roleCodes) expect(mayDo(streetTeam, 'reportIncident', [role]).ok).toBe(true)
  })

  it('allows nothing to somebody without a role', () => {
    expect(listAllowed(streetTeam, [])).toEqual([])
  })

  it('lists what a liaison may do', () => {
    const allowed = listAllowed(streetTeam, ['liaison'])
    expect(allowed).toEqual(expect.arrayContaining(['visit', 'reportIncident', 'queryOwn', 'help']))
    expect(allowed).not.toEqual(expect.arrayContaining(['queryGrid']))
  })

  it('lists for each role exactly what it may do', () => {
    for (const role of roleCodes)
      expect(listAllowed(streetTeam, [role]).sort()).toEqual(
        actions.filter(action => mayDo(streetTeam, action, [role]).ok).sort(),
      )
  })
})
