import { dayOf } from '../../policy/time.ts'
import {
  endQuiz,
  insertQuiz,
  insertQuizAnswer,
  listQuizAnswers,
  listQuizzes,
  type Quiz,
  type QuizAnswer,
} from '../../storage/knowledge-quizzes.ts'
import { nextNumber } from '../../storage/settings.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { listQuestions } from './quiz-questions.ts'
import { GRID, isInCharge, pickGrid, refuseOther } from './which-grid.ts'

const BEGIN = new RegExp(
  `^\\s*(?:(?:${GRID}的?)?\\s*应知应会\\s*(?:${GRID})?|考考我|考我一下|出题考我)[吧呗\\s]*[?？。]?\\s*$`,
  'u',
)
const GIVE = /^\s*应知应会\s*(\d{1,6})-(\d{1,2})\s*([A-Ca-c])\s*[。.]?\s*$/u
const STOP = /^\s*(?:结束|停止|退出)\s*应知应会\s*[。.]?\s*$/u
const STOP_WORD = /^\s*(?:不答了|先不答|不考了|停|结束|退出|算了)[了。.!！]*\s*$/u
const LETTER = /^\s*([A-Ca-cＡ-Ｃａ-ｃ])\s*[。.]?\s*$/u
const ASKED = 5

/** One question at a time about the own grid, in private wherever it was asked for. Source: S2-43, S3C-03 */
export const beginQuiz: Command = {
  name: 'beginQuiz',
  matches: BEGIN,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['应知应会', '第1题']] },
  async run(ctx) {
    const picked = pickGrid(ctx, '应知应会 1网格')
    if ('refused' in picked) return picked.refused
    const { grid } = picked
    if (!isInCharge(ctx, grid)) return refuseOther(grid)
    const open = await findOpen(ctx)
    if (open && open.gridId === grid.id && dayOf(open.begunAt) === ctx.today) return askNext(ctx, open, '')
    if (open) await endQuiz(ctx.db, open.id, ctx.at)
    const all = await listQuestions(ctx, grid)
    if (all.length === 0) {
      return refuse('no-questions', `${grid.name}还没有底数可以考，先记一条，如“底数 出租房 12户”。`, { private: true })
    }
    const no = await nextNumber(ctx.db, 'knowledgeQuiz')
    // Each round begins where another ended, so that everything is asked in turn.
    const count = Math.min(ASKED, all.length)
    const questions = Array.from({ length: count }, (_, index) => all[((no - 1) * count + index) % all.length]!)
    const told = { no, memberId: ctx.actor.id, gridId: grid.id, questions, begunAt: ctx.at }
    const quiz = await insertQuiz(ctx.db, { ...told, messageId: ctx.message.id })
    await ctx.record('begun', { type: 'knowledgeQuiz', id: quiz.id }, { gridNo: grid.no })
    return askNext(ctx, quiz, '')
  },
}

/** By button; the first answer to a question stands. */
export const giveAnswer: Command = {
  name: 'answerQuiz',
  matches: GIVE,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['应知应会9-1 A', '没有9号应知应会']] },
  async run(ctx) {
    const [, no, place, letter] = GIVE.exec(narrowSigns(ctx.text)) ?? []
    const [quiz] = await listQuizzes(ctx.db, { memberIds: [ctx.actor.id], no: Number(no) })
    if (!quiz?.questions[Number(place) - 1]) {
      return refuse('unknown-number', `您没有${no}号应知应会的这一题；重新开始请说“应知应会”。`, { private: true })
    }
    return take(ctx, quiz, Number(place), letter!.toUpperCase())
  },
}

/** What was not answered is not asked any more; what was answered stays. */
export const stopQuiz: Command = {
  name: 'stopQuiz',
  matches: STOP,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['结束应知应会', '没有在答的题']] },
  async run(ctx) {
    const open = await findOpen(ctx)
    return open ? end(ctx, open, '好，先到这里。') : refuse('no-quiz', '现在没有在答的题。', { private: true })
  },
}

/** A bare letter, or a word to stop, while a question is open; undefined where it is neither. */
export async function resumeQuiz(ctx: Ctx, draft: unknown): Promise<Answer | undefined> {
  if ((draft as { kind?: string } | null)?.kind !== 'quiz') return undefined
  const open = await findOpen(ctx)
  if (!open) return undefined
  if (STOP_WORD.test(ctx.text)) return end(ctx, open, '好，先到这里。')
  const letter = LETTER.exec(ctx.text)?.[1]
  if (!letter) return undefined
  const answered = await listQuizAnswers(ctx.db, [open.id])
  return take(ctx, open, nextPlace(open, answered) ?? open.questions.length, narrowSigns(letter).toUpperCase())
}

async function findOpen({ db, actor }: Ctx): Promise<Quiz | undefined> {
  return (await listQuizzes(db, { memberIds: [actor.id], open: true })).at(-1)
}

function nextPlace({ questions }: Quiz, answered: readonly QuizAnswer[]): number | undefined {
  const index = questions.findIndex((_, place) => !answered.some(one => one.place === place + 1))
  return index < 0 ? undefined : index + 1
}

async function take(ctx: Ctx, quiz: Quiz, place: number, choice: string): Promise<Answer> {
  const { db, at, message } = ctx
  const question = quiz.questions[place - 1]!
  if (choice.charCodeAt(0) - 65 >= question.choices.length) {
    return refuse('no-choice', `这一题没有${choice}。`, { private: true })
  }
  const first = (await listQuizAnswers(db, [quiz.id])).find(one => one.place === place)
  if (first) {
    return refuse('repeated', `这一题您已答过${first.choice}，以第一次为准。`, { private: true })
  }
  if (quiz.endedAt !== undefined) return refuse('no-quiz', `${quiz.no}号应知应会已经结束，没有记。`, { private: true })
  const correct = choice === question.answer
  await insertQuizAnswer(db, { quizId: quiz.id, place, choice, correct, at, messageId: message.id })
  const right = question.choices[question.answer.charCodeAt(0) - 65]
  return askNext(ctx, quiz, correct ? '答对了。' : `应是${question.answer}（${right}）。`)
}

async function askNext(ctx: Ctx, quiz: Quiz, said: string): Promise<Answer> {
  const place = nextPlace(quiz, await listQuizAnswers(ctx.db, [quiz.id]))
  const question = place === undefined ? undefined : quiz.questions[place - 1]
  if (place === undefined || !question) return end(ctx, quiz, said)
  const letters = question.choices.map((choice, index) => ({ letter: String.fromCharCode(65 + index), choice }))
  const lines = [
    said,
    `第${place}题（共${quiz.questions.length}题）：${question.text}`,
    letters.map(({ letter, choice }) => `${letter}. ${choice}`).join('　'),
    '回字母就行，不想答了回“不答了”。',
  ]
  const card = {
    title: '应知应会',
    buttons: letters.map(({ letter }) => ({
      key: letter,
      text: letter,
      says: `应知应会${quiz.no}-${place} ${letter}`,
    })),
  }
  const isDirect = ctx.chat.kind === 'direct'
  return answer(lines.filter(Boolean).join('\n'), {
    private: true,
    card,
    ...(isDirect ? { question: { intent: 'query' as const, draft: { kind: 'quiz' } } } : {}),
  })
}

/** The result is kept; whoever asks for it reads counts. */
async function end(ctx: Ctx, quiz: Quiz, said: string): Promise<Answer> {
  await endQuiz(ctx.db, quiz.id, ctx.at)
  const answers = await listQuizAnswers(ctx.db, [quiz.id])
  await ctx.record('ended', { type: 'knowledgeQuiz', id: quiz.id }, { right: countRight(answers) })
  return answer(`${said}应知应会：答对${countRight(answers)}/${quiz.questions.length}题。`, { private: true })
}

export function countRight(answers: readonly QuizAnswer[]): number {
  return answers.filter(({ correct }) => correct).length
}
