import type { Pack } from './pack.ts'

/** Kinds of visit that words tell apart under every document, the narrower first. Source: S1-19…S1-21, S3A-01, S3A-02, S3A-05, S3A-06, S4A-04 */
const KINDS: readonly [name: string, words: RegExp][] = [
  ['社区矫正', /矫正|刑满|刑释|帮教/u],
  ['征兵', /征兵|应征|适龄青年|兵役/u],
  ['军烈属', /军属|烈属|军烈|优抚/u],
  ['民兵', /民兵/u],
  ['健康服务', /健康服务|量(?:了)?血压|测(?:了)?血[压糖]|义诊|体检|随访|送药/u],
  ['特色服务', /(?:科技|文化|技术|就业|信息)服务|岗位信息|就业信息|致富信息|送技术/u],
  ['宣传', /宣传|宣讲|发放?(?:传单|资料|明白纸)/u],
  ['企业', /企业|公司|工厂|厂区|[^\s厂]厂(?![里门])/u],
]

/** By which words a visit is of a kind that a document names itself. Source: S4D-20 */
const OWN_WORDS: readonly RegExp[] = [
  /串(?:串)?门/u,
  /拉(?:拉)?呱|拉家常|唠(?:唠)?嗑/u,
  /扶一把|帮扶|搭把手|帮.{0,6}(?:买|修|搬|送|办)/u,
]

/** What people tell on a visit. Source: S3A-02 (各类服务需求、困难、意见和建议) */
const TOPICS: readonly [name: string, words: RegExp][] = [
  ['建议', /建议|希望能?(?:够)?(?:增|改|多|把|在)/u],
  ['意见', /意见|不满|投诉|反感/u],
  ['困难', /困难|没钱|交不起|看不起病|揭不开锅|生活费|没人照[顾料]/u],
  ['服务需求', /需求|需要|缺|想要|想办|想找|想申请|申请|求助|代办|用工|招工/u],
]

/** A danger or a defect that somebody must see to. */
const HAZARD =
  /老化|破损|破裂|开裂|裂缝|漏[水气电雨]|渗水|堵(?:了|塞)|坏(?:了|掉)|隐患|松动|脱落|断(?:了|裂)|裸露|私拉|飞线|超负荷|过期|失灵|不亮|塌|倾斜|积水|占用|堆[放物]|异味|冒烟|短路/u
/** That all is well, or was bad and is put right. */
const NO_HAZARD =
  /(?:没(?:有)?|无|未)(?:发现)?(?:任何|什么|啥|明显)?(?:安全)?(?:隐患|问题|异常)|已(?:经)?(?:修好|处理|解决|整改|更换|换好)/u
const NO_NEED =
  /(?:没(?:有)?|无|不)(?:什么|啥|别的|其他)?(?:需求|需要|困难|意见|建议|缺)|不缺|已(?:经)?(?:解决|办好|送到)/u

export interface VisitSort {
  kind?: string
  topic?: string
  /** What a case could be made of. Source: S0-12, S1-17 */
  offers?: 'hazard' | 'need'
}

/** What sort of visit the words tell of. A kind that the document names itself comes before the common ones. */
export function judgeVisitSort(words: string, findings: string | undefined, pack: Pick<Pack, 'lists'>): VisitSort {
  const own = namesOf(pack, 'visitKinds').find((_, index) => OWN_WORDS[index]?.test(words))
  const kind = own ?? KINDS.find(([, told]) => told.test(words))?.[0]
  const told = findings ?? ''
  const topic = NO_NEED.test(told) ? undefined : TOPICS.find(([, cue]) => cue.test(told))?.[0]
  const isHazard = HAZARD.test(told) && !NO_HAZARD.test(told)
  return { kind, topic, offers: isHazard ? 'hazard' : topic === undefined ? undefined : 'need' }
}

/** In the order of the document's own list. Source: S4D-05 (采集基础信息、管理重点人员、排查安全隐患、调解矛盾纠纷、宣传法规政策、开展民生服务) */
const DUTIES: readonly [index: number, is: (sort: VisitSort, words: string, isClosed: boolean) => boolean][] = [
  [1, (_sort, _words, isClosed) => isClosed],
  [3, (_sort, words) => /调解|劝和|纠纷|矛盾|吵架/u.test(words)],
  [4, ({ kind }) => kind === '宣传'],
  [2, ({ offers }, words) => offers === 'hazard' || /隐患|安全检查|消防/u.test(words)],
  [5, ({ kind, topic }) => kind === '健康服务' || kind === '特色服务' || topic !== undefined],
  [0, () => true],
]

/** Which of the six duties a visit belongs to; undefined where the document lists none. `isClosed`: it was to somebody on a closed list. */
export function judgeDuty(
  sort: VisitSort,
  words: string,
  isClosed: boolean,
  pack: Pick<Pack, 'lists'>,
): string | undefined {
  const names = namesOf(pack, 'duties')
  const [index] = DUTIES.find(([, is]) => is(sort, words, isClosed)) ?? []
  return names.length === DUTIES.length && index !== undefined ? names[index] : undefined
}

function namesOf({ lists }: Pick<Pack, 'lists'>, key: Pack['lists'][number]['value']['key']): readonly string[] {
  return lists.find(({ value }) => value.key === key)?.value.names ?? []
}
