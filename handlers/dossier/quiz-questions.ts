import { unitOfFact } from '../../policy/grid-facts.ts'
import type { QuizQuestion } from '../../storage/knowledge-quizzes.ts'
import type { Grid } from '../../storage/roster.ts'
import { listUnits } from '../../storage/units.ts'
import type { Desk } from '../desk.ts'
import { listKnown } from './known.ts'

const PHONE = /\d[\d-]{2,}\d/

/**
 * Everything that can be asked about a grid: its numbers, who leads it, which telephone a unit has. Of residents counts alone, never a
 * name; a number in doubt is not asked. Source: S0-08, S3C-03
 */
export async function listQuestions(desk: Desk, grid: Grid): Promise<QuizQuestion[]> {
  const known = (await listKnown(desk, grid)).flatMap(({ facts }) => facts)
  const numbers = known.flatMap(({ name, count, unit, doubtful }) =>
    count === undefined || doubtful ? [] : [{ name, count, unit }],
  )
  if (grid.households !== undefined && !numbers.some(({ name }) => name === '户数')) {
    numbers.unshift({ name: '户数', count: grid.households, unit: unitOfFact('户数') })
  }
  const counts = numbers.map(({ name, count, unit }, index) =>
    ask(
      `${grid.name}的${name}是多少？`,
      `${count}${unit}`,
      listNear(count).map(other => `${other}${unit}`),
      index,
    ),
  )
  return [...counts, ...askLeader(desk, grid), ...(await askPhones(desk))]
}

/** Two numbers that somebody who does not know could take for it. */
function listNear(count: number): number[] {
  const step = Math.max(1, Math.round(count / 5))
  return [count + step, count > step ? count - step : count + 2 * step]
}

/** The place of the right answer turns with the question, so that no letter is always right. */
function ask(text: string, right: string, others: readonly string[], turn: number): QuizQuestion {
  const place = turn % (others.length + 1)
  const choices = [...others.slice(0, place), right, ...others.slice(place)]
  return { text, choices, answer: String.fromCharCode(65 + place) }
}

function askLeader({ roster, today }: Desk, grid: Grid): QuizQuestion[] {
  const own = roster.holders(['leader'], today, { gridId: grid.id })
  const others = roster.holders(['leader'], today).filter(member => !own.includes(member))
  if (own.length !== 1 || others.length < 2) return []
  const names = others.slice(0, 2).map(({ name }) => name)
  return [ask(`${grid.name}的网格长是谁？`, own[0]!.name, names, grid.no)]
}

async function askPhones({ db }: Desk): Promise<QuizQuestion[]> {
  const phones = (await listUnits(db)).flatMap(({ name, contact }) => {
    const phone = PHONE.exec(contact?.reveal() ?? '')?.[0]
    return phone ? [{ name, phone }] : []
  })
  const others = (own: string) => [...new Set(phones.map(({ phone }) => phone))].filter(phone => phone !== own)
  return phones.flatMap(({ name, phone }, index) =>
    others(phone).length >= 2 ? [ask(`${name}的联系电话是？`, phone, others(phone).slice(0, 2), index)] : [],
  )
}
