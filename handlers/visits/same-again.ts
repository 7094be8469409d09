import { type FieldRecord, listLastVisits } from '../../storage/field-records.ts'
import { type Command, refuse } from '../handler.ts'
import { fileVisits, type VisitToFile } from './file-visits.ts'
import { isName } from './names.ts'
import { readOutcome } from './read-visit.ts'

const SAME = '(?:走访)?(?:同上次|和上次一样|跟上次一样|同前次)'
const NAME = '\\p{Script=Han}{2,6}'
/** 老样子 alone is small talk: a name goes with it. */
const AGAIN = new RegExp(
  `^\\s*(?:@\\S+\\s+)?(?:(?:(?:走访)?(${NAME})\\s*[,，\\s]\\s*)?${SAME}(?:[,，。;；\\s]+([\\s\\S]{1,60}))?|(?:走访)?(${NAME})\\s*[,，\\s]\\s*老样子|老样子\\s*[,，\\s]\\s*(${NAME}))\\s*[。.!！]?\\s*$`,
  'u',
)
const UNCHANGED = '无变化'

/** The sender's last visit once more, now: whom and where are taken over, and the answer says whom. Source: S0-12 */
export const sameAgain: Command = {
  name: 'sameVisit',
  matches: AGAIN,
  who: 'visit',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了3幢王奶奶，20分钟', '已记走访'],
      ['同上次，无变化', '已记走访：王奶奶（3幢）'],
    ],
  },
  async run(ctx) {
    const [, before, told, calm, calmly] = AGAIN.exec(ctx.text.normalize('NFKC')) ?? []
    const words = told?.replace(/[。.!！\s]+$/u, '')
    const isPerson = words !== undefined && isName(words)
    const person = before ?? calm ?? calmly ?? (isPerson ? words : undefined)
    const findings = (isPerson ? undefined : words) || UNCHANGED
    const last = await listLastVisits(ctx.db, ctx.actor.id, { person })
    if (last.length === 0) {
      const whom = person === undefined ? '还没有您的走访记录' : `没有您走访过${person}的记录`
      return refuse('nothing-before', `${whom}，请说走访了谁，如“走访了3幢王奶奶，20分钟”。`)
    }
    const visits = last.map(visit => repeatVisit(visit, findings))
    const grid = ctx.roster.gridById(last[0]!.gridId)
    return fileVisits(ctx, visits, { at: ctx.at, grid, words: findings })
  },
}

function repeatVisit({ person, place, households, visitKind }: FieldRecord, findings: string): VisitToFile {
  return {
    person: person?.reveal(),
    place: place?.reveal(),
    households,
    kind: visitKind,
    findings,
    outcome: readOutcome(findings),
  }
}
