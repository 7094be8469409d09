import { answer, type Command, refuse } from '../../handler.ts'
import { logStep } from '../step.ts'
import { findVisible } from '../visible.ts'
import { numberAndWords } from './numbers.ts'

/** `条线 #12 市政`: which of the document's lines of work a case belongs to, shown with its timeline. Source: S4B-03, S0-16 */
export const workLineCommand: Command = {
  name: 'incidentWorkLine',
  matches: numberAndWords('条线'),
  who: 'noteIncident',
  dialog: {
    as: 'worker',
    turns: [
      ['3幢水管漏水', '事件 #1'],
      ['条线 #1 社区工作', '归“社区工作”条线'],
    ],
  },
  async run(ctx) {
    const found = await findVisible(ctx, workLineCommand.matches)
    if ('refused' in found) return found.refused
    const { incident } = found
    const told = workLineCommand.matches.exec(ctx.text)![2]!.trim()
    const lines = ctx.pack.lists.find(({ value }) => value.key === 'workLines')
    if (!lines) return refuse('no-lines', `${ctx.pack.title}没有分条线。`)
    const line = lines.value.names.find(name => told.includes(name) || (told.length >= 2 && name.includes(told)))
    if (!line) {
      const names = lines.value.names.join('、')
      return refuse('no-line', `请写是哪条线：${names}。（依据：${lines.clause}）`)
    }
    await logStep(ctx, incident, 'line', { text: line })
    return answer(`已记：事件 #${incident.no} 归“${line}”条线，回“进度 #${incident.no}”能看到。`)
  },
}
