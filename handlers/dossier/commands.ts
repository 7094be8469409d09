import type { Command } from '../handler.ts'
import { exportDossier, showDossier } from './archive.ts'
import { countBasics, showBasics, tellBasics } from './basics.ts'
import { beginQuiz, giveAnswer, stopQuiz } from './quiz.ts'
import { quizResults } from './quiz-results.ts'
import { monthSummaryCommand, yearSummaryCommand } from './summaries.ts'

/** What is known of a grid, and what its people know of it. What shows stands before what tells: 底数 alone is no fact. */
export const dossierCommands: readonly Command[] = [
  showBasics,
  countBasics,
  tellBasics,
  showDossier,
  exportDossier,
  beginQuiz,
  giveAnswer,
  stopQuiz,
  quizResults,
  yearSummaryCommand,
  monthSummaryCommand,
]
