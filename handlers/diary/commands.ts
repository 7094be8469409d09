import type { Command } from '../handler.ts'
import { chooseDraft, chooseMorning } from './choices.ts'
import { addToDiary, confirmDiary, emptyDiary, showDiary } from './keep.ts'
import { dayDiary, visitDiary } from './papers.ts'

/** The day as the records tell it, and what of it comes unasked. */
export const diaryCommands: readonly Command[] = [
  showDiary,
  confirmDiary,
  emptyDiary,
  addToDiary,
  visitDiary,
  dayDiary,
  chooseDraft,
  chooseMorning,
]
