import { measureLikeness } from './likeness.ts'
import type { Pack } from './pack.ts'
import type { Verdict } from './verdict.ts'

/** What the document lists under 收集反馈社情民意, beside the kinds it names. Source: S2-14, S0-09 */
export const OPINION_KIND = '社情民意'

/** Words that tell the kind whatever the topic, the most telling first. */
const KIND_WORDS: readonly [kind: string, words: RegExp][] = [
  [
    '组织',
    /新开|开业|开张|停业|歇业|关门|关店|网吧|公司|企业|工厂|商铺|超市|宾馆|旅馆|餐馆|诊所|药房|培训机构|协会|合作社/u,
  ],
  ['人', /搬来|搬走|搬入|搬出|迁入|迁出|租客|租户|户籍|一家.口|新生儿|去世|老人|孩子|学生/u],
  ['物', /电梯|路灯|井盖|摄像头|消防栓|灭火器|充电桩|车辆|设施|设备|管道|健身器材|垃圾桶|宣传栏/u],
  ['地', /小区|楼栋|厂房|厂区|工地|地块|空地|出租房|房屋|道路|路段|公园|广场|河道|绿地/u],
]
/** What it is about tells the kind outright. */
const KIND_OF_TOPIC: Readonly<Record<string, string>> = { keyPerson: '人', party: '组织', policy: '事' }
/** The same, where no word tells more. */
const KIND_BY_DEFAULT: Readonly<Record<string, string>> = { population: '人', housing: '地', enterprise: '组织' }

/**
 * Which of the document's kinds an item is: by its words and by what it is about, else 事.
 *
 * @param topic code of the annotation guide
 * @returns undefined where the document lists no kinds, or not the one it would be
 * Source: S2-14 (人、地、物、事、组织等全要素信息，收集反馈社情民意)
 */
export function nameInfoKind(pack: Pack, topic: string, text: string): string | undefined {
  const listed = pack.lists.find(({ value }) => value.key === 'infoTypes')?.value.names
  if (!listed) return undefined
  if (topic === 'publicOpinion') return OPINION_KIND
  const word = KIND_WORDS.find(([, words]) => words.test(text))?.[0]
  const kind = KIND_OF_TOPIC[topic] ?? word ?? KIND_BY_DEFAULT[topic] ?? '事'
  return listed.includes(kind) ? kind : undefined
}

/** The word with which people begin, and the signs behind it. */
const HEAD = /^\s*(?:报|上报|记)?(?:信息|社情民意|民意)(?:上报|采集)?[\s：:，,。.、]*/u
const SAYS_NOTHING = /^(?:无|没有|暂无|无新增|没有新增|正常|一切正常|无异常|无变化|同上)$/u

/** What an item says, without the word that announces it. */
export function bodyOfInfo(text: string): string {
  return text.replace(HEAD, '').trim()
}

/** Whether there is anything in it: `信息：无` is none. Source: S2-25 (quality gate) */
export function isEmptyInfo(pack: Pack, text: string): boolean {
  const said = stripSigns(bodyOfInfo(text))
  const least = pack.quotaCounting?.minCharacters.value ?? 1
  return Array.from(said).length < least || SAYS_NOTHING.test(said)
}

const ALIKE = 0.8

/**
 * Whether two items of one grid say the same: nearly the same words, or the same in another order, with the same numbers in them, so that
 * 3幢 and 5幢 stay two.
 */
export function isSameInfo(one: string, other: string): boolean {
  const [a, b] = [bodyOfInfo(one), bodyOfInfo(other)]
  if (numbersIn(a) !== numbersIn(b)) return false
  return sortCharacters(a) === sortCharacters(b) || measureLikeness(a, b) >= ALIKE
}

function numbersIn(text: string): string {
  return (text.normalize('NFKC').match(/\d+|[零一二两三四五六七八九十]+(?=[幢号栋户人家口名个])/gu) ?? []).sort().join()
}

function sortCharacters(text: string): string {
  return Array.from(stripSigns(text).replace(/[了的]/gu, ''))
    .sort()
    .join('')
}

function stripSigns(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '')
}

/** What is nobody's business but the person's: told in private, and in no list or digest. Source: S1-31 (民族宗教工作及统一战线工作) */
export function isSensitiveInfo(topic: string, text: string): boolean {
  return topic === 'keyPerson' || /民族|宗教|信教|教徒|教会|统战|统一战线|侨眷|台属/u.test(text)
}

/** One way in which the population of a grid changes. */
export const populationKinds = ['movedIn', 'movedOut', 'born', 'died', 'arrived', 'left'] as const
export type PopulationKind = (typeof populationKinds)[number]

/** At least one of both is told. */
export interface PopulationChange {
  kind: PopulationKind
  households?: number
  people?: number
}

export const populationKindNames: Record<PopulationKind, string> = {
  movedIn: '迁入',
  movedOut: '迁出',
  born: '出生',
  died: '死亡',
  arrived: '流动人口流入',
  left: '流动人口流出',
}

/** The sum of several records, kind by kind in the order of the kinds; kinds that did not occur are absent. */
export function addPopulation(changes: readonly PopulationChange[]): PopulationChange[] {
  return populationKinds.flatMap(kind => {
    const own = changes.filter(change => change.kind === kind)
    if (own.length === 0) return []
    const sum = (of: 'households' | 'people') =>
      own.reduce((total, change) => total + (change[of] ?? 0), 0) || undefined
    return [{ kind, households: sum('households'), people: sum('people') }]
  })
}

/** Figures that count only from a bound on, by the rule that sets it. Source: S1-28, S1-29, S1-30 */
export const growthKinds = {
  wages: { rule: 'S1-28', name: '劳资上报单位', what: '平均工资' },
  survey: { rule: 'S1-29', name: '城镇住户调查户', what: '人均可支配收入' },
  investment: { rule: 'S1-30', name: '固定资产投资项目', what: '投资额' },
} as const
export type GrowthKind = keyof typeof growthKinds

/** `counted`, `notCounted` with the clause, or `pending` where the figure to compare with is not filled in. */
export interface GrowthVerdict extends Verdict {
  state: 'counted' | 'notCounted' | 'pending'
  /** `达到500万元，以上含本数` */
  because: string
}

/**
 * Whether a figure reaches the document's bound. 以上 takes the bound itself in, 必须超过 does not.
 *
 * @param amount in yuan
 * @returns undefined where the document has no such item
 */
export function judgeGrowth(pack: Pack, kind: GrowthKind, amount: number): GrowthVerdict | undefined {
  const { rule } = growthKinds[kind]
  const threshold = pack.thresholds.find(one => one.rule === rule)
  if (threshold) {
    const { atLeast, moreThan } = threshold.value
    const ok = atLeast !== undefined ? amount >= atLeast : amount > moreThan!
    const bound = formatYuan(atLeast ?? moreThan!)
    const because =
      atLeast !== undefined
        ? ok
          ? `达到${bound}，以上含本数`
          : `不到${bound}`
        : ok
          ? `超过${bound}`
          : `没有超过${bound}`
    return { ok, state: ok ? 'counted' : 'notCounted', because, clause: threshold.clause }
  }
  const gap = pack.gaps.find(one => one.rule === rule)
  return gap && { ok: false, state: 'pending', because: `${gap.what}还没有填`, clause: gap.clause }
}

/** `600万元`, `6.2万元`, `980元`. */
export function formatYuan(yuan: number): string {
  if (yuan >= 100_000_000) return `${Number((yuan / 100_000_000).toFixed(4))}亿元`
  return yuan >= 10_000 ? `${Number((yuan / 10_000).toFixed(4))}万元` : `${yuan}元`
}
