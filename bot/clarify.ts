import { type Answer, ask, type Ctx } from '../handlers/handler.ts'
import type { Intent, Meaning, Understood } from '../handlers/slots.ts'
import type { OpenQuestion } from '../storage/questions.ts'
import { type UnderstandInput, understandAs } from './understand/understand.ts'

/** Below this the bot asks instead of guessing: of messages it had never seen, four in five guesses under it were wrong. */
const CLEAR = 0.6
/** A wish this plain wins over an open question. */
const PLAIN = 0.9
/** Words that never are the content of a form somebody is filling in, where they are as plain as a command. */
const NEVER_AN_ANSWER: ReadonlySet<Intent> = new Set(['checkIn', 'undo', 'help', 'acknowledge'])

export function isClear({ confidence, intent, alternative }: Understood): boolean {
  return confidence >= CLEAR || intent === 'none' || alternative === undefined
}

/**
 * Whether the words ask for something of their own rather than answer the question that is open. What somebody writes into a form
 * resembles much (漏一户扣一分 asks what a rule says, 城东超市 could name a group), so only what cannot be an answer counts.
 */
export function isSurelyNew(understood: Understood, question: OpenQuestion): boolean {
  const { intent, slots, confidence } = understood
  if (intent === 'reportIncident' && slots.urgent) return !asksForUrgency(question)
  if (intent === question.intent) return false
  if (intent === 'query') return slots.what !== undefined && confidence >= PLAIN
  if (intent === 'decide') return slots.no !== undefined && slots.decision !== undefined
  return NEVER_AN_ANSWER.has(intent) && confidence >= PLAIN
}

/** Why a notice is to go out at once (台风今晚登陆) reads like an emergency and is the reason asked for. */
function asksForUrgency({ intent, draft }: OpenQuestion): boolean {
  const kind = (draft as { kind?: string } | null)?.kind
  return intent === 'decide' && (kind === 'expedite' || kind === 'offer')
}

const LABELS: Record<Intent, string> = {
  checkIn: '打卡',
  visit: '记走访',
  patrol: '记巡查',
  reportIncident: '报事件',
  submitInfo: '报信息',
  acknowledge: '收到通知',
  reportProgress: '报进度',
  draftNotice: '拟提示单',
  decide: '审批',
  scheduleMeeting: '约会议',
  meetingCheckIn: '会议签到',
  meetingMinutes: '交纪要',
  requestLeave: '请假',
  updateIncident: '更新事件',
  inspect: '记督导',
  draw: '抽签',
  query: '查询',
  undo: '撤销',
  bindGroup: '绑定群',
  help: '帮助',
  none: '不用记',
}

interface ClarifyDraft {
  /** The sender's first words; they are filed under whatever is chosen. */
  text: string
  input: UnderstandInput
}

/** One short question with two buttons. */
export function clarify(ctx: Ctx, input: UnderstandInput, { intent, alternative = 'none' }: Understood): Answer {
  const choices = [intent, alternative].map(choice => LABELS[choice])
  const draft: ClarifyDraft = { text: ctx.text, input }
  return ask('none', draft, `这条是要${choices[0]}，还是${choices[1]}？回一个词就行。`, {
    card: { title: '请选一个', buttons: choices.map((text, index) => ({ key: `${index}`, text, says: text })) },
    kind: 'clarify',
  })
}

/** What the sender chose, with the slots of the first words; undefined where the question was another or the answer is no choice. */
export function chosenMeaning(
  { intent, draft }: OpenQuestion,
  answered: string,
): { meaning: Meaning; text: string } | undefined {
  if (intent !== 'none') return undefined
  const chosen = intentOfLabel(answered)
  if (!chosen) return undefined
  const { text, input } = draft as ClarifyDraft
  return { meaning: understandAs(chosen, input), text }
}

function intentOfLabel(text: string): Intent | undefined {
  const bare = text.replace(/[\s\p{P}]/gu, '')
  return (Object.keys(LABELS) as Intent[]).find(intent => LABELS[intent] === bare)
}
