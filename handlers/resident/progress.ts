import { dayOf, formatDayCompact } from '../../policy/time.ts'
import { type Incident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, answer, type StrangerCtx } from '../handler.ts'
import { statusNames } from '../incident/words.ts'
import { shortenText } from '../reader.ts'

const SHOWN = 3
const ASKS =
  /^(?:我?的?(?:查(?:一下|询)?)?(?:办理)?(?:进度|进展|结果)|(?:查|问)(?:一下|询)?(?:进度|进展)?)\s*[:：]?\s*(?:#|第)?\s*(\d{1,6})?\s*号?[？?。]?$/u
const ASKS_HOW =
  /(?:办|处理|修|解决)(?:得)?(?:怎么样|如何|好了没|完了?没|了没|到哪)|有(?:没有)?(?:结果|进展|消息)了?[吗没]?[？?]?$/u

/** 有人处理了吗, 什么时候能修好, 查一下我那个: only where the words report nothing themselves, and are short. */
const ASKS_LOOSELY = new RegExp(
  [
    '^(?:查|问|看)(?:一下|下|询)?我(?:的|那个|反映|报)',
    '(?:反映|上报|报|说)的.{0,6}怎么样',
    '(?:什么时候|啥时候|几时|多久|哪天).{0,3}(?:修|处理|办|解决|弄|搞|清|来|好)',
    '(?:处理|修|办|解决|弄|搞|清|管|^)(?:好|完)?了(?:没有?|吗|么)',
    '(?:咋|怎么)?还(?:没|不)(?:有?人)?(?:来|修|处理|弄|办)',
    '^(?:有)?(?:结果|进展|消息)(?:呢|没有?|了吗|[?？])',
  ].join('|'),
  'u',
)
const LOOSE_LENGTH = 16

/**
 * `进度`, `进度 12`, 办得怎么样了: undefined where the words ask nothing of the kind.
 *
 * @param isProblem the words tell of a problem: then only a plain question is one
 */
export function readProgressWish(text: string, isProblem: boolean): { no?: number } | undefined {
  const says = text.trim()
  const asked = ASKS.exec(says)
  if (asked) return asked[1] === undefined ? {} : { no: Number(asked[1]) }
  const isLoose = !isProblem && Array.from(says).length <= LOOSE_LENGTH && ASKS_LOOSELY.test(says)
  return isLoose || ASKS_HOW.test(says) ? {} : undefined
}

/** How it stands with what the resident reported; a number that is not theirs is not theirs to know. */
export function tellProgress(ctx: StrangerCtx, own: readonly Incident[], no: number | undefined): Answer {
  const asked = no === undefined ? own.slice(0, SHOWN) : own.filter(incident => incident.no === no)
  if (asked.length === 0) {
    const what = no === undefined ? '您最近没有反映过问题' : `没有查到您反映的 #${no}`
    return answer(`${what}。说一句是什么事、在哪里，我就记下来。`)
  }
  return answer(asked.map(incident => renderProgress(ctx, incident)).join('\n'))
}

function renderProgress({ now }: StrangerCtx, incident: Incident): string {
  const { no, status, description, deadlines } = incident
  const due = OPEN_STATUSES.includes(status) ? deadlines.resolve : null
  const by = due ? `，${formatDayCompact(due.day, dayOf(now))} 前办结` : ''
  const next = status === 'resolved' ? `。修好了请回“满意”，没修好请回“没修好”` : ''
  return `#${no}“${shortenText(description.reveal(), 16)}”：${statusNames[status]}${by}${next}。`
}
