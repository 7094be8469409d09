import {
  closeExam,
  type Exam,
  type ExamQuestion,
  findQuestions,
  insertExam,
  insertExamAnswer,
  listExamAnswers,
  listExams,
  listQuestions,
} from '../../storage/exams.ts'
import { nextNumber } from '../../storage/settings.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { listLearners } from './classes.ts'

const OPEN =
  /^\s*(?:组织考试|开考)(?:[\s:：]+(?!\d+\s*[道题])([^\s。.]{1,12}))?(?:\s*(\d{1,2})\s*[道题]+)?\s*[。.]?\s*$/u
const CLOSE = /^\s*结束考试\s*[#＃]?(\d{1,6})?\s*号?\s*[。.]?\s*$/u
const RESULTS = /^\s*考试(?:成绩|结果)\s*[#＃]?(\d{1,6})?\s*号?\s*[?？。]?\s*$/u
const SIT = /^\s*(?:开始|参加|继续|我要)?(?:考试|答题)\s*[#＃]?(\d{1,6})?\s*号?\s*[。.!！]?\s*$/u
const ANSWER = /^\s*(?:答题\s*(\d{1,6})-(\d{1,3})\s*|答案?\s*[:：]?\s*|选\s*)([A-Fa-f])\s*[。.]?\s*$/u
const HIGHEST_SCORE = 100

/** The same questions for everybody; whoever was away sits it later, until it is closed. */
const openCommand: Command = {
  name: 'openExam',
  matches: OPEN,
  who: 'scheduleMeeting',
  dialog: { as: 'office', turns: [['组织考试 消防 5题', '题库里没有']] },
  async run(ctx) {
    const { db, at, actor, message } = ctx
    const [, topic = '', told] = OPEN.exec(narrowSigns(ctx.text)) ?? []
    const bank = await listQuestions(db, topic || undefined)
    if (bank.length === 0)
      return refuse('no-questions', `题库里没有${topic ? `“${topic}”的` : ''}题，请先收题：发“题库”看格式。`)
    const no = await nextNumber(db, 'exam')
    const count = Math.min(told ? Number(told) || bank.length : bank.length, bank.length)
    // Each exam begins where the one before it ended, so that all of the bank is asked in turn.
    const questionIds = Array.from({ length: count }, (_, index) => bank[((no - 1) * count + index) % bank.length]!.id)
    const name = topic || '综合'
    const exam = await insertExam(db, {
      no,
      topic: name,
      questionIds,
      openedBy: actor.id,
      openedAt: at,
      messageId: message.id,
    })
    await ctx.record('created', { type: 'exam', id: exam.id })
    const text = `【考试】${no}号${name}，${count}题：私聊我发“考试”就开始，一题一题来，中途可以停。`
    const group = ctx.chat.group ?? ctx.roster.groupFor({})
    const isHere = group !== undefined && group.id === ctx.chat.group?.id
    if (group && !isHere)
      await ctx.say.toGroup(group, text, { kind: 'exam', urgency: 'normal', subject: { type: 'exam', id: exam.id } })
    return answer(isHere ? text : `${text}\n${group ? `已发${group.name}。` : '还没有绑定的群，请另外通知大家。'}`)
  },
}

/** The next question that is still to be answered; in private, wherever it was asked for. */
const sitCommand: Command = {
  name: 'sitExam',
  matches: SIT,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['考试', '现在没有考试']] },
  async run(ctx) {
    const told = SIT.exec(narrowSigns(ctx.text))?.[1]
    const open = await listExams(ctx.db, { open: true, ...(told ? { no: Number(told) } : {}) })
    if (open.length === 0)
      return refuse('no-exam', told ? `没有正在进行的${told}号考试。` : '现在没有考试。', { private: true })
    for (const exam of open) {
      const next = await askNext(ctx, exam)
      if (next) return next
    }
    return refuse('repeated', await renderOwn(ctx, open.at(-1)!, '您已考过'), { private: true })
  },
}

/** By button (`答题3-2 A`) or in words (`答A`); the first answer to a question stands. */
const answerCommand: Command = {
  name: 'answerExam',
  matches: ANSWER,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['答A', '现在没有']] },
  run(ctx) {
    const [, no, place, letter] = ANSWER.exec(narrowSigns(ctx.text)) ?? []
    return take(ctx, letter!.toUpperCase(), no ? { no: Number(no), place: Number(place) } : undefined)
  },
}

/** A bare letter while a question is open; undefined where it is none. */
export function resumeExam(ctx: Ctx, draft: unknown): Promise<Answer | undefined> {
  const letter = /^\s*([A-Fa-fＡ-Ｆ])\s*[。.]?\s*$/u.exec(ctx.text)?.[1]
  const isExam = (draft as { kind?: string } | null)?.kind === 'exam'
  return isExam && letter ? take(ctx, narrowSigns(letter).toUpperCase()) : Promise.resolve(undefined)
}

async function take(ctx: Ctx, choice: string, told?: { no: number; place: number }): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const open = await listExams(db, { open: true, ...(told ? { no: told.no } : {}) })
  for (const exam of open) {
    const questions = await findQuestions(db, exam.questionIds)
    const answered = await listExamAnswers(db, [exam.id], actor.id)
    const isOpen = ({ id }: ExamQuestion) => !answered.some(({ questionId }) => questionId === id)
    const question = told ? questions[told.place - 1] : questions.find(isOpen)
    if (!question) continue
    if (choice.charCodeAt(0) - 65 >= question.choices.length) {
      return refuse('no-choice', `这一题没有${choice}，请在A到${letterOf(question.choices.length - 1)}里选。`, {
        private: true,
      })
    }
    const given = {
      examId: exam.id,
      memberId: actor.id,
      questionId: question.id,
      choice,
      correct: choice === question.answer,
    }
    const counts = isOpen(question) && (await insertExamAnswer(db, { ...given, at, messageId: message.id }))
    if (!counts) {
      const first = answered.find(({ questionId }) => questionId === question.id)?.choice ?? ''
      return refuse('repeated', `这一题您已答过${first}，以第一次为准。`, { private: true })
    }
    await ctx.record('answered', { type: 'exam', id: exam.id })
    const said = given.correct
      ? '答对了。'
      : `正确答案是${question.answer}（${question.choices[question.answer.charCodeAt(0) - 65]}）。`
    const next = await askNext(ctx, exam)
    if (next) return { ...next, text: `${said}\n${next.text}` }
    return answer(`${said}\n${await renderOwn(ctx, exam, '考完了')}`, { private: true })
  }
  return refuse('no-exam', told ? `${told.no}号考试已经结束，没有记。` : '现在没有要答的题。', { private: true })
}

async function askNext(ctx: Ctx, exam: Exam): Promise<Answer | undefined> {
  const questions = await findQuestions(ctx.db, exam.questionIds)
  const answered = (await listExamAnswers(ctx.db, [exam.id], ctx.actor.id)).map(({ questionId }) => questionId)
  const index = questions.findIndex(({ id }) => !answered.includes(id))
  const question = questions[index]
  if (!question) return undefined
  const choices = question.choices.map((choice, place) => `${letterOf(place)}. ${choice}`)
  const card = {
    title: `${exam.no}号考试 第${index + 1}题`,
    buttons: question.choices.map((_, place) => ({
      key: letterOf(place),
      text: letterOf(place),
      says: `答题${exam.no}-${index + 1} ${letterOf(place)}`,
    })),
  }
  const text = `第${index + 1}题（共${questions.length}题）：${question.text}\n${choices.join('\n')}\n回字母就行。`
  const isDirect = ctx.chat.kind === 'direct'
  const question_ = isDirect ? { question: { intent: 'meetingCheckIn' as const, draft: { kind: 'exam' } } } : {}
  return answer(text, { private: true, card, ...question_ })
}

async function renderOwn(ctx: Ctx, exam: Exam, said: string): Promise<string> {
  const own = await listExamAnswers(ctx.db, [exam.id], ctx.actor.id)
  return `${exam.no}号考试（${exam.topic}）${said}：${scoreOf(exam, own)}分。`
}

function scoreOf({ questionIds }: Exam, answers: readonly { correct: boolean }[]): number {
  return Math.round((answers.filter(({ correct }) => correct).length / questionIds.length) * HIGHEST_SCORE)
}

function letterOf(place: number): string {
  return String.fromCharCode(65 + place)
}

/** One's own score; whoever may hold exams also reads how many have finished and who has not. In private. */
const resultsCommand: Command = {
  name: 'examResults',
  matches: RESULTS,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['考试成绩', '还没有考试']] },
  async run(ctx) {
    const told = RESULTS.exec(narrowSigns(ctx.text))?.[1]
    const exam = (await listExams(ctx.db, told ? { no: Number(told) } : {})).at(-1)
    if (!exam) return refuse('no-exam', told ? `没有${told}号考试。` : '还没有考试。', { private: true })
    if (!ctx.may('scheduleMeeting')) return answer(await renderOwn(ctx, exam, '您的成绩'), { private: true })
    const answers = await listExamAnswers(ctx.db, [exam.id])
    const of = (memberId: string) => answers.filter(one => one.memberId === memberId)
    const learners = listLearners(ctx)
    const done = learners.filter(({ id }) => of(id).length >= exam.questionIds.length)
    const open = learners.filter(member => !done.includes(member)).map(({ name }) => name)
    const lines = done.map(({ id, name }) => `${name}　${scoreOf(exam, of(id))}分`)
    const head = `${exam.no}号考试（${exam.topic}）：考完${done.length}人，未考${open.length}人`
    return answer([head, ...lines, ...(open.length > 0 ? [`未考：${open.join('、')}`] : [])].join('\n'), {
      private: true,
    })
  },
}

const closeCommand: Command = {
  name: 'closeExam',
  matches: CLOSE,
  who: 'scheduleMeeting',
  dialog: { as: 'office', turns: [['结束考试', '没有正在进行的考试']] },
  async run(ctx) {
    const told = CLOSE.exec(narrowSigns(ctx.text))?.[1]
    const [exam] = await listExams(ctx.db, { open: true, ...(told ? { no: Number(told) } : {}) })
    if (!exam) return refuse('no-exam', '没有正在进行的考试。', { private: true })
    await closeExam(ctx.db, exam.id, ctx.at)
    await ctx.record('closed', { type: 'exam', id: exam.id })
    return answer(`${exam.no}号考试（${exam.topic}）已结束；成绩发“考试成绩${exam.no}”。`)
  },
}

export const examCommands: readonly Command[] = [openCommand, answerCommand, resultsCommand, closeCommand, sitCommand]
