import { expect, it } from 'vitest'
import { judgePatrolDay, type PatrolDayFacts } from '../../policy/patrol.ts'
import { readBuiltIn } from '../support/street-data.ts'

const rules = readBuiltIn('county-center').pack.patrol

it.each<[string, Partial<PatrolDayFacts>, number, number]>([
  ['a working day without a round', {}, 2, 2],
  ['one round', { rounds: 1 }, 2, 1],
  ['two rounds', { rounds: 2 }, 2, 0],
  ['three rounds, none of which carries over', { rounds: 3 }, 2, 0],
  ['a morning off', { leave: 'am' }, 1, 1],
  ['an afternoon elsewhere', { away: 'pm', rounds: 1 }, 1, 0],
  ['a day off', { leave: 'day' }, 0, 0],
  ['a morning off and the afternoon elsewhere', { leave: 'am', away: 'pm' }, 0, 0],
  ['a free day', { due: false }, 0, 0],
  ['a free day, walked all the same', { due: false, rounds: 1 }, 0, 0],
])('S4D-09: %s', (_, facts, owed, left) => {
  expect(judgePatrolDay({ rounds: 0, due: true, rules, ...facts })).toMatchObject({ owed, left })
})

it('S4D-09: owes nothing where the document names no number', () => {
  const none = readBuiltIn('street-team').pack.patrol
  expect(judgePatrolDay({ rounds: 0, due: true, rules: none })).toEqual({ done: 0, owed: 0, left: 0 })
})
