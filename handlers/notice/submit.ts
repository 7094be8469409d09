import { type MissingPart, missingParts } from '../../policy/notice.ts'
import type { NoticePart } from '../../policy/pack.ts'
import { type Notice, updateNotice } from '../../storage/notices.ts'
import { judgeAdmission } from '../admission/gate.ts'
import { tellKnownFields } from '../burden/fields.ts'
import { type Answer, answer, ask, type Ctx } from '../handler.ts'
import { findReviewers, listHands } from './chain.ts'
import { tellReviewer } from './say-notice.ts'
import { dueAtOf, nameNotice, renderDue, renderParts } from './words.ts'

/** What the bot waits to hear from the drafter. */
export interface DraftQuestion {
  noticeId: string
  asks: NoticePart | 'targets' | 'reviewer' | 'admission'
  /** The grid numbers told, while it is asked which of them are meant. */
  nos?: number[]
}

/** Asks for the next thing that is missing; when all is there the deputy gets it. `named` is the answer to who reviews. */
export async function advance(ctx: Ctx, notice: Notice, named?: string): Promise<Answer> {
  const missing = missingOf(ctx, notice)
  const [next] = missing
  if (next) return askFor(notice, next.part, askPart(ctx, notice, missing, next))
  const held = await judgeAdmission(ctx, notice)
  if (held) return held

  const candidates = findReviewers(ctx, notice)
  const fitting = named === undefined ? candidates : candidates.filter(({ name }) => named.includes(name))
  const [reviewer] = fitting
  if (!reviewer || fitting.length > 1) {
    if (candidates.length === 0)
      return answer(`${nameNotice(notice)}已存好；名册里没有分管领导，请管理员登记后再报审。`)
    const names = candidates.map(({ name }) => name)
    return askFor(notice, 'reviewer', `${nameNotice(notice)}四项齐了。报哪位分管领导审核：${names.join('、')}？`, names)
  }
  const submitted = await updateNotice(ctx.db, notice.id, {
    status: 'submitted',
    reviewerId: reviewer.id,
    submittedAt: ctx.at,
  })
  await ctx.record('submitted', { type: 'notice', id: notice.id })
  const [hand = { member: reviewer }] = await listHands(ctx, 'review', [reviewer])
  await tellReviewer(ctx, submitted, hand)
  const away = hand.forMember ? `（${reviewer.name}请假，由${hand.member.name}代审）` : ''
  return answer(
    `${nameNotice(submitted)}已报${reviewer.name}审核${away}。\n${[renderParts(ctx, submitted), ...tellKnownFields(submitted)].join('\n')}`,
  )
}

/**
 * What a notice still lacks. A standing task has no 时间节点: its document asks for 具体要求、详细内容和考核规定.
 * Source: S0-22, S0-20
 */
function missingOf({ pack, at }: Ctx, notice: Notice): (MissingPart | (Omit<MissingPart, 'why'> & { why: 'past' }))[] {
  const { content, requirement, due, appraisal } = notice
  const missing = missingParts({ content, requirement, due, appraisal }, pack.notice)
  const counted = missing.filter(({ part }) => part !== 'due' || notice.kind === 'campaign')
  if (!due || missing.some(({ part }) => part === 'due') || dueAtOf(due) > at) return counted
  return [...counted, { part: 'due', name: pack.notice.parts.value.due, why: 'past' }]
}

function askPart(
  { text, pack }: Ctx,
  notice: Notice,
  missing: readonly { name: string }[],
  next: { part: NoticePart; name: string; why: string },
): string {
  const all = missing.map(({ name }) => name).join('、')
  const head = `${nameNotice(notice)}已起草，还缺：${all}（依据：${pack.notice.parts.clause}）`
  if (next.part !== 'due') return `${head}\n请回${next.name}${missing.length > 1 ? '，我一项一项问' : ''}。`
  const vague = /尽快|抓紧|近期|及时|长期|待定/.exec(text)?.[0]
  const why = next.why === 'past' ? `${renderDue(notice.due!)}已经过了，` : vague ? `“${vague}”不算${next.name}，` : ''
  return `${head}\n${why}请给${next.name}一个日期，如“下周五前”“12月4日17:00前”。`
}

function askFor(notice: Notice, asks: DraftQuestion['asks'], text: string, choices: readonly string[] = []): Answer {
  const draft: DraftQuestion = { noticeId: notice.id, asks }
  const buttons = choices.map((name, index) => ({ key: `${index}`, text: name, says: name }))
  return ask('draftNotice', draft, text, { card: buttons.length > 0 ? { title: '请选一位', buttons } : undefined })
}

export function askForTargets(notice: Notice, text: string, nos?: number[]): Answer {
  const draft: DraftQuestion = { noticeId: notice.id, asks: 'targets', nos }
  return ask('draftNotice', draft, `${nameNotice(notice)}已存好。${text}`)
}
