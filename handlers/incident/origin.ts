import type { IncidentOrigin } from '../../storage/incidents.ts'

/** How an incident came, as lists and timelines name it. Source: S1-04 (主动发现), S4B-05 */
export const originNames: Record<IncidentOrigin, string> = {
  found: '自查发现',
  resident: '群众反映',
  hotline: '热线转办',
  inspection: '督查发现',
  upper: '上级交办',
}

const ORIGINS: readonly [IncidentOrigin, RegExp][] = [
  ['hotline', /12345|12319|市长热线|政务热线|服务热线|热线转/],
  ['inspection', /督查|督导组|巡察|暗访|抽查发现|检查组|检查发现|江北监控|数字城管/],
  ['upper', /上级(?:交办|转来|转办)|(?:领导|街道|社区|县里|区里|镇里)(?:交办|转办|转来)|交办件|批示/],
  [
    'resident',
    /(?:居民|群众|业主|住户|村民|商户|租户|老百姓|大[爷妈叔娘]|阿姨|奶奶|爷爷|师傅|家长).{0,6}(?:反映|反应|反馈|举报|投诉|求助|来电|打电话|说|讲|要求|希望)|(?:接|收)到.{0,4}(?:反映|投诉|举报|求助|来电)/,
  ],
]

/** By its own words; what says nothing of it was found by whoever reports it. */
export function readOrigin(text: string): IncidentOrigin {
  return ORIGINS.find(([, words]) => words.test(text))?.[0] ?? 'found'
}

/** What was done at once and is no end yet: 已先关了总阀, 已经拉起警戒线. */
const FIRST_RESPONSE =
  /(?:已经?|我|现场)?(?:先期?|先行|暂时|临时|初步)(?:关|断|停|拉|摆|围|放|劝|扶|安抚|疏散|隔离|处置|处理|清|移|堵|盖|扑|稳)[^，。；！\n]{0,24}|(?:拉起?了?|设置?了?|围起?了?)(?:警戒线|警示带|围挡|路障)|(?:疏散|劝离|安抚|隔离)了[^，。；！\n]{0,16}/u

/** The words of a first response; undefined where none is told. Source: S2-15 (开展力所能及的前期处置) */
export function readFirstResponse(text: string): string | undefined {
  return FIRST_RESPONSE.exec(text)?.[0]
}
