import { actionOf, type IncidentStep } from '../../policy/incident.ts'
import { findIncident, type Incident, listIncidents, OPEN_STATUSES } from '../../storage/incidents.ts'
import { type Answer, type Command, type Ctx, refuse, type Turn } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { plainWords } from '../plain-words.ts'
import { tellWhatExists } from './choose.ts'
import { NUMBER } from './lists/numbers.ts'
import { isHolder } from './reach.ts'

interface StepCommand {
  name: string
  step: IncidentStep
  /** The word at the beginning, as the source of a pattern without groups. */
  word: string
  /** `words`: the number and what is said behind it, which may be missing · `none`: nothing but the number · `open`: a case in hand needs no number. */
  rest: 'words' | 'none' | 'open'
  dialog: { as: string; turns: Turn[] }
  /** `rest` is what was said behind the number, without punctuation around it. */
  run(ctx: Ctx, incident: Incident, rest: string, word: string): Promise<Answer>
}

const PAUSE = '[\\s,，:：]'

/** A step asked for by a fixed word with the number of a case: `延期 #9 等材料`. */
export function defineStep({ name, step, word, rest, dialog, run }: StepCommand): Command {
  const words = rest === 'none' ? '' : `(?:${PAUSE}+(\\S[\\s\\S]*))?`
  const numbered = `${PAUSE}*(?:事件)?\\s*${NUMBER}${words}`
  const bare = rest === 'open' ? `|${PAUSE}+((?![#第\\d])\\S[\\s\\S]*)` : ''
  const matches = new RegExp(`^\\s*(?:[@＠]\\S+\\s+)*(${word})(?:${numbered}${bare})\\s*[。.!！]*\\s*$`, 'u')
  return {
    name,
    matches,
    who: actionOf(step),
    dialog,
    async run(ctx) {
      const [, said = '', no, behind, alone] = matches.exec(ctx.text) ?? []
      const found = no === undefined ? await findInHand(ctx) : await findNumbered(ctx, readNumeral(no))
      return 'refused' in found ? found.refused : run(ctx, found.incident, (behind ?? alone ?? '').trim(), said)
    },
  }
}

type Found = { incident: Incident } | { refused: Answer }

/** The case with this number; where there is none, what the sender may have meant. */
export async function findNumbered(ctx: Ctx, no: number | undefined): Promise<Found> {
  const incident = no === undefined ? undefined : await findIncident(ctx.db, no)
  if (incident && !incident.voided) return { incident }
  const what = incident ? `事件 #${no} 已撤销。` : `没有事件 #${no ?? ''}。`
  return { refused: refuse('unknown-incident', `${what}${await tellWhatExists(ctx)}`) }
}

/** The case that was quoted, else the only one in the sender's hand. */
async function findInHand(ctx: Ctx): Promise<Found> {
  const quoted = /#\s*(\d{1,6})/.exec(ctx.message.detail.quote?.text ?? '')?.[1]
  if (quoted !== undefined) return findNumbered(ctx, Number(quoted))
  const open = await listIncidents(ctx.db, { statuses: OPEN_STATUSES })
  const own = open.filter(incident => isHolder(ctx, incident))
  const mine = own.length > 0 ? own : open.filter(({ reporterId }) => reporterId === ctx.actor.id)
  const [only] = mine
  if (only && mine.length === 1) return { incident: only }
  const word = plainWords(ctx.text).split(/\s/)[0] ?? ''
  const example = `“${word} #${only?.no ?? 1} ……”`
  return { refused: refuse('which-incident', `请写明是哪一件，如${example}。${await tellWhatExists(ctx)}`) }
}
