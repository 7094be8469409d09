import { z } from 'zod'
import { count, role, ruled, text, time } from './form.ts'

/** How an incident came: seen by the network itself, told by a resident, by the hotline, by an inspection, handed down. */
const origins = ['found', 'resident', 'hotline', 'inspection', 'upper'] as const

/** The codes of `understanding`: what kind of problem it is. */
const categories = [
  'fire',
  'safety',
  'disaster',
  'massEvent',
  'security',
  'dispute',
  'petition',
  'environment',
  'facility',
  'population',
  'livelihood',
  'other',
] as const

const limit = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('workday'), count }),
  z.strictObject({ unit: z.enum(['day', 'month']), count, shift: z.enum(['prev', 'next', 'none']).optional() }),
  z.strictObject({ unit: z.literal('clock'), count, time }),
])

const tier = z.enum(['grid', 'community', 'subdistrict', 'county'])

const stage = z.strictObject({
  stage: text,
  /** Kind and level of the matter; all where absent. */
  class: text.optional(),
  level: z.enum(['ordinary', 'complex', 'major']).optional(),
  /** Within whose powers the matter lies; any where absent. */
  tier: tier.optional(),
  limit,
  /** What starts the count: `reported`, `unsolved` (it came back or cannot be solved here), `judged` (found to lie on its tier), … */
  from: text,
  pauseStates: z.array(text),
  endStates: z.array(text),
})

/** Taking reports in and telling people what became of them. */
const intake = z.strictObject({
  /** What the same person says in the same chat so soon after a report belongs to it. */
  followUpMinutes: ruled(count),
  /** How far back a report of the same place and matter counts as a likely repeat. */
  duplicateDays: ruled(count),
  /** So many cases of one place in a month make it a 重复点位. */
  repeatsAtLeast: ruled(count),
  /** Origins of cases that are closed only after whoever is concerned was told, or with the reason why not. */
  informs: ruled(z.array(z.enum(origins))),
  /** Posts that hear of every report of these categories beside whoever works it off; `atOnce` at any hour. */
  alsoTo: ruled(
    z.array(z.strictObject({ role, categories: z.array(z.enum(categories)).min(1), atOnce: z.boolean() })),
  ).optional(),
})

/** Who has a case in hand on each level, and what time does about it. */
const flow = z.strictObject({
  /** From the lowest up; of `holders` the first who is there has it. */
  tiers: ruled(z.array(z.strictObject({ tier, name: text, holders: z.array(role).min(1) })).min(1)),
  /** Who hears of a supervised case where no tier is above its own. */
  overseers: ruled(z.array(role)),
  remindWorkdaysBefore: ruled(count),
  /** After supervision. */
  escalateAfterWorkdays: ruled(count),
  workFrom: ruled(time),
  workUntil: ruled(time),
  /** An urgent case that was taken and then not heard of is asked for again. */
  followMinutes: ruled(count.min(1)),
  holdApprovers: ruled(z.array(role)),
  /** How long an extension, pause or hang-up lasts where nobody tells, in the days of the limit. */
  holdDays: ruled(count.min(1)),
  /** The return of this number puts it before `returnsDecidedBy`. */
  returnsAtMost: ruled(count.min(1)),
  returnsDecidedBy: ruled(z.array(role)),
  /** Whether a transfer needs its reason. */
  transferReason: ruled(z.boolean()),
  /** Categories that are closed only after a recheck. */
  recheck: ruled(z.array(z.enum(categories))),
  whistleMinutes: ruled(count.min(1)),
  /** The document's own kinds of case; the first is what a report is taken for. */
  classes: ruled(z.array(text).min(1)).optional(),
  /** Who receives what is submitted for a decision. */
  submitTo: ruled(z.array(role)).optional(),
})

export const incident = z.strictObject({
  urgentTo: ruled(z.array(role)),
  urgentAckMinutes: ruled(count),
  /** Who hears of an urgent report that nobody acknowledged, or where `urgentTo` is not filled. */
  urgentFallback: ruled(z.array(role)),
  emergencyNumbers: ruled(z.array(text).min(1)),
  /** Who answers for an escalated case. */
  owner: ruled(role),
  flow,
  intake,
})

export const sla = z.array(ruled(stage))
