import type { SubmissionPaper } from '../../handlers/incident/submission-paper.ts'
import { type Block, type Run, writeDocument } from './word.ts'

const plain = (text: string): Run => ({ text, size: 16 })
const bold = (text: string, size: number): Run => ({ text, size, bold: true, font: 'title' })

/** The paper about one case for the leadership, with room for their decision. Source: S3A-33 */
export function writeSubmission(street: string, { title, sections }: SubmissionPaper): Promise<Uint8Array> {
  const blocks: Block[] = [
    { kind: 'line', align: 'center', spaceAfter: 120, runs: [bold(`${street}网格事项呈报件`, 22)] },
    { kind: 'line', align: 'center', spaceAfter: 240, runs: [plain(title)] },
    ...sections.flatMap(({ heading, lines }): Block[] => [
      { kind: 'line', align: 'left', spaceBefore: 160, runs: [bold(heading, 16)] },
      ...lines.map((line): Block => ({ kind: 'line', align: 'left', runs: [plain(line)] })),
    ]),
    { kind: 'line', align: 'left', spaceBefore: 480, runs: [plain('领导批示：')] },
  ]
  return writeDocument(blocks, { title })
}
