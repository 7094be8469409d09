import { resumeQuiz } from '../dossier/quiz.ts'
import { defineHandler, refuse } from '../handler.ts'
import { topics } from './topics.ts'

const EXAMPLES = '可以这样问：我的考勤、我的走访、事件进展、第3网格情况、谁还没收到、考核方案。'

/** Questions about what the bot holds. Each topic asks for permission itself. */
export const query = defineHandler({
  intent: 'query',
  dialog: { as: 'worker', turns: [['查一下我的考勤', '本月考勤']] },
  async run(ctx, slots) {
    const ask = slots.what && topics[slots.what]
    return ask ? ask(ctx, slots) : refuse('unknown-question', EXAMPLES)
  },
  /** Of all questions, that of a quiz alone waits for an answer. */
  resume: resumeQuiz,
})
