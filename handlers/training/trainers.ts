import { insertTrainer, listTrainers } from '../../storage/trainings.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { narrowSigns } from '../plain-words.ts'

const TRAINERS = /^\s*培训师资(?:库)?(?:\s*[:：]?\s*(\p{Script=Han}{2,4})[\s,，:：]+(\S[\s\S]*))?\s*[?？。]?\s*$/u

/** 谁主管谁负责…培训师资力量库: a list of who can teach what, no more. Source: S2-49 */
export const trainersCommand: Command = {
  name: 'trainers',
  matches: TRAINERS,
  who: 'anyMember',
  dialog: { as: 'office', turns: [['培训师资 张伟 消防救援大队 消防实操', '已列入']] },
  async run(ctx) {
    const [, name, about] = TRAINERS.exec(narrowSigns(ctx.text)) ?? []
    if (name === undefined || about === undefined) {
      const trainers = await listTrainers(ctx.db)
      if (trainers.length === 0) return answer('培训师资库还是空的。', { private: true })
      return answer(trainers.map(one => `${one.name.reveal()}　${one.about.reveal()}`).join('\n'), { private: true })
    }
    if (!ctx.may('scheduleMeeting')) return refuseRole(ctx, 'scheduleMeeting')
    const known = (await listTrainers(ctx.db)).some(
      one => one.name.reveal() === name && one.about.reveal() === about.trim(),
    )
    if (known) return refuse('repeated', `${name}已在培训师资库里，没有重复列入。`, { private: true })
    const { db, at, actor, message } = ctx
    const id = await insertTrainer(db, { name, about: about.trim(), byId: actor.id, at, messageId: message.id })
    await ctx.record('created', { type: 'trainer', id })
    return answer(`已列入培训师资库：${name}（${about.trim()}）。`, { private: true })
  },
}
