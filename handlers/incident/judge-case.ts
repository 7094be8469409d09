import type { IncidentLevel, IncidentTier } from '../../policy/incident.ts'
import { hasJurisdiction, hasLevels } from '../../policy/incident-deadlines.ts'
import { dayOf } from '../../policy/time.ts'
import type { Incident, IncidentChange } from '../../storage/incidents.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { raiseAlarm } from './alert.ts'
import { applyChange, judgeAgain } from './clock.ts'
import { defineStep } from './command.ts'
import { deadlineLine, levelNames } from './deadline-words.ts'
import { listResponsible, listTierHolders, nameTier } from './holders.ts'
import { nameAll, nameInPrivate } from './names.ts'
import { judge, logStep, moveOn, refuseState, refuseStep, tellMembers } from './step.ts'

const LEVELS: readonly [RegExp, IncidentLevel][] = [
  [/重大|疑难/, 'major'],
  [/复杂/, 'complex'],
  [/一般|简单/, 'ordinary'],
]

/** `定级 #7 较复杂`: another limit, counted from the same day. Source: S3A-29…31 */
const relevel = defineStep({
  name: 'judgeLevel',
  step: 'judge',
  word: '(?:定级|改级)',
  rest: 'open',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['定级 #1 较复杂', '不分难易'],
    ],
  },
  async run(ctx, incident, rest) {
    if (!hasLevels(ctx.pack.sla)) return refuse('no-levels', `${ctx.pack.title}不分难易定时限，不用定级。`)
    const level = LEVELS.find(([words]) => words.test(rest))?.[1]
    if (!level) return refuse('no-level', `请写 一般、较复杂 或 重大疑难，如“定级 #${incident.no} 较复杂”。`)
    return rejudge(ctx, incident, { level }, `定为${levelNames[level]}`)
  },
})

/** `管辖 #9 乡`: within whose powers it lies; nothing restarts, the later day holds. Source: S3B-05, S3B-06, S3B-08 */
const rejurisdict = defineStep({
  name: 'judgeJurisdiction',
  step: 'judge',
  word: '管辖',
  rest: 'open',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['管辖 #1 街道', '归街道管辖'],
    ],
  },
  async run(ctx, incident, rest) {
    const tiers = ctx.pack.incident.flow.tiers.value
    const tier = tiers.find(({ name }) => rest.includes(name) || (rest !== '' && name.includes(rest)))
    if (!tier) {
      const names = tiers.map(({ name }) => name).join('、')
      return refuse('no-tier', `请写归哪一级管辖：${names}，如“管辖 #${incident.no} ${tiers.at(-1)!.name}”。`)
    }
    const limit = ctx.pack.sla.find(({ value }) => value.stage === 'escalate' && value.tier === tier.tier)
    if (limit) return judgeAbove(ctx, incident, tier)
    if (tier.tier === incident.tier) return refuse('same-tier', `事件 #${incident.no} 已归${tier.name}管辖。`)
    return moveTier(ctx, incident, tier.tier)
  },
})

/** Found to lie above: it stays in hand, and the days in which it must be handed up begin. Source: S3B-08 */
async function judgeAbove(
  ctx: Ctx,
  incident: Incident,
  { tier, name }: { tier: IncidentTier; name: string },
): Promise<Answer> {
  const jurisdiction = [...incident.jurisdiction, { tier, day: dayOf(ctx.at) }]
  return rejudge(ctx, incident, { jurisdiction }, `归${name}管辖，请按时限回“上报 #${incident.no} ${name}”`)
}

async function moveTier(ctx: Ctx, incident: Incident, tier: IncidentTier): Promise<Answer> {
  const holders = await listTierHolders(ctx, { gridId: incident.gridId, tier }, tier)
  const change: IncidentChange = {
    status: 'dispatched',
    tier,
    holderId: holders[0]?.id ?? null,
    holderUnit: null,
    ...(hasJurisdiction(ctx.pack.sla) && { jurisdiction: [...incident.jurisdiction, { tier, day: dayOf(ctx.at) }] }),
  }
  return rejudge(ctx, incident, change, `归${nameTier(ctx, tier)}管辖，由${nameAll(holders)}办理`)
}

/** `改类 突发`, `改类 #12 审批`: another of the document's kinds; what was written so far stays. Source: S1-37 */
const reclass = defineStep({
  name: 'judgeClass',
  step: 'judge',
  word: '改类',
  rest: 'open',
  dialog: {
    as: 'leader',
    turns: [
      ['3号楼路灯坏了', '事件 #1'],
      ['改类 #1 突发', '没有给事件分类'],
    ],
  },
  async run(ctx, incident, rest) {
    const classes = ctx.pack.incident.flow.classes
    if (!classes) return refuse('no-classes', `${ctx.pack.title}没有给事件分类。`)
    const found = classes.value.find(name => rest !== '' && (name.includes(rest) || rest.includes(name)))
    if (!found) {
      return refuse(
        'no-class',
        `请写是哪一类：${classes.value.join('、')}，如“改类 #${incident.no} 突发”。（依据：${classes.clause}）`,
      )
    }
    const isSudden = found.includes('突发') && !incident.urgent
    const answered = await rejudge(
      ctx,
      incident,
      { workClass: found, ...(isSudden && { urgent: true }) },
      `由${incident.workClass ?? '未分类'}改为${found}`,
    )
    if (answered.refused || !isSudden) return answered
    const grid = ctx.roster.gridById(incident.gridId)
    const alarm = { grids: grid ? [grid] : [], reporterName: ctx.actor.name, reporter: ctx.actor }
    const told = await raiseAlarm(ctx, { incident: { ...incident, urgent: true }, ...alarm })
    return answer(`${answered.text}\n已按紧急事件通知${nameAll(told)}。`)
  },
})

/** What a case is judged to be has changed: its deadlines are judged again, and whoever must act reads the new ones. */
async function rejudge(ctx: Ctx, incident: Incident, change: IncidentChange, words: string): Promise<Answer> {
  const verdict = judge(ctx, incident, 'judge')
  if (!verdict.ok) return refuseStep(ctx, incident, 'judge', verdict, '改判')
  const deadlines = await judgeAgain(ctx, applyChange(incident, change))
  const moved = await moveOn(ctx, incident, 'judge', { ...change, deadlines })
  if (!moved) return refuseState(ctx, incident, '改判', `（依据：${verdict.clause}）`)
  await logStep(ctx, moved, 'judge', { text: words })
  const text = `${nameInPrivate(ctx, moved)}${words}（${ctx.actor.name}）。${deadlineLine(moved, ctx.now)}`
  await tellMembers(ctx, moved, await listResponsible(ctx, moved), text)
  return answer(`事件 #${moved.no} ${words}。${deadlineLine(moved, ctx.now)}`)
}

export const judgeCommands: readonly Command[] = [relevel, rejurisdict, reclass]
