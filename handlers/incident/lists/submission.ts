import { answer, type Command } from '../../handler.ts'
import { describeSubmission } from '../../papers/incident-submission.ts'
import { findVisible } from '../visible.ts'
import { numberAfter } from './numbers.ts'

/** The paper for the leadership, as text and as a document; only in private, for it holds the words of the report. Source: S3A-33, S3A-31 */
export const submissionCommand: Command = {
  name: 'submissionPaper',
  matches: numberAfter('(?:呈报|呈报件)'),
  who: 'escalateIncident',
  dialog: {
    as: 'leader',
    turns: [
      ['3幢两户为漏水吵了三个月', '事件 #1'],
      ['呈报 #1', '呈报件'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, submissionCommand.matches)
    if ('refused' in found) return found.refused
    const { incident } = found
    const { title, sections } = await describeSubmission(ctx, incident)
    await ctx.record('submission', { type: 'incident', id: incident.id }, { no: incident.no })
    const text = [`呈报件：${title}`, ...sections.map(({ heading, lines }) => `${heading}：${lines.join('\n')}`)].join(
      '\n',
    )
    return answer(text, {
      private: true,
      attachment: { kind: 'incident-submission', data: { incidentId: incident.id } },
    })
  },
}
