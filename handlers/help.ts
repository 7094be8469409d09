import type { Action } from '../policy/pack.ts'
import { type Answer, answer, type Ctx, defineHandler, type Handler } from './handler.ts'
import type { Intent } from './slots.ts'

/** One line of help a theme, each intent by the first words of its own example. */
const THEMES: [name: string, intents: Intent[]][] = [
  ['每天', ['checkIn', 'visit', 'patrol', 'submitInfo']],
  ['事件', ['reportIncident', 'updateIncident']],
  ['提示单', ['draftNotice', 'decide', 'acknowledge', 'reportProgress']],
  ['会议请假', ['scheduleMeeting', 'meetingCheckIn', 'meetingMinutes', 'requestLeave']],
  ['其他', ['query', 'undo', 'bindGroup', 'inspect', 'draw']],
]

/** What stands behind a handler that asks for permission case by case: one of these is enough to be shown it. */
const CASES: Partial<Record<Intent, Action[]>> = {
  checkIn: ['checkIn'],
  updateIncident: ['acceptIncident'],
  decide: ['reviewNotice', 'signNotice', 'issueNotice', 'decideLeave'],
  query: ['queryOwn'],
}

const GREETING = '直接说一句就行，一句一条：'
const RESIDENT =
  '您好，我是小格。遇到火情、漏气、有人被困等紧急情况，请先拨 110/119/120，再把地点和情况发给我，我马上转告网格人员。'

/** At most six lines: what this person may do of all that `handlers` offer, and nothing else. */
export const createHelp = (handlers: readonly Handler[]) =>
  defineHandler({
    intent: 'help',
    who: 'help',
    dialog: { as: 'worker', turns: [['帮助', '“到岗了”']] },

    async run(ctx): Promise<Answer> {
      const lines = THEMES.map(([name, intents]) => {
        const examples = intents.flatMap(intent =>
          handlers.filter(handler => handler.intent === intent && isFor(ctx, handler)),
        )
        return examples.length > 0
          ? `${name}：${examples.map(({ dialog }) => `“${dialog.turns[0]![0]}”`).join(' ')}`
          : ''
      })
      return answer([GREETING, ...lines.filter(Boolean)].join('\n'))
    },

    async runForStranger({ stranger }) {
      return stranger.resident ? answer(RESIDENT) : undefined
    },
  })

function isFor(ctx: Ctx, { intent, who }: Handler): boolean {
  const actions = who ? [who] : (CASES[intent] ?? ['anyMember'])
  return actions.some(action => ctx.may(action))
}
