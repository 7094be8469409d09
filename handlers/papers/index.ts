import { incidentSubmission } from './incident-submission.ts'
import type { PaperKind } from './paper.ts'

/** Every document that writes itself, one file each. */
const papers: readonly PaperKind[] = [incidentSubmission]

export function findPaper(kind: string): PaperKind | undefined {
  return papers.find(paper => paper.kind === kind)
}
