import type { Pack } from './pack.ts'

/** One group of what must be known of a grid, with the names under which its numbers are told. */
export interface FactGroup {
  name: string
  facts: string[]
}

/** What the documents call 常住人口数, 重点人员情况 is told as 常住人口, 重点人员. */
const ENDINGS = /(?:数量?|情况)$/u

/** A unit by what is counted; people say it or leave it out. */
const UNITS: readonly [RegExp, string][] = [
  [/户数|家庭|出租房|房$/u, '户'],
  [/企业|商铺|店|厂|单位$/u, '家'],
  [/设备|电梯|锅炉/u, '台'],
  [/问题|工作|隐患|事项/u, '项'],
  [/人口|人员|人$|代表|党员|病人|儿童|学生|青年/u, '人'],
]

/** How a closed ledger of the pack is spoken of. */
const CLOSED: Readonly<Record<string, RegExp>> = {
  keyPersons: /重点人员|涉稳|刑满|刑释|肇事/u,
  correction: /矫正|双正/u,
  addiction: /吸毒|戒毒|涉毒/u,
  health: /精神|病人/u,
  hardship: /困难|低保/u,
  poverty: /贫困|困难|低保/u,
  petition: /上访|信访/u,
  psychology: /心理|失衡|偏执/u,
  religion: /宗教|邪教/u,
  conscription: /征兵|应征/u,
}

/**
 * The groups of the document: the eight of 网格基本情况, or those of 应知应会; none where it names none, never invented.
 * 人员 is told by its kinds where the document names them. Source: S0-08, S3C-03
 */
export function listFactGroups({ lists }: Pick<Pack, 'lists'>): FactGroup[] {
  const namesOf = (key: string) => lists.find(({ value }) => value.key === key)?.value.names ?? []
  const basics = namesOf('gridBasics')
  const kinds = namesOf('populationKinds')
  return (basics.length > 0 ? basics : namesOf('knowledge')).map(said => {
    const name = nameFact(said)
    return { name, facts: name === '人员' && kinds.length > 0 ? kinds : [name] }
  })
}

/** The one name of what was told: 常住人口数 is 常住人口. */
export function nameFact(said: string): string {
  const bare = said.replace(ENDINGS, '')
  return bare.length >= 2 ? bare : said
}

/** 户, 人, 家 …; nothing where none fits. */
export function unitOfFact(name: string): string {
  return UNITS.find(([counted]) => counted.test(name))?.[1] ?? ''
}

/** Whether the pack keeps this out of groups. Source: S0-08 (重点人员 never printed in a group), S3C-03, S4D-36 */
export function isClosedFact(name: string, { privacy }: Pick<Pack, 'privacy'>): boolean {
  return privacy.closedLedgers.value.some(ledger => CLOSED[ledger]?.test(name))
}

/** Whether a number lies so far from the known one that it is asked for once more; the bound itself does not. Source: S4A-03 */
export function contradicts(told: number, known: number, percent: number): boolean {
  return Math.abs(told - known) * 100 > known * percent
}
