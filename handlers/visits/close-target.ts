import { answer, type Command, refuse } from '../handler.ts'
import { leadersOf } from '../presence/leaders.ts'
import { maySee } from './answerers.ts'
import { changeTarget, createPattern, findTarget } from './change-target.ts'
import { nameCoded } from './words.ts'

const CLOSE = createPattern('移出名单|移出|销号', '(?:[\\s,，:：]+(\\S[\\s\\S]{0,40}))?')

/** Whoever leaves a list leaves it with a reason, and the grid's leader reads of it. Source: S1-16 (moved, died → close with reason) */
export const closeTarget: Command = {
  name: 'closeVisitTarget',
  matches: CLOSE,
  who: 'visit',
  dialog: {
    as: 'worker',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201', '低保-01'],
      ['移出 低保-01 已搬走', '低保-01 已移出名单'],
    ],
  },
  async run(ctx) {
    const found = await findTarget(ctx, CLOSE)
    if ('refused' in found) return found.refused
    const { target, words: reason } = found
    if (!reason) {
      return refuse('no-reason', `请写原因，如“移出 ${target.code} 已搬走”（去世、不再享受、走访完成都可以）。`, {
        private: true,
      })
    }
    await changeTarget(ctx, target, 'closed', { closedOn: ctx.today, closedReason: reason })
    for (const leader of leadersOf(ctx, ctx.actor, ctx.today).filter(one => maySee({ ...ctx, actor: one }, target))) {
      await ctx.say.toMember(
        leader,
        `${ctx.actor.name}把${nameCoded(target)}移出了${target.list}名单：${reason}。情况不符请与本人核实。`,
        {
          kind: 'visit-target',
          urgency: 'normal',
          subject: { type: 'visitTarget', id: target.id },
        },
      )
    }
    return answer(`${target.code} 已移出名单：${reason}，以后不再提醒；走访记录都还在。`, { private: true })
  },
}
