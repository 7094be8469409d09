import type { Intent, Meaning, Understood } from '../../handlers/slots.ts'
import { restoreSlots } from './as-written.ts'
import { addClaimedAt } from './claimed.ts'
import { classifyIntent } from './classifier.ts'
import { askingCues } from './cues/asking.ts'
import { type Cue, type Evidence, speaks } from './cues/cue.ts'
import { dutyCues } from './cues/duty.ts'
import { meetingCues } from './cues/meetings.ts'
import { noticeCues } from './cues/notices.ts'
import { recordCues } from './cues/records.ts'
import { reportCues } from './cues/reports.ts'
import { silenceCues } from './cues/silence.ts'
import { gatherEvidence } from './evidence.ts'
import { READ_CHARACTERS } from './normalize.ts'
import { readMessage, type UnderstandInput } from './reading.ts'
import { findCorrection, LASTING, splitRecords, tellsSame } from './records.ts'
import { readBindGroup, readQuery } from './slots/asking.ts'
import { readUpdateIncident } from './slots/incidents.ts'
import { readRequestLeave } from './slots/leave.ts'
import { readDraw, readInspect, readScheduleMeeting } from './slots/meetings.ts'
import { readAcknowledge, readDecide, readDraftNotice, readReportProgress } from './slots/notices.ts'
import { readCheckIn, readPatrol, readVisit } from './slots/records.ts'
import { readReportIncident, readSubmitInfo } from './slots/reports.ts'

export type { UnderstandInput } from './reading.ts'

const cues: readonly Cue[] = [
  ...dutyCues,
  ...recordCues,
  ...reportCues,
  ...noticeCues,
  ...meetingCues,
  ...askingCues,
  ...silenceCues,
]

const readers: { [I in Intent]: (evidence: Evidence) => Extract<Meaning, { intent: I }>['slots'] } = {
  checkIn: evidence => addClaimedAt(readCheckIn(evidence), evidence.reading),
  visit: evidence => addClaimedAt(readVisit(evidence), evidence.reading),
  patrol: evidence => addClaimedAt(readPatrol(evidence), evidence.reading),
  reportIncident: readReportIncident,
  submitInfo: readSubmitInfo,
  acknowledge: readAcknowledge,
  reportProgress: readReportProgress,
  draftNotice: readDraftNotice,
  decide: readDecide,
  scheduleMeeting: readScheduleMeeting,
  meetingCheckIn: () => ({}),
  meetingMinutes: () => ({}),
  requestLeave: readRequestLeave,
  updateIncident: readUpdateIncident,
  inspect: readInspect,
  draw: readDraw,
  query: readQuery,
  undo: () => ({}),
  bindGroup: readBindGroup,
  help: () => ({}),
  none: () => ({}),
}

/** Why a message was understood as it was: every cue that spoke, and the sums. */
export interface Explanation {
  text: string
  understood: Understood
  scores: { intent: Intent; score: number }[]
  cues: { intent: Intent; weight: number; name: string }[]
}

/** How much a unit of log-likelihood weighs beside the cues, and below what it no longer matters; measured on the held-out messages. */
const LIKELIHOOD = 1.5
const FLOOR = -8

interface Weighed {
  evidence: Evidence
  scores: { intent: Intent; score: number }[]
  spoken: Cue[]
  likely: Map<Intent, number>
}

function weigh(input: UnderstandInput): Weighed {
  const evidence = gatherEvidence(readMessage(input))
  const sums = new Map<Intent, number>()
  const spoken: Cue[] = []
  for (const cue of cues) {
    // What speaks against an intent need not be asked before something spoke for it.
    if (cue.weight < 0 && (sums.get(cue.intent) ?? 0) <= 0) continue
    if (!speaks(cue, evidence)) continue
    sums.set(cue.intent, (sums.get(cue.intent) ?? 0) + cue.weight)
    spoken.push(cue)
  }
  const likely = classifyIntent(evidence)
  // A few words under a quoted message live by the quote, which the words' likelihood does not know.
  const weight = evidence.reading.quote && evidence.reading.bare.length <= 12 ? LIKELIHOOD / 4 : LIKELIHOOD
  const scores = [...likely]
    .map(([intent, log]) => ({ intent, score: (sums.get(intent) ?? 0) + weight * Math.max(FLOOR, log) }))
    .sort((a, b) => b.score - a.score)
  return { evidence, scores, spoken, likely }
}

function meaningOf(intent: Intent, evidence: Evidence): Meaning {
  return { intent, slots: readers[intent](evidence) } as Meaning
}

/** Its words in the characters of the message. */
function asWritten(meaning: Meaning, { reading }: Evidence): Meaning {
  return { ...meaning, slots: restoreSlots(meaning.slots, reading.input.text.slice(0, READ_CHARACTERS)) } as Meaning
}

/**
 * Reads one message: what its sender means, with the slots that the message gives.
 *
 * Pure and deterministic; any text gives an answer. `confidence` runs from 0 to 1 and falls with the distance between
 * the best and the second best meaning.
 */
export function understand(input: UnderstandInput): Understood {
  return conclude(weigh(input))
}

/** From 0.5, two meanings alike, to 1: the logistic of the distance between the best and the second best. */
function judgeConfidence({ scores }: Weighed): number {
  const margin = (scores[0]?.score ?? 0) - (scores[1]?.score ?? 0)
  return Math.round((1 / (1 + Math.exp(-margin / 2))) * 100) / 100
}

function conclude(weighed: Weighed): Understood {
  const { evidence, scores } = weighed
  const [best, second] = scores
  const intent = best?.intent ?? 'none'
  const confidence = judgeConfidence(weighed)
  const understood: Understood = { ...meaningOf(intent, evidence), confidence }
  if (second && confidence < 0.8) understood.alternative = second.intent
  const { main, also } = gatherRecords(evidence, understood)
  Object.assign(understood, asWritten(main, evidence))
  if (also.length > 0) understood.also = also.map(meaning => asWritten(meaning, evidence))
  const correctTo = findCorrection(evidence.text)
  if (correctTo) understood.correctTo = correctTo
  return understood
}

/** Below this a piece of a message is no record of its own. */
const SURE = 0.8

/**
 * Further records told in the same message, each as its own piece says it. A problem that somebody must handle becomes
 * the main record, whatever was told before it.
 */
function gatherRecords({ reading }: Evidence, whole: Meaning): { main: Meaning; also: Meaning[] } {
  const also: Meaning[] = []
  if (!LASTING.has(whole.intent)) return { main: whole, also }
  let own: Meaning | undefined
  for (const piece of splitRecords(reading.surface)) {
    const weighed = weigh({ ...reading.input, text: piece, quote: null })
    const intent = weighed.scores[0]?.intent ?? 'none'
    if (!LASTING.has(intent) || judgeConfidence(weighed) < SURE) continue
    const meaning = meaningOf(intent, weighed.evidence)
    // 收到 alone is a courtesy; what is acknowledged beside other work is named.
    if (meaning.intent === 'acknowledge' && meaning.slots.no === undefined) continue
    if (!own && intent === whole.intent) own = meaning
    if (!tellsSame(whole, meaning) && !also.some(other => tellsSame(other, meaning))) also.push(meaning)
  }
  if (also.length === 0) return { main: whole, also }
  const main = own ? keepOwn(own, whole, also) : whole
  const problem = main.intent === 'reportIncident' ? -1 : also.findIndex(({ intent }) => intent === 'reportIncident')
  if (problem < 0) return { main, also }
  return { main: also[problem]!, also: also.with(problem, main) }
}

/** What the main record's own piece says, completed from the whole message where no other record says the same kind of thing. */
function keepOwn(own: Meaning, whole: Meaning, also: readonly Meaning[]): Meaning {
  const rest = Object.entries(whole.slots).filter(([name]) => !also.some(({ slots }) => name in slots))
  return { intent: own.intent, slots: { ...Object.fromEntries(rest), ...own.slots } } as Meaning
}

/** Reads a message as the intent that its sender chose: the slots of `intent`. */
export function understandAs(intent: Intent, input: UnderstandInput): Meaning {
  const evidence = gatherEvidence(readMessage(input))
  return asWritten(meaningOf(intent, evidence), evidence)
}

/** Like `understand`, with the reasons. */
export function explain(input: UnderstandInput): Explanation {
  const weighed = weigh(input)
  return {
    text: weighed.evidence.text,
    understood: conclude(weighed),
    scores: weighed.scores,
    cues: weighed.spoken.map(({ intent, weight, name }) => ({ intent, weight, name })),
  }
}
