import { findEnding } from '../../policy/incident-deadlines.ts'
import type { Incident } from '../../storage/incidents.ts'
import { listOutboxOfSubject } from '../../storage/outbox.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { defineStep } from './command.ts'
import { tellStep } from './feedback.ts'
import { closingTier } from './handle.ts'
import { findFirst } from './holders.ts'
import { dropPause } from './holds.ts'
import { nameAll, nameInPrivate } from './names.ts'
import { judge, logStep, moveOn, refuseState, refuseStep, tellMembers } from './step.ts'

/** `答复 #7 已说明政策`: counts as the end where the document says 办结或答复. Source: S3A-29, S3A-30 */
const reply = defineStep({
  name: 'answerIncident',
  step: 'answer',
  word: '答复',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['答复 #1 已说明情况', '以办结为准'],
    ],
  },
  async run(ctx, incident, rest) {
    const ending = findEnding(ctx.pack.sla, incident.level, 'answered')
    if (!ending) return refuse('no-answer', `这类事件以办结为准，答复不算办结；可以回“跟进 #${incident.no} ……”。`)
    const verdict = judge(ctx, incident, 'answer')
    if (!verdict.ok) return refuseStep(ctx, incident, 'answer', verdict, '答复')
    if (rest === '') return refuse('no-words', `请写答复了什么，如“答复 #${incident.no} 已当面说明政策”。`)
    const change = {
      status: 'resolved',
      holderId: incident.holderId ?? ctx.actor.id,
      closedTier: closingTier(ctx, incident),
      hold: null,
    } as const
    const moved = await moveOn(ctx, incident, 'answer', change)
    if (!moved) return refuseState(ctx, incident, '答复')
    await dropPause(ctx, incident)
    await logStep(ctx, moved, 'answer', { text: rest })
    await tellStep(ctx, moved, { action: 'resolve', text: `已答复：${rest}` })
    return answer(`事件 #${moved.no} 已答复，时限到此为止（依据：${ending.clause}）。`)
  },
})

/** `提交党委 #7`: a hard case is submitted for a decision, which is an end of the clock. Source: S3A-31 */
const submit = defineStep({
  name: 'submitIncident',
  step: 'submit',
  word: '提交(?:镇|乡|街道)?党(?:工)?委(?:、?政府)?(?:研究)?',
  rest: 'words',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['提交党委 #1', '不能提交'],
    ],
  },
  async run(ctx, incident, rest) {
    const { submitTo } = ctx.pack.incident.flow
    const ending = findEnding(ctx.pack.sla, incident.level, 'submitted')
    if (!submitTo || !ending) {
      const only = submitTo
        ? `只有重大疑难的可以提交（依据：${submitTo.clause}），先“定级 #${incident.no} 重大疑难”。`
        : ''
      const instead = only || `现行办法没有这一步；要往上报请回“上报 #${incident.no}”。`
      return refuse('no-submission', `事件 #${incident.no} 不能提交研究。${instead}`)
    }
    const verdict = judge(ctx, incident, 'submit')
    if (!verdict.ok) return refuseStep(ctx, incident, 'submit', verdict, '提交')
    const leaders = await findFirst(ctx, submitTo.value, incident)
    const end = {
      stage: 'resolve',
      step: 'end',
      day: incident.deadlines.resolve?.day ?? ctx.today,
      at: ctx.now,
    } as const
    const moved = await moveOn(ctx, incident, 'submit', {
      status: 'dispatched',
      tier: 'subdistrict',
      holderId: leaders[0]?.id ?? null,
      holderUnit: null,
      steps: [...incident.steps, end],
    })
    if (!moved) return refuseState(ctx, incident, '提交')
    await logStep(ctx, moved, 'submit', { text: rest === '' ? undefined : rest })
    const text = `${ctx.actor.name}提交${nameInPrivate(ctx, moved)}请研究决定：“${moved.description.reveal()}”${rest ? `\n说明：${rest}` : ''}`
    await tellMembers(ctx, moved, leaders, text)
    await tellStep(ctx, moved, { action: 'submit' })
    return answer(`事件 #${moved.no} 已提交${nameAll(leaders)}研究，办结时限到此为止（依据：${ending.clause}）。`)
  },
})

/** `误报 #3 只是烧秸秆`: there was nothing; everybody who was alarmed hears it. Source: S0-13 */
const falseAlarm = defineStep({
  name: 'falseAlarm',
  step: 'cancel',
  word: '(?:误报|虚惊)',
  rest: 'open',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['误报 #1 灯是好的', '按误报撤销'],
    ],
  },
  run: cancelIncident,
})

async function cancelIncident(ctx: Ctx, incident: Incident, note: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'cancel')
  if (!verdict.ok) return refuseStep(ctx, incident, 'cancel', verdict, '撤销')
  const moved = await moveOn(ctx, incident, 'cancel', { status: 'cancelled', hold: null })
  if (!moved) return refuseState(ctx, incident, '撤销', `（依据：${verdict.clause}）`)
  await dropPause(ctx, incident)
  await logStep(ctx, moved, 'cancel')
  const alarmed = await listOutboxOfSubject(ctx.db, { type: 'incident', id: moved.id })
  const ids = new Set(alarmed.flatMap(({ to }) => (to.kind === 'member' ? [to.memberId] : [])))
  const members = [...ids].flatMap(id => ctx.roster.memberById(id) ?? [])
  const why = note ? `：${note}` : ''
  const told = await tellMembers(
    ctx,
    moved,
    members,
    `${nameInPrivate(ctx, moved)}是误报${why}，不用处置了（${ctx.actor.name}）。`,
  )
  await tellStep(ctx, moved, { action: 'cancel' })
  const heard = told.length > 0 ? `，已告知${nameAll(told)}` : ''
  return answer(`事件 #${moved.no} 按误报撤销${heard}。记录都在，误报不扣分。`)
}

export const endingCommands: readonly Command[] = [reply, submit, falseAlarm]
