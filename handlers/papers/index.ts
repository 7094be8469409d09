import { contactCard } from './contact-card.ts'
import { diaryPaper } from './diary.ts'
import { gridDossier } from './grid-dossier.ts'
import { incidentSubmission } from './incident-submission.ts'
import { informationReport } from './information-report.ts'
import { noteBookPaper } from './note-book.ts'
import type { PaperKind } from './paper.ts'
import { publicNotice } from './public-notice.ts'
import { visitReport } from './visit-report.ts'
import { yearSummary } from './year-summary.ts'

/** Every document that writes itself, one file each. */
const papers: readonly PaperKind[] = [
  contactCard,
  publicNotice,
  diaryPaper,
  gridDossier,
  incidentSubmission,
  informationReport,
  noteBookPaper,
  visitReport,
  yearSummary,
]

export function findPaper(kind: string): PaperKind | undefined {
  return papers.find(paper => paper.kind === kind)
}
