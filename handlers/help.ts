import type { Action } from '../policy/pack.ts'
import { type Answer, answer, type Command, type Ctx, defineHandler, type Handler } from './handler.ts'
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

/** Fixed words of one theme, as they are asked for: `帮助 事件`. */
export interface HelpTopic {
  name: string
  commands: readonly Command[]
}

/** At most six lines: what this person may do of all that `handlers` offer, and nothing else. */
export const createHelp = (handlers: readonly Handler[], topics: readonly HelpTopic[]) =>
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
      const more = topics.filter(topic => listExamples(ctx, topic).length > 0).map(({ name }) => `“帮助 ${name}”`)
      const hint = more.length > 0 ? `；更多请说${more.join('')}` : ''
      return answer([`直接说一句就行，一句一条${hint}：`, ...lines.filter(Boolean)].join('\n'))
    },
  })

/** What more can be asked for by a fixed word, each by its own example. */
export function createHelpTopics(topics: readonly HelpTopic[]): Command {
  const asked = new RegExp(`^\\s*帮助\\s*(${topics.map(({ name }) => name).join('|')})\\s*[？?。]?\\s*$`, 'u')
  return {
    name: 'helpTopic',
    matches: asked,
    who: 'help',
    dialog: { as: 'worker', turns: [[`帮助 ${topics[0]!.name}`, '可以这样说']] },
    async run(ctx) {
      const name = asked.exec(ctx.text)![1]!
      const examples = topics.filter(topic => topic.name === name).flatMap(topic => listExamples(ctx, topic))
      const shown = examples.map(said => `“${said}”`).join(' ')
      return answer(examples.length > 0 ? `${name}，可以这样说：\n${shown}` : `${name}方面没有您要办的事。`, {
        private: true,
      })
    },
  }
}

function listExamples(ctx: Ctx, { commands }: HelpTopic): string[] {
  const own = commands.filter(({ who }) => ctx.may(who))
  return own.flatMap(({ matches, dialog }) => dialog.turns.find(([said]) => matches.test(said))?.[0] ?? [])
}

function isFor(ctx: Ctx, { intent, who }: Handler): boolean {
  const actions = who ? [who] : (CASES[intent] ?? ['anyMember'])
  return actions.some(action => ctx.may(action))
}
