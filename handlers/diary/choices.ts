import { nameRoles } from '../../policy/pack.ts'
import { type Choice, listChoosers, saveChoice } from '../../storage/member-choices.ts'
import { hasRole } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'

const DRAFT = /^\s*日志提醒\s*(打?开|开启|关闭?|关掉)?\s*[。.!！?？]?\s*$/u
const MORNING = /^\s*早报\s*(打?开|开启|关闭?|关掉)?\s*[。.!！?？]?\s*$/u

/** The draft of the day in the evening, for those who want it. Source: S3A-21, S3B-03 */
export const chooseDraft: Command = {
  name: 'chooseDraft',
  matches: DRAFT,
  who: 'queryOwn',
  dialog: { as: 'leader', turns: [['日志提醒 开', '原文没有']] },
  async run(ctx) {
    const { dailyLog } = ctx.pack
    if (!dailyLog)
      return refuse('not-in-document', '日志提醒：本街道的原文没有规定每日日志；要看随时发“日志”。', { private: true })
    const { owner, draftAt } = dailyLog
    if (!hasRole(ctx.actor, [owner.value], ctx.today)) {
      const owners = nameRoles(ctx.pack, [owner.value])
      return refuse('not-yours', `日志由${owners}记（依据：${owner.clause}），您要看自己的随时发“日志”。`, {
        private: true,
      })
    }
    return choose(ctx, 'diaryDraft', DRAFT, {
      on: `日志提醒已开：工作日${draftAt.value}把当天草稿私下发给您，请假不发；回“日志提醒 关”就停。`,
      off: '日志提醒已关；要看随时发“日志”。',
      byDefault: false,
    })
  },
}

/** The line of the morning comes to everybody who has something to do, until they say they do not want it. */
export const chooseMorning: Command = {
  name: 'chooseMorning',
  matches: MORNING,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['早报 关', '早报已关']] },
  run: ctx =>
    choose(ctx, 'morningLine', MORNING, {
      on: '早报已开：工作日08:30把今天要办的私下发给您，没有事就不发；回“早报 关”就停。',
      off: '早报已关；要看随时发“我的任务”。',
      byDefault: true,
    }),
}

async function choose(
  ctx: Ctx,
  name: Choice,
  matches: RegExp,
  says: { on: string; off: string; byDefault: boolean },
): Promise<Answer> {
  const { db, actor, at, message } = ctx
  const word = matches.exec(ctx.text)?.[1]
  if (word === undefined) {
    const chosen = await listChoosers(db, name, says.byDefault ? 'off' : 'on')
    const on = chosen.has(actor.id) !== says.byDefault
    return answer(on ? says.on : says.off, { private: true })
  }
  const on = word.includes('开')
  await saveChoice(db, { memberId: actor.id, name, on, at, messageId: message.id })
  await ctx.record('chosen', { type: 'memberChoice', id: actor.id }, { name, on })
  return answer(on ? says.on : says.off, { private: true })
}
