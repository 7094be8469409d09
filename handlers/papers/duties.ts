import type { Pack } from '../../policy/pack.ts'
import type { Work, WorkFigure } from './work-of.ts'

/** Which records stand for a duty, by what the document calls it. */
const TAGS: readonly { names: RegExp; idsOf(work: Work): string[] }[] = [
  { names: /采集|信息/u, idsOf: ({ infoItems }) => idsOf(infoItems) },
  { names: /重点人员/u, idsOf: ({ infoItems }) => idsOf(infoItems.filter(({ topic }) => topic === 'keyPerson')) },
  {
    names: /隐患/u,
    idsOf: ({ patrols, reported }) => [
      ...idsOf(patrols),
      ...idsOf(reported.filter(({ category }) => ['safety', 'fire', 'disaster'].includes(category))),
    ],
  },
  {
    names: /纠纷/u,
    idsOf: ({ reported }) =>
      idsOf(reported.filter(({ category }) => ['dispute', 'petition', 'massEvent'].includes(category))),
  },
  { names: /宣传/u, idsOf: ({ infoItems }) => idsOf(infoItems.filter(({ topic }) => topic === 'policy')) },
  {
    names: /民生|便民|代办/u,
    idsOf: ({ reported }) =>
      idsOf(reported.filter(({ matter, category }) => matter === 'service' || category === 'livelihood')),
  },
]

/** The document's duties, each with the records that stand for it; one record may serve several. None where it names none. Source: S4D-05, S2-13 */
export function countDuties({ lists }: Pick<Pack, 'lists'>, work: Work): WorkFigure[] {
  const names = lists.find(({ value }) => value.key === 'duties')?.value.names ?? []
  return names.map(name => {
    const tagged = [...work.visits, ...work.patrols].filter(({ duty }) => duty === name)
    const others = TAGS.filter(tag => tag.names.test(name)).flatMap(tag => tag.idsOf(work))
    const ids = [...new Set([...idsOf(tagged), ...others])]
    return { name, count: ids.length, unit: '件次', ledger: '走访巡查、信息、事件台账', ids }
  })
}

function idsOf(records: readonly { id: string }[]): string[] {
  return records.map(({ id }) => id)
}
