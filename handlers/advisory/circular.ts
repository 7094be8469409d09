import { formatDayShort } from '../../policy/time.ts'
import { type Circular, listCirculars, settleCircular } from '../../storage/sign-in-reminders.ts'
import { type Answer, answer, type Command, refuse } from '../handler.ts'
import { holdersOfStep } from '../notice/chain.ts'
import { narrowSigns } from '../plain-words.ts'

const DECIDE = /^\s*(签发|签认|不发)\s*通报\s*[#＃]?(\d{1,6})\s*号?\s*[。.]?\s*$/u
const APPEAL = /^\s*申诉\s*通报\s*[#＃]?(\d{1,6})\s*号?(?:[\s,，:：]+([\s\S]*))?$/u

const states: Record<Circular['status'], string> = {
  proposed: '等本人申诉',
  appealed: '已申诉，等签发',
  signed: '已签发',
  dropped: '不发',
}
const unknown = (no: number): Answer => refuse('unknown-number', `没有${no}号通报草稿。`, { private: true })

/** The person's own words go to whoever signs. */
export const appealCircularCommand: Command = {
  name: 'appealCircular',
  matches: APPEAL,
  who: 'anyMember',
  dialog: { as: 'leader', turns: [['申诉通报1 手机坏了', '没有1号通报']] },
  async run(ctx) {
    const [, told, words = ''] = APPEAL.exec(narrowSigns(ctx.text)) ?? []
    const no = Number(told)
    const [draft] = await listCirculars(ctx.db, { no })
    if (!draft || draft.memberId !== ctx.actor.id) return unknown(no)
    if (words.trim() === '') return refuse('no-reason', `请写原因，如“申诉通报${no} 手机坏了”。`, { private: true })
    const appealed = await settleCircular(ctx.db, draft.id, { status: 'appealed', appeal: words.trim() })
    if (!appealed) return refuse('decided', `通报${no}号已经定了：${states[draft.status]}。`, { private: true })
    await ctx.record('appealed', { type: 'circular', id: draft.id })
    for (const signer of holdersOfStep(ctx, 'sign')) {
      await ctx.say.toMember(
        signer,
        `【通报草稿${no}号】${ctx.actor.name}：${draft.reason.reveal()}。\n申诉：${words.trim()}\n您签发才算数；不发也请回一声。`,
        {
          kind: 'circular',
          urgency: 'normal',
          subject: { type: 'circular', id: draft.id },
          card: {
            title: `通报草稿${no}号`,
            buttons: [
              { key: 'drop', text: '不发', says: `不发通报${no}` },
              { key: 'sign', text: '签发', says: `签发通报${no}` },
            ],
            ends: 'everybody',
          },
        },
      )
    }
    return answer('申诉已转领导，定下来前不算通报；结果我私下告诉您。', { private: true })
  },
}

/** 签发 or 不发, by the person who signs for the street and after the other could appeal; nobody decides about themselves. */
export const decideCircularCommand: Command = {
  name: 'decideCircular',
  matches: DECIDE,
  who: 'signNotice',
  dialog: { as: 'principal', turns: [['签发通报1', '没有1号通报']] },
  async run(ctx) {
    const { db, actor, at, roster, today } = ctx
    const [, word, told] = DECIDE.exec(narrowSigns(ctx.text)) ?? []
    const no = Number(told)
    const [draft] = await listCirculars(db, { no })
    const member = draft && roster.memberById(draft.memberId)
    if (!draft || !member) return unknown(no)
    if (member.id === actor.id) return refuse('own-record', '这是您本人的通报草稿，请由别人来定。', { private: true })
    const status = word === '不发' ? 'dropped' : 'signed'
    if (status === 'signed' && draft.status === 'proposed' && today <= draft.appealBy) {
      const until = formatDayShort(draft.appealBy)
      return refuse('too-early', `${member.name}到${until}还可以申诉，之后再签发；现在可以“不发通报${no}”。`, {
        private: true,
      })
    }
    const settled = await settleCircular(db, draft.id, { status, by: actor.id, at })
    if (!settled) return refuse('decided', `通报${no}号已经定了：${states[draft.status]}。`, { private: true })
    await ctx.record(status, { type: 'circular', id: draft.id })
    const outcome =
      status === 'dropped' ? `${actor.name}定为不发` : `已由${actor.name}签发；本系统不在群里发，按公文程序办`
    await ctx.say.toMember(member, `拟通报${no}号：${outcome}。`, {
      kind: 'circular',
      urgency: 'normal',
      subject: { type: 'circular', id: draft.id },
    })
    return answer(`通报${no}号：${states[status]}，已告诉${member.name}。本系统不在群里发通报。`, { private: true })
  },
}
