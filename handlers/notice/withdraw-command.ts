import { moveNotice, type Notice, updateNotice } from '../../storage/notices.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listHands, reviewersOf } from './chain.ts'
import { isIssuer } from './close.ts'
import { findOneNamed, isAnswer, NOTICE_NO } from './notice-number.ts'
import { tellWithdrawn, withdrawIssued } from './withdraw.ts'
import { nameNotice, nameState } from './words.ts'

const WITHDRAW = new RegExp(`^\\s*(?:撤回|停止|作废)\\s*${NOTICE_NO}\\s*[，,：:]?\\s*([\\s\\S]*)$`)

/**
 * `撤回提示单12 原因`: before it has gone out everybody who was asked to pass it hears of it; afterwards every place that got the
 * sheet is told once, and it is owed no more. A recurring task ends with it.
 */
export const withdrawCommand: Command = {
  name: 'withdrawNotice',
  matches: WITHDRAW,
  who: 'withdrawNotice',
  dialog: { as: 'office', turns: [['撤回提示单12 数据重复', '没有12号提示单']] },
  async run(ctx) {
    const told = WITHDRAW.exec(ctx.text) ?? []
    const words = told[3] ?? ''
    const notice = await findOneNamed(ctx, told)
    if (isAnswer(notice)) return notice
    const reason = words.replace(/^(?:原因|理由|因为?)(?:是|[:：])?\s*/, '').replace(/[。.\s]+$/u, '')
    if (!isIssuer(ctx, notice)) {
      return refuse('not-yours', `${nameNotice(notice)}由${notice.office ?? '起草科室'}或党政办撤回，没有改动。`)
    }
    if (notice.status === 'withdrawn') return refuse('wrong-state', `${nameNotice(notice)}已经撤回了。`)
    const isOut = notice.broadcastAt !== undefined
    if (reason === '' && (isOut || notice.status === 'signed')) {
      const example = `“撤回提示单${notice.no} 数据重复”`
      return refuse(
        'no-reason',
        `${nameNotice(notice)}${nameState(notice)}，撤回要写明原因，例如${example}。没有改动。`,
      )
    }
    return isOut ? withdrawFromGroups(ctx, notice, reason) : withdrawFromDesks(ctx, notice, reason)
  },
}

async function withdrawFromGroups(ctx: Ctx, notice: Notice, reason: string): Promise<Answer> {
  const withdrawn = await withdrawIssued(ctx, notice, reason)
  if (!withdrawn) return refuse('wrong-state', `${nameNotice(notice)}刚刚有变动，没有撤回，请再看一次。`)
  const told = await tellWithdrawn(ctx, withdrawn, reason)
  const ends = notice.recurrence ? '，以后不再派发' : ''
  return answer(`${nameNotice(notice)}已撤回${ends}，正在告知${told}${notice.memberIds ? '人' : '个群'}。`)
}

/** Not out yet: those on whose desk it lies need do nothing more. */
async function withdrawFromDesks(ctx: Ctx, notice: Notice, reason: string): Promise<Answer> {
  const { db, at } = ctx
  const moved = await moveNotice(db, notice.id, notice.status, { status: 'withdrawn', withdrawnAt: at })
  if (!moved) return refuse('wrong-state', `${nameNotice(notice)}刚刚有变动，没有撤回，请再看一次。`)
  if (reason) await updateNotice(db, notice.id, { withdrawReason: reason })
  await ctx.record('withdrawn', { type: 'notice', id: notice.id }, { reason })
  const text = `${nameNotice(notice)}已由${ctx.actor.name}撤回${reason ? `：${reason}` : ''}，不用再办。`
  for (const { member } of await listHolding(ctx, notice)) {
    if (member.id === ctx.actor.id) continue
    await ctx.say.toMember(member, text, {
      kind: 'notice-withdrawn',
      urgency: 'normal',
      subject: { type: 'notice', id: notice.id },
    })
  }
  return answer(`${nameNotice(notice)}已撤回，没有下发。`)
}

function listHolding(ctx: Ctx, notice: Notice) {
  if (notice.status === 'submitted') return listHands(ctx, 'review', reviewersOf(ctx, notice))
  if (notice.status === 'reviewed') return listHands(ctx, 'sign')
  return notice.status === 'signed' ? listHands(ctx, 'issue') : Promise.resolve([])
}
