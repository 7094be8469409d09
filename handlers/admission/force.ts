import { findNoticeAdmission, insertGateEntry, saveNoticeAdmission } from '../../storage/admissions.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { findNamedNotices, NOTICE_BEHIND } from '../notice/named.ts'
import { advance } from '../notice/submit.ts'
import { nameNotice, nameState } from '../notice/words.ts'

const FORCE = new RegExp(`^\\s*强制(?:准入|下发)\\s*${NOTICE_BEHIND}[，,。：:；;\\s]*([\\s\\S]*)$`, 'u')

/** The principal leader lets a notice through the gate without a number, with the reason; each time is counted. Source: S2-29, S2-30 */
export const forceCommand: Command = {
  name: 'forceAdmission',
  matches: FORCE,
  who: 'signNotice',
  dialog: { as: 'principal', turns: [['强制准入提示单12 防汛紧急', '没有12号提示单']] },
  async run(ctx) {
    const { db, actor, at, now, message, roster, say, pack } = ctx
    const [, said = '', words = ''] = FORCE.exec(ctx.text.normalize('NFKC'))!
    const [notice] = await findNamedNotices(ctx, said)
    const { gate } = pack.admission
    if (!notice) return refuse('unknown-number', `没有${said}号提示单。`)
    if (!gate.value) return refuse('no-gate', `现行办法没有规定准入审核，${nameNotice(notice)}不用强制准入。`)
    if (notice.status !== 'draft' && notice.status !== 'rejected') {
      return refuse('wrong-state', `${nameNotice(notice)}${nameState(notice)}，不用强制准入，没有改动。`)
    }
    const link = await findNoticeAdmission(db, notice.id)
    if (link) return refuse('wrong-state', `${nameNotice(notice)}已有准入，不用强制，没有改动。`)
    const reason = words.replace(/^(?:原因|理由)(?:是|[:：])?\s*/u, '').trim()
    if (reason.length < 2) {
      return refuse(
        'no-reason',
        `强制准入要写明原因，如“强制准入提示单${notice.no} 防汛紧急”（依据：${gate.clause}），没有改动。`,
      )
    }
    await saveNoticeAdmission(db, { noticeId: notice.id, forced: true, at: now })
    const entry = { kind: 'forced', at, byId: actor.id, office: notice.office, noticeId: notice.id, reason } as const
    await insertGateEntry(db, { ...entry, text: nameNotice(notice), messageId: message.id })
    await ctx.record('forced', { type: 'notice', id: notice.id }, { reason })
    const gone = await advance(ctx, notice)
    const goesOn = gone.question === undefined && gone.refused === undefined
    const next = goesOn ? '已转去审核' : `请回“修改${notice.no}号提示单”把它补齐再报审`
    const drafter = roster.memberById(notice.drafterId)
    if (drafter) {
      const text = `${nameNotice(notice)}${actor.name}已强制准入（${reason}），记入转嫁统计，${next}。`
      await say.toMember(drafter, text, {
        kind: 'admission',
        urgency: 'normal',
        subject: { type: 'notice', id: notice.id },
      })
    }
    return answer(`${nameNotice(notice)}已强制准入，记入转嫁统计；${goesOn ? '已转去审核' : '起草人补齐后再报审'}。`)
  },
}
