import { dropQuestion, insertQuestion, listQuestions } from '../../storage/exams.ts'
import { nextNumber } from '../../storage/settings.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'

const BANK = /^\s*题库(?:(?:[^\S\n]+|[:：][^\S\n]*)([^\n]*?))?[^\S\n]*(?:\n([\s\S]+))?$/u
const DROP = /^\s*删题\s*[#＃]?(\d{1,6})\s*号?\s*[。.]?\s*$/u
const QUESTION = /^(?:\d{1,3}[.、．]\s*)?(\S[\s\S]*?)\s*答案\s*[:：]?\s*([A-Fa-f])\s*[。.]?$/u
const CHOICES = /([A-F])\s*[.、．:：]?\s*([\s\S]*?)(?=\s*[B-F]\s*[.、．:：]|\s+[B-F]\S|$)/gu
const EXAMPLE = '题库 消防\n灭火器多久查一次？ A.每月 B.每年 C.不用查 答案A'

/** `灭火器多久查一次？ A.每月 B.每年 C.不用查 答案A`; undefined where choices or answer are missing. */
export function readQuestion(line: string): { text: string; choices: string[]; answer: string } | undefined {
  const [, body, letter] = QUESTION.exec(narrowSigns(line).trim()) ?? []
  if (body === undefined) return undefined
  const begin = body.search(/\sA\s*[.、．:：]|\sA(?=\S)/u)
  if (begin < 1) return undefined
  const choices = [...body.slice(begin).matchAll(CHOICES)].map(([, , choice]) => choice!.trim())
  const answer = letter!.toUpperCase()
  const isWhole = choices.length >= 2 && choices.every(Boolean) && answer.charCodeAt(0) - 65 < choices.length
  return isWhole ? { text: body.slice(0, begin).trim(), choices, answer } : undefined
}

/** `题库 消防` with one question a line adds them; without lines it counts what stands there. Source: S2-36 */
export const bankCommand: Command = {
  name: 'questionBank',
  matches: BANK,
  who: 'scheduleMeeting',
  dialog: { as: 'office', turns: [['题库 消防\n灭火器多久查一次？ A.每月 B.每年 答案A', '已收进题库1道']] },
  async run(ctx) {
    const { db, at, actor, message } = ctx
    const [, topic = '', body] = BANK.exec(ctx.text) ?? []
    if (body === undefined) {
      const all = await listQuestions(db)
      if (all.length === 0) return answer(`题库还是空的。收题请这样发（一行一道）：\n${EXAMPLE}`, { private: true })
      const topics = [...new Set(all.map(one => one.topic))]
      const counts = topics.map(name => `${name}${all.filter(one => one.topic === name).length}道`)
      return answer(`题库：${counts.join('、')}。组织考试请说“组织考试 ${topics[0]} 5题”。`, { private: true })
    }
    if (topic === '') return refuse('no-topic', `第一行请写题目的主题，没有收。例如：\n${EXAMPLE}`, { private: true })
    const lines = body
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean)
    const read = lines.map(readQuestion)
    const unread = lines.filter((_, index) => read[index] === undefined)
    if (unread.length > 0) {
      return refuse('bad-question', `这${unread.length}行没看懂，都没有收：${unread[0]}\n例如：\n${EXAMPLE}`, {
        private: true,
      })
    }
    for (const question of read) {
      const no = await nextNumber(db, 'examQuestion')
      const id = await insertQuestion(db, { ...question!, no, topic, byId: actor.id, at, messageId: message.id })
      await ctx.record('created', { type: 'examQuestion', id })
    }
    return answer(`已收进题库${read.length}道（${topic}）。组织考试请说“组织考试 ${topic}”。`, { private: true })
  },
}

/** Out of the bank; exams that ask it already still do. */
export const dropQuestionCommand: Command = {
  name: 'dropQuestion',
  matches: DROP,
  who: 'scheduleMeeting',
  dialog: { as: 'office', turns: [['删题3', '没有3号题']] },
  async run(ctx) {
    const no = Number(DROP.exec(narrowSigns(ctx.text))?.[1])
    const question = (await listQuestions(ctx.db)).find(one => one.no === no)
    if (!question) return refuse('unknown-number', `没有${no}号题。`, { private: true })
    await dropQuestion(ctx.db, question.id, ctx.at)
    await ctx.record('voided', { type: 'examQuestion', id: question.id })
    return answer(`已从题库删去${no}号题。`, { private: true })
  },
}
