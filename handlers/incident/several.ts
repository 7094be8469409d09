import type { Incident } from '../../storage/incidents.ts'
import { type Answer, answer, type Ctx, refuse } from '../handler.ts'
import type { IncidentAction } from '../slots.ts'
import { chooseIncident } from './choose.ts'

const ONE = '(?:事件)?\\s*#?\\s*\\d{1,6}(?:\\s*号)?(?:事件)?(?![\\d幢栋楼单层室户人个件家天日月年点分:：])'
const SEVERAL = new RegExp(`${ONE}(?:\\s*[、,，和跟与及\\s]\\s*${ONE})+`, 'u')

/** `3号和4号`, `#3、#4`: every number of a list, each once; none where the words hold no list. */
export function listNumbers(text: string): number[] {
  const list = SEVERAL.exec(text.normalize('NFKC'))?.[0] ?? ''
  return [...new Set([...list.matchAll(/\d+/gu)].map(([no]) => Number(no)))]
}

/** One step with each of several cases; the answer tells of every one what became of it. For steps that ask nothing back. */
export async function forEachCase(
  ctx: Ctx,
  numbers: readonly number[],
  action: IncidentAction,
  take: (incident: Incident) => Promise<Answer>,
): Promise<Answer> {
  const answers: Answer[] = []
  for (const no of numbers) {
    const chosen = await chooseIncident(ctx, { no, action })
    answers.push('found' in chosen ? await take(chosen.found) : chosen.answer)
  }
  const text = answers.map(one => one.text).join('\n')
  const [first] = answers
  return first?.refused && answers.every(one => one.refused) ? refuse(first.refused, text) : answer(text)
}
