import { type MissingPart, missingParts } from '../../policy/notice.ts'
import type { NoticePart } from '../../policy/pack.ts'
import { addDays, type Day, instantAt } from '../../policy/time.ts'
import {
  findNoticeNumbered,
  getNotice,
  insertNotice,
  listNotices,
  type Notice,
  updateNotice,
} from '../../storage/notices.ts'
import { nextNumber } from '../../storage/settings.ts'
import { type Answer, answer, ask, type Ctx, defineHandler } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { findReviewers, officeOf } from './chain.ts'
import { tellReviewer } from './say-notice.ts'
import { chooseTargets, readTargets } from './targets.ts'
import { dueAtOf, nameNotice, renderDue, renderParts, titleOf } from './words.ts'

type Slots = SlotsOf['draftNotice']

/** What the bot waits to hear from the drafter. */
interface DraftQuestion {
  noticeId: string
  asks: NoticePart | 'targets' | 'reviewer'
  /** The grid numbers told, while it is asked which of them are meant. */
  nos?: number[]
}

const OPEN = ['draft', 'rejected', 'withdrawn'] as const
const GIVEN_UP = /^(?:算了|不发了|不拟了|不用了|取消|作废|撤回)/
const HEADING = /^(?:请|帮我|麻烦)?(?:发|拟|起草|出|下)?(?:一)?[个份张]?(?:工作|任务)*提示单$/
/** Words that are never a part of a notice, whatever was asked. */
const NO_PART = new Set(['acknowledge', 'undo', 'help', 'checkIn', 'meetingCheckIn', 'decide'])
const SURE = 0.8
/** As the returned text spells it, so that a notice once meant for some grids can be meant for all. */
const EVERY_GRID = /全部网格/

export const draftNotice = defineHandler({
  intent: 'draftNotice',
  who: 'draftNotice',
  dialog: {
    as: 'office',
    turns: [
      ['发个提示单，各网格本月底前完成出租房二维码门牌张贴，要求一户一码', '考核规定'],
      ['漏贴一户扣0.2分', '已报高峰审核'],
    ],
  },
  async run(ctx, told) {
    const slots = isHeading(ctx, told.content) ? { ...told, content: undefined } : told
    const earlier = await findOwnDraft(ctx, slots)
    const notice = earlier ? await amendNotice(ctx, earlier, slots) : await beginNotice(ctx, slots)
    const targets = chooseTargets(ctx, slots.gridNos)
    if ('question' in targets) return askForTargets(notice, targets.question, slots.gridNos)
    const { gridIds } = targets
    const isTold = gridIds !== null || EVERY_GRID.test(ctx.text)
    return advance(ctx, isTold ? await updateNotice(ctx.db, notice.id, { gridIds }) : notice)
  },
  async resume(ctx, draft, understood) {
    const { noticeId, asks, nos } = draft as DraftQuestion
    const notice = await getNotice(ctx.db, noticeId)
    const words = plainWords(ctx.text)
    if (notice.drafterId !== ctx.actor.id || !isOpen(notice)) return undefined
    if (GIVEN_UP.test(words)) return withdraw(ctx, notice)
    if (NO_PART.has(understood.intent) && understood.confidence >= SURE) return undefined
    const slots: Slots = understood.intent === 'draftNotice' ? understood.slots : {}
    switch (asks) {
      case 'targets': {
        const targets = readTargets(ctx, words, slots.gridNos, nos)
        if ('question' in targets) return askForTargets(notice, targets.question, nos)
        return advance(ctx, await updateNotice(ctx.db, notice.id, { gridIds: targets.gridIds }))
      }
      case 'reviewer':
        return advance(ctx, notice, words)
      case 'due': {
        const due = keepDay(understood.when ?? slots.due)
        return advance(ctx, due ? await updateNotice(ctx.db, notice.id, { due }) : notice)
      }
      default: {
        const part = slots[asks] ?? words
        const title = asks === 'content' && !notice.title ? titleOf(part) : undefined
        return advance(ctx, await updateNotice(ctx.db, notice.id, { [asks]: part, title }))
      }
    }
  },
})

/** The words that ask for a notice, or the name of a part, say nothing of its content. */
function isHeading({ pack }: Ctx, content: string | undefined): boolean {
  const words = content?.replace(/[\s\p{P}]/gu, '') ?? ''
  return HEADING.test(words) || Object.values(pack.notice.parts.value).includes(words)
}

/** Numbered at the first draft, however little it says. */
async function beginNotice(ctx: Ctx, slots: Slots): Promise<Notice> {
  const { db, actor, at, message } = ctx
  const { content, requirement, appraisal, due, kindOfTask = 'campaign' } = slots
  const notice = await insertNotice(db, {
    no: await nextNumber(db, 'notice'),
    kind: kindOfTask,
    title: slots.title ?? (content && titleOf(content)),
    content,
    requirement,
    appraisal,
    due: keepDay(due),
    drafterId: actor.id,
    office: officeOf(ctx, actor),
    draftedAt: at,
    messageId: message.id,
  })
  await ctx.record('created', { type: 'notice', id: notice.id })
  return notice
}

/** 12月4日24:00, as the bot itself writes a day's end, is that day and not the first minute of the next. */
function keepDay(due: string | undefined): string | undefined {
  return due?.endsWith('T00:00') ? addDays(due.slice(0, 10) as Day, -1) : due
}

async function amendNotice(ctx: Ctx, notice: Notice, slots: Slots): Promise<Notice> {
  const { content, requirement, appraisal, due } = slots
  const title = slots.title ?? (content && titleOf(content))
  const amended = { title, content, requirement, appraisal, due: keepDay(due), status: 'draft' } as const
  await ctx.record('amended', { type: 'notice', id: notice.id })
  return updateNotice(ctx.db, notice.id, amended)
}

/** The own draft that the words go on with: named by number, else today's open one where they bring single parts only. */
async function findOwnDraft(ctx: Ctx, slots: Slots): Promise<Notice | undefined> {
  const { db, actor, today } = ctx
  const told = /(?:修改|重报|补充|更正)\s*第?(\d+)\s*号|^\s*第?(\d+)\s*号提示单/.exec(
    plainWords(ctx.text).normalize('NFKC'),
  )
  const named = told && (await findNoticeNumbered(db, Number(told[1] ?? told[2])))
  if (named && named.drafterId === actor.id && isOpen(named)) return named
  if (slots.content) return undefined
  if (!slots.requirement && !slots.appraisal && !slots.due) return undefined
  const drafted = { from: instantAt(today, '00:00'), before: instantAt(today, '24:00') }
  return (await listNotices(db, { drafterId: actor.id, statuses: ['draft'], drafted })).at(-1)
}

function isOpen({ status }: Notice): boolean {
  return OPEN.some(open => open === status)
}

/** Asks for the next thing that is missing; when all is there the deputy gets it. `named` is the answer to who reviews. */
async function advance(ctx: Ctx, notice: Notice, named?: string): Promise<Answer> {
  const missing = missingOf(ctx, notice)
  const [next] = missing
  if (next) return askFor(notice, next.part, askPart(ctx, notice, missing, next))

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
  await tellReviewer(ctx, submitted, reviewer)
  return answer(`${nameNotice(submitted)}已报${reviewer.name}审核。\n${renderParts(ctx, submitted)}`)
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

function askForTargets(notice: Notice, text: string, nos: number[] | undefined): Answer {
  const draft: DraftQuestion = { noticeId: notice.id, asks: 'targets', nos }
  return ask('draftNotice', draft, text)
}

async function withdraw(ctx: Ctx, notice: Notice): Promise<Answer> {
  await updateNotice(ctx.db, notice.id, { status: 'withdrawn' })
  await ctx.record('voided', { type: 'notice', id: notice.id })
  return answer(`${nameNotice(notice)}已撤回，没有报审。`)
}
