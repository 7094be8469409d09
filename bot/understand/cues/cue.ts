import type { Intent } from '../../../handlers/slots.ts'
import type { PersonSpan } from '../persons.ts'
import type { PlaceSpan } from '../places.ts'
import type { Problem } from '../problems.ts'
import type { Reading } from '../reading.ts'

/** A message with what several rules want to know of it, judged once. */
export interface Evidence {
  reading: Reading
  text: string
  persons: PersonSpan[]
  places: PlaceSpan[]
  problem: Problem
  /** The message asks something. */
  isQuestion: boolean
  /** It names a place; a firm, shop or school. */
  hasPlace: boolean
  hasFirm: boolean
  /** It speaks to one colleague by name or asks who among the colleagues. */
  isToColleague: boolean
  /** It carries the number of a notice or an incident, itself or through the quote. */
  hasNumber: boolean
  /** A notice is spoken of, by word or by the quote; likewise an incident and a leave. */
  isAboutNotice: boolean
  isAboutIncident: boolean
  isAboutLeave: boolean
}

/** One piece of evidence for or against an intent; `name` is what `--explain` shows. */
export interface Cue {
  intent: Intent
  weight: number
  name: string
  test: RegExp | ((evidence: Evidence) => boolean)
}

/** @returns true where the cue speaks. */
export function speaks(cue: Cue, evidence: Evidence): boolean {
  return typeof cue.test === 'function' ? cue.test(evidence) : cue.test.test(evidence.text)
}

/** Makes the cues of one intent from rows of weight, name and test. */
export function cuesFor(intent: Intent, rows: readonly (readonly [number, string, Cue['test']])[]): Cue[] {
  return rows.map(([weight, name, test]) => ({ intent, weight, name, test }))
}
