import { addDays, type Day, formatDayShort, instantAt } from '../../policy/time.ts'
import { insertHandOver, listHandOvers } from '../../storage/hand-overs.ts'
import { insertTimer } from '../../storage/job-runs.ts'
import { endRoles, giveRole } from '../../storage/leavers.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { isIdle, listOpenWork } from '../../storage/open-work.ts'
import { gridsOf, type Member, type MemberRole, rolesOn } from '../../storage/roster.ts'
import { findLeaveOfDay } from '../attendance.ts'
import { type Answer, answer, ask, type Command, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { plainWords } from '../plain-words.ts'
import { carryOut, countWork, HAND_OVER_JOB } from './carry-out.ts'
import { findPerson, leadsGridOf, managesStaff, NAME } from './people.ts'

/** What was shown and waits for 确认. */
export interface HandOverDraft {
  kind: 'handOver'
  memberId: string
  takerId: string
  fromDay: Day
}

const HAND_OVER = new RegExp(
  `^\\s*离岗\\s*${NAME}[\\s,，、]*(?:由|请)?\\s*(?:接手人?|接替人?|交给)\\s*[:：]?\\s*${NAME}(?:[\\s,，、]*(?=[自从\\d明后下本]).{1,12})?\\s*[。.]?\\s*$`,
  'u',
)
/** Whoever is to take over is still to be told. */
const LEAVES = new RegExp(`^\\s*(?:离岗[\\s@＠]+${NAME}|([\\p{Script=Han}]{2,3})离岗)\\s*[。.]?\\s*$`, 'u')
const CONFIRMS = /^(?:确认|同意|是的?|对的?|好的?|可以)[。.！!\s]*$/u
const GIVES_UP = /^(?:取消|不用了?|算了|不办了?|否)[。.！!\s]*$/u
const AHEAD_DAYS = 92

/** Somebody leaves and somebody takes over: shown first, done on 确认. Source: issue 6 part 1, S3A-09b (list re-assigned the same day) */
export const handOverCommand: Command = {
  name: 'handOver',
  matches: HAND_OVER,
  who: 'anyMember',
  dialog: { as: 'communityLead', turns: [['离岗 @李敏 接手 @王强', '回“确认”照办']] },
  async run(ctx, { when }) {
    if (ctx.chat.kind === 'group') {
      return refuse('private-only', '人员交接请私聊我办，办好会分别告诉当事人和网格长。', { private: true })
    }
    const [, name, takerName] = HAND_OVER.exec(ctx.text.normalize('NFKC')) ?? []
    const leaver = findPerson(ctx, name!)
    if ('refused' in leaver) return leaver.refused
    const taker = findPerson(ctx, takerName!)
    if ('refused' in taker) return taker.refused
    const draft = { memberId: leaver.member.id, takerId: taker.member.id, fromDay: when?.slice(0, 10) ?? ctx.today }
    return propose(ctx, { kind: 'handOver', ...draft })
  },
}

/** `离岗 李敏`, `李敏离岗` by whoever keeps the people: a check-out is one's own, without a name. */
export const leavesCommand: Command = {
  name: 'leaves',
  matches: LEAVES,
  who: 'anyMember',
  dialog: { as: 'communityLead', turns: [['李敏离岗', '由谁接手']] },
  async run(ctx) {
    const [, after, before] = LEAVES.exec(ctx.text.normalize('NFKC')) ?? []
    const found = findPerson(ctx, after ?? before!)
    if ('refused' in found || !managesStaff(ctx, found.member)) return undefined
    const { name } = found.member
    const text = `${name}离岗，由谁接手？请写全，如“离岗 ${name} 接手 某某 自12月1日”；还没有改动。`
    return refuse('no-taker', text, { private: true })
  },
}

/** Shows what moves and asks once. */
async function propose(ctx: Ctx, draft: HandOverDraft): Promise<Answer> {
  const judged = await judgeHandOver(ctx, draft)
  if ('refused' in judged) return judged.refused
  const { member, taker, posts, counts, warning = '' } = judged
  const day = nameDay(ctx, draft.fromDay)
  const given = posts.length > 0 ? `${taker.name}接任：${posts.map(post => namePost(ctx, post)).join('、')}。` : ''
  const later = draft.fromDay > ctx.today ? '（到那天按当时的在办移交）' : ''
  const text = `${member.name}${day}起离岗，${taker.name}接手：${counts || '没有在办的事'}${later}。${given}${warning}以前的记录仍在${member.name}名下。\n回“确认”照办，回“算了”不办。`
  const buttons = ['确认', '算了'].map((words, index) => ({ key: `${index}`, text: words, says: words }))
  return ask('decide', draft, text, { card: { title: '离岗交接', buttons } })
}

/** The answer to it; undefined where the words are none. */
export async function resumeHandOver(ctx: Ctx, draft: HandOverDraft): Promise<Answer | undefined> {
  const words = plainWords(ctx.text)
  if (GIVES_UP.test(words)) return answer('好，没有改动。')
  if (!CONFIRMS.test(words)) return undefined
  const judged = await judgeHandOver(ctx, draft)
  if ('refused' in judged) return judged.refused
  const { member, taker, posts } = judged
  const { db, now, actor, message, today } = ctx
  const { fromDay } = draft
  const source = { now, by: actor.id, messageId: message.id }
  const ended = await endRoles(db, member, addDays(fromDay, -1), source)
  const given: string[] = []
  for (const post of posts) given.push(await giveRole(db, taker, post, fromDay, source))
  const people = { memberId: member.id, takerId: taker.id, fromDay, ended, given, byId: actor.id }
  const handOver = await insertHandOver(db, { ...people, status: 'planned', at: now, messageId: message.id })
  await ctx.record('created', { type: 'handOver', id: handOver.id }, { fromDay })
  if (fromDay > today) {
    const dueAt = instantAt(fromDay, '00:01')
    await insertTimer(db, { job: HAND_OVER_JOB, subject: handOver.id, dueAt, at: now })
    return answer(
      `已记：${member.name}${nameDay(ctx, fromDay)}起离岗，${taker.name}接手，到那天自动移交并告知。到那天之前都能改：回“取消离岗 ${member.name}”。`,
    )
  }
  const moved = await carryOut({ ...ctx, roster: await loadRoster(db) }, handOver, source)
  return answer(
    `已交接：${member.name}离岗，${taker.name}接手${countWork(moved) || '（没有在办的事）'}，已告知双方和网格长。`,
  )
}

interface Judged {
  member: Member
  taker: Member
  /** What the taker becomes where they do not serve yet. */
  posts: MemberRole[]
  counts: string
  warning?: string
}

async function judgeHandOver(
  ctx: Ctx,
  { memberId, takerId, fromDay }: HandOverDraft,
): Promise<Judged | { refused: Answer }> {
  const { db, roster, today } = ctx
  const member = roster.memberById(memberId)!
  const taker = roster.memberById(takerId)!
  const lasting = member.roles.filter(({ to }) => to === undefined || to >= fromDay)
  const mayAsk = managesStaff(ctx, member) || (lasting.length === 0 && leadsGridOf(ctx, member))
  if (!ctx.may('manageStaff') && !mayAsk) return { refused: refuseRole(ctx, 'manageStaff') }
  if (!mayAsk) return { refused: refuse('not-yours', `${member.name}不在您的社区，请由那里的社区书记或管理员办。`) }
  if (member.id === taker.id)
    return { refused: refuse('same-person', '离岗和接手是同一个人，没有改动。请写明由谁接手。') }
  if (fromDay < today)
    return { refused: refuse('too-late', `${nameDay(ctx, fromDay)}已经过了，请写今天或以后的日期。`) }
  if (fromDay > addDays(today, AHEAD_DAYS))
    return { refused: refuse('too-early', '最多提前三个月安排，到时候再说一声就行。') }
  const posts = listPosts(ctx, lasting, taker, fromDay)
  const incompatible = findIncompatible(ctx, taker, posts)
  if (incompatible?.value.judged === 'refuse') {
    const text = `${taker.name}不能兼任${posts.map(post => namePost(ctx, post)).join('、')}，请换一位接手。（依据：${incompatible.clause}）`
    return { refused: refuse('incompatible', text) }
  }
  const refused = await judgeTaker(ctx, taker, lasting, fromDay)
  if (refused) return { refused }
  const planned = (await listHandOvers(db, member.id)).find(({ status }) => status === 'planned')
  if (planned) {
    const text = `${member.name}${nameDay(ctx, planned.fromDay)}起离岗已经安排过了，要改请先回“取消离岗 ${member.name}”。`
    return { refused: refuse('repeated', text) }
  }
  const work = await listOpenWork(db, member.id, fromDay)
  if (lasting.length === 0 && isIdle(work))
    return { refused: refuse('nothing-to-hand-over', `${member.name}已离岗，也没有在办的事，不用交接。`) }
  return {
    member,
    taker,
    posts,
    counts: countWork(work),
    warning: incompatible && `原则上不宜兼任（依据：${incompatible.clause}）。`,
  }
}

async function judgeTaker(
  ctx: Ctx,
  taker: Member,
  posts: readonly MemberRole[],
  day: Day,
): Promise<Answer | undefined> {
  if (rolesOn(taker, day).length === 0)
    return refuse('taker-left', `${taker.name}${nameDay(ctx, day)}不在岗，请换一位接手。`)
  if ((await findLeaveOfDay(ctx, taker, day)) === 'day')
    return refuse('taker-on-leave', `${taker.name}${nameDay(ctx, day)}请了假，请换一位接手，或改个日期。`)
  const hasGrid = gridsOf(ctx.roster, taker, day).length > 0
  if (posts.some(({ gridId }) => gridId !== undefined) && !hasGrid)
    return refuse(
      'taker-without-grid',
      `${taker.name}没有负责的网格，接不了网格里的事，请换一位，或先在名册里给他定网格。`,
    )
  return undefined
}

/** Posts in grids where the taker does not serve yet; offices of a community or the street are filled through the roster. */
function listPosts({ roster }: Ctx, posts: readonly MemberRole[], taker: Member, day: Day): MemberRole[] {
  const own = new Set(gridsOf(roster, taker, day).map(({ id }) => id))
  return posts.filter(({ gridId }) => gridId !== undefined && !own.has(gridId))
}

/** 不宜兼任: what the document says of holding these posts beside the taker's own. Source: S1-09, S4E-09 */
function findIncompatible({ pack, today }: Ctx, taker: Member, posts: readonly MemberRole[]) {
  const held = [...rolesOn(taker, today), ...posts].map(({ role }) => role)
  const given = posts.map(({ role }) => role)
  return pack.staffing.incompatible.find(({ value }) => {
    const sides = [value.roles, value.with]
    return (
      sides.every(side => side.some(role => held.includes(role))) && sides.flat().some(role => given.includes(role))
    )
  })
}

function namePost({ roster }: Ctx, { roleName, gridId }: MemberRole): string {
  return `${roster.gridById(gridId)?.name ?? ''}${roleName}`
}

function nameDay({ today }: Ctx, day: Day): string {
  return day === today ? '今天' : formatDayShort(day)
}
