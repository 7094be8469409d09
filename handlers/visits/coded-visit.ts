import { type Command, refuse } from '../handler.ts'
import { readNumeral } from '../numerals.ts'
import { maySee } from './answerers.ts'
import { CODES, findCoded, readCodes } from './codes.ts'
import { fileVisits } from './file-visits.ts'
import { readOutcome } from './read-visit.ts'

const VISIT = new RegExp(
  `^\\s*(?:@\\S+\\s+)?(?:今天|上午|下午|刚才|刚刚)?(?:走访|看望|探望|慰问|入户|家访|回访)(?:了|过)?\\s*(${CODES})(?:家)?(?:[,，:：。;；\\s]+([\\s\\S]*)|(不在家|拒访|住院|已?搬走|已?去世|无变化|没变化)[\\s\\S]{0,20})?$`,
  'u',
)
const MINUTES = /(\d{1,3}|[一二三四五六七八九十]{1,3})\s*分钟/u

/** A visit to people named by their codes, as lists name them where names must not stand. Source: S1-16, S2-24 */
export const codedVisit: Command = {
  name: 'codedVisit',
  matches: VISIT,
  who: 'visit',
  dialog: {
    as: 'worker',
    turns: [
      ['登记走访对象 低保户 王秀英 3幢201', '低保-01'],
      ['走访低保-01，家里平安，20分钟', '已记走访：低保-01'],
    ],
  },
  async run(ctx) {
    const [, codes = '', behind, state] = VISIT.exec(ctx.text) ?? []
    const { targets, unknown } = await findCoded(ctx.db, readCodes(codes))
    const strange = [...unknown, ...targets.filter(target => !maySee(ctx, target)).map(({ code }) => code)]
    if (strange.length > 0) {
      return refuse('unknown-code', `没有您负责的走访对象${strange.join('、')}，没有记录。回“走访对象”看名单。`, {
        private: true,
      })
    }
    const words = (behind ?? state ?? '').trim()
    const minutes = readNumeral(MINUTES.exec(words)?.[1])
    const findings = words.replace(MINUTES, '').replace(/^[\s,，。]+|[\s,，。]+$/gu, '')
    const visits = targets.map(target => ({
      person: target.name.reveal(),
      place: target.address?.reveal(),
      minutes: minutes && Math.max(1, Math.floor(minutes / targets.length)),
      findings: findings || undefined,
      outcome: readOutcome(words),
      targets: [target],
    }))
    const grid = ctx.roster.gridById(targets[0]!.gridId)
    return fileVisits(ctx, visits, { at: ctx.at, grid, words: ctx.text })
  },
}
