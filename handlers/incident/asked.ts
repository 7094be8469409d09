import type { Incident } from '../../storage/incidents.ts'
import { type Answer, answer, type Ctx } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { plainWords } from '../plain-words.ts'
import { describeTimeline } from './lists/timeline.ts'
import { refuseUnlessVisible } from './visible.ts'

const ASKS =
  /[?？]\s*$|(?:吗|呢)[。.!！~]*\s*$|怎么样|咋样|怎样了|如何了|(?:修|办|弄|处理|解决)(?:好|完|掉)?了?没有?(?:啊|呀|呢)?[。.!！]*$|到哪(?:一?步)?了|几[点号]了|(?:什么|啥)时候|几时|(?:怎么|咋)还|为(?:什么|啥)/u

/** 到底咋样了, 什么时候能修好, 怎么还没修: asks, and tells nothing new. */
export function asksSomething(text: string): boolean {
  return ASKS.test(plainWords(text))
}

/** `#12`, `事件12`, `12号那个`; neither a building (3号楼) nor a day (12号开始漏). */
const NAMED = /(?:#|事件)\s*-?(\d{1,6})(?!\d)|(?<!\d)(\d{1,6})\s*号(?:事件|案件|那|这|的事)/u

/** The number of the case that the words are about, where they name one. */
export function readNamedCase(text: string): number | undefined {
  const [, behind, before] = NAMED.exec(plainWords(text).normalize('NFKC')) ?? []
  return readNumeral(behind ?? before)
}

/** How it stands, for whoever may read of it. */
export async function tellHowItStands(ctx: Ctx, incident: Incident): Promise<Answer> {
  return (await refuseUnlessVisible(ctx, incident)) ?? answer(await describeTimeline(ctx, incident))
}
