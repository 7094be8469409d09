import type { Incident } from '../../storage/incidents.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import { type Answer, answer, ask, type Command, type Ctx, refuse } from '../handler.ts'
import { judgeAgain } from './clock.ts'
import { defineStep } from './command.ts'
import { deadlineLine } from './deadline-words.ts'
import { tellStep } from './feedback.ts'
import { needsRecheck } from './handle.ts'
import { listResponsible } from './holders.ts'
import { askWhetherInformed, needsInforming, readInforming, recordInforming } from './inform.ts'
import { nameInPrivate } from './names.ts'
import { reopenIncident } from './reopen.ts'
import { judge, logStep, moveOn, refuseState, refuseStep, tellMembers } from './step.ts'

const FAILED = /不合格|没(?:有)?(?:整改|修|清|解决|到位)|未(?:整改|到位|通过)|不(?:行|通过|到位)/

/** `复查 #3 合格`, `复查 #3 不合格，还堆着`: with a photo or in words. Source: S1-23 (hazard → fix → recheck) */
const recheck = defineStep({
  name: 'recheckIncident',
  step: 'recheck',
  word: '(?:复查|核查)',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3幢门口有乱贴小广告，我已经撕掉了', '事件 #1'],
      ['复查 #1 合格', '复查合格'],
    ],
  },
  run: (ctx, incident, rest) =>
    FAILED.test(rest) ? failRecheck(ctx, incident, rest) : passRecheck(ctx, incident, rest),
})

async function passRecheck(ctx: Ctx, incident: Incident, rest: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'recheck')
  if (!verdict.ok) return refuseStep(ctx, incident, 'recheck', verdict, '复查')
  if (rest === '' && (await listPhotosOfMessages(ctx.db, [ctx.message.id])).length === 0)
    return refuse('no-proof', `复查要有照片或一句话，如“复查 #${incident.no} 合格，通道已清空”。`)
  const moved = await moveOn(ctx, incident, 'recheck', { status: 'rechecked' })
  if (!moved) return refuseState(ctx, incident, '复查')
  await logStep(ctx, moved, 'recheck')
  await tellStep(ctx, moved, { action: 'recheck' })
  return answer(`事件 #${moved.no} 复查合格，可以回“结案 #${moved.no}”。`)
}

async function failRecheck(ctx: Ctx, incident: Incident, rest: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'fail')
  if (!verdict.ok) return refuseStep(ctx, incident, 'fail', verdict, '复查')
  const deadlines = await judgeAgain(ctx, incident)
  const moved = await moveOn(ctx, incident, 'fail', { status: 'accepted', closedTier: null, deadlines })
  if (!moved) return refuseState(ctx, incident, '复查')
  await logStep(ctx, moved, 'fail')
  const text = `${nameInPrivate(ctx, moved)}复查不合格：${rest}。请继续整改。${deadlineLine(moved, ctx.now)}`
  await tellMembers(ctx, moved, await listResponsible(ctx, moved), text)
  await tellStep(ctx, moved, { action: 'reopen' })
  return answer(`事件 #${moved.no} 复查不合格，已退给办理人继续整改。${deadlineLine(moved, ctx.now)}`)
}

/** `结案 #3`: after the recheck where the document wants one, and after whoever is concerned was told. Source: S3A-25, S1-23 */
const close = defineStep({
  name: 'closeIncident',
  step: 'close',
  word: '结案',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3幢门口有乱贴小广告，我已经撕掉了', '事件 #1'],
      ['结案 #1', '已结案'],
    ],
  },
  run: closeIncident,
})

export async function closeIncident(ctx: Ctx, incident: Incident, said: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'close')
  if (!verdict.ok) return refuseStep(ctx, incident, 'close', verdict, '结案')
  if (needsRecheck(ctx, incident)) {
    const { clause } = ctx.pack.incident.flow.recheck
    return refuse(
      'not-rechecked',
      `事件 #${incident.no} 要先复查：回“复查 #${incident.no} 合格，……”或附照片。（依据：${clause}）`,
    )
  }
  if (await needsInforming(ctx, incident)) {
    const told = readInforming(said)
    if (!told) {
      const draft = { slots: { no: incident.no, action: 'note' }, wants: 'informed' }
      return ask('updateIncident', draft, askWhetherInformed(ctx, incident))
    }
    await recordInforming(ctx, incident, told)
  }
  const moved = await moveOn(ctx, incident, 'close', { status: 'closed' })
  if (!moved) return refuseState(ctx, incident, '结案')
  await logStep(ctx, moved, 'close')
  await tellStep(ctx, moved, { action: 'close' })
  return answer(`事件 #${moved.no} 已结案。`)
}

/** `重开 #3 又堆上了`: it was not fixed. */
const reopen = defineStep({
  name: 'reopenIncident',
  step: 'reopen',
  word: '(?:重开|重新办理)',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3幢门口有乱贴小广告，我已经撕掉了', '事件 #1'],
      ['重开 #1 又贴上了', '已重新办理'],
    ],
  },
  async run(ctx, incident, rest) {
    if (rest === '') return refuse('no-reason', `请写为什么重办，如“重开 #${incident.no} 又漏了”。`)
    const outcome = await reopenIncident(ctx, incident, rest)
    if ('refused' in outcome) return outcome.refused
    return answer(`事件 #${incident.no} 已重新办理，原来的经过都在。${deadlineLine(outcome.reopened, ctx.now)}`)
  },
})

export const closingCommands: readonly Command[] = [recheck, close, reopen]
