import type { InfoTopic, SlotsOf } from '../../../handlers/slots.ts'
import { classifyTopic } from '../classifier.ts'
import type { Evidence } from '../cues/cue.ts'
import type { PlaceSpan } from '../places.ts'
import { judgeCategory } from '../problems.ts'
import { compact, cut } from './common.ts'

const SOLVED =
  /(?:我|已经?|顺手|顺便|当场|自己).{0,8}(?:撕(?:掉|了)|扑灭|灭了|拦(?:下|住)|清(?:掉|理了|走)|捡(?:走|掉)|扶(?:起|好)|关(?:掉|了)|处理(?:掉|好|了)|解决|修好|搬(?:走|开)|移走|劝(?:开|走|好)|盖灭|推走|铲掉|制止|扫(?:掉|了))/
/** Where something happened stands before it was seen, or at the beginning; who comes or is called stands after. */
const NOT_WHERE = /(?:请|叫|让|找|派|联系|通知|送|去|要|来|报|往|是|说|转到|打|上|到|跟|与)$/

/** The first place that could be where it is; a named one before a mere spot. */
function pickScene(text: string, places: readonly PlaceSpan[]): PlaceSpan | undefined {
  const rank = (place: PlaceSpan, index: number): number => {
    const before = text.slice(Math.max(0, place.start - 2), place.start)
    let value = Math.min(place.strength, 3) * 2 - index * 1.5
    if (/(?:在|到|路过|发现|位置[:：]?|地点[:：]?|地址[:：]?)$/.test(before)) value += 1.5
    if (NOT_WHERE.test(before)) value -= 4
    if (
      /(?:请|叫|让|麻烦|联系|通知|要求|得找)[^,。\s]{0,10}$/.test(
        text.slice(Math.max(0, place.start - 12), place.start),
      )
    )
      value -= 4
    if (
      /公司|物业|派出所|街道$/.test(text.slice(place.start, place.end)) &&
      /^(?:来|派|处理|的人|过来|赶紧|抓紧|尽快|帮|核实)/.test(text.slice(place.end))
    )
      value -= 5
    return value
  }
  return places
    .map((place, index) => ({ place, value: rank(place, index) }))
    .filter(({ place, value }) => place.strength >= 1 && value > 0.4)
    .sort((a, b) => b.value - a.value)[0]?.place
}

/** 在X发现, 路过X看到: a place without a word of places in it. */
const BARE_SCENE =
  /(?:路过|走到|经过|在)([\u4e00-\u9fff]{2,8}?)(?:看到|看见|发现|发觉|有人|碰到|那边|这边|附近|这里|那里)/

/** 隔壁 alone says nothing without whose; 冒充电力公司 is a pretence, not a place. */
const NOWHERE = /^(?:我?家?)?(?:隔壁|楼上|对面)$|^(?:冒充|假冒|自称|谎称)/

export function readReportIncident({ reading, text, problem, places }: Evidence): SlotsOf['reportIncident'] {
  const category = judgeCategory(text, problem)
  let place: { start: number; end: number } | undefined = pickScene(text, places)
  // Where somebody used to work is not where a petition happens.
  if (
    category === 'petition' &&
    places.some(candidate => candidate === place && (candidate.isFirm || candidate.strength < 3))
  )
    place = undefined
  if (!place && category !== 'petition') {
    const match = BARE_SCENE.exec(text)
    if (match)
      place = {
        start: match.index + match[0].indexOf(match[1]!),
        end: match.index + match[0].indexOf(match[1]!) + match[1]!.length,
      }
  }
  if (place && NOWHERE.test(text.slice(place.start, place.end))) place = undefined
  return compact({
    category,
    urgent: problem.urgent || undefined,
    place: place && cut(reading, place),
    solved: SOLVED.test(text) || undefined,
  })
}

const TOPICS: readonly [InfoTopic, number, RegExp][] = [
  [
    'publicOpinion',
    8,
    /社情民意|民情(?!分析)|舆情|舆论|民意|(?:居民|群众|大家|大伙|老百姓|村民|乡亲|村里人|婶子|老人们?|大妈们?|年轻人|街坊|业主|家长|商户).{0,12}(?:嫌|抱怨|埋怨|嘀咕|念叨|盼|评价|反响|议论|觉得|都说|普遍|满意|夸|点赞|称赞|认为|关心|关注|热议|担心|意见)/,
  ],
  [
    'policy',
    7,
    /(?:传单|宣传(?:单|册|手册|资料|页|画|品|材料|海报)|手册|小册子|海报|折页|告知书|倡议书|一封信|明白纸)|宣(?:传|讲)(?:了)?\S{0,10}(?:政策|知识|条例|法|反诈|防火|消防|医保|安全|垃圾分类|禁毒|交通)|政策.{0,6}(?:宣|讲)/,
  ],
  ['party', 8, /党员|党组织|组织关系|主题党日|党费|支部|入党|党课|预备党/],
  [
    'keyPerson',
    8,
    /重点人(?:员|群)|矫正|刑释|刑满|吸毒|戒毒|精神(?:障碍|病)|信访(?:人|户)|邪教|帮教|缓刑|涉毒|社戒|[\u4e00-\u9fff]某/,
  ],
  [
    'enterprise',
    7,
    /企业|公司|合作社|养[殖蜂猪鸡鸭鱼虾蟹羊牛]场|不干了|收摊|开了(?:个|一?家|间)|老板娘?|改(?:卖|做|开|行)|(?:关门|歇业|停业|倒闭|转让|不干了)(?=了|[\s,。]|$)|(?:新开|开了|关门|歇业|停业|倒闭|开张|开业|转让|搬走|换(?:了)?(?:家|老板)).{0,12}(?:店|厂|超市|馆|铺|驿站|吧|作坊|饭店|餐馆|门市|工作室|托管班)|(?:店|厂|超市|馆|铺|作坊|餐馆|饭店).{0,12}(?:新开|开业|开张|歇业|关门|停业|搬走|转让|换老板|倒闭|员工|工人|老板|注册|法人)|员工\S{0,3}\d|新增.{0,3}(?:家|个).{0,4}(?:店|厂|企业)|营业执照|个体户|商户信息|九小场所|沿街店/,
  ],
  ['housing', 5, /房屋(?:信息|台账|档案)|房东没(?:变|换|动)/],
  [
    'housing',
    7,
    /房屋|(?:出租|空置|空关|闲置|偏|空|厢|旧|自建|农)房|老宅|老屋|[东南西北偏]屋|租给|租出去|空着|空置|腾空|房东|退租|危房(?:信息|登记)|自建房|群租房(?:登记|信息)|[三两二四一]室|门牌|产权|二手房|拆迁房|房产|租金|(?:套|间)(?:空|出租)/,
  ],
  [
    'population',
    6,
    /流(?:动人)?口|人口|新搬|搬来|搬走|搬进|租客|租户|居住(?:登记|证)|户口|常住|外来|新增\S{0,3}人|注销|迁[入出]|入住|出生|宝宝|添丁|去世|过世|怀孕|新生儿|在册|暂住|新居民|一家[三四五六两]口|结婚|离世|外[出地省]?(?:务工|打工)|返乡|回乡|人户分离/,
  ],
]

/** What a unit of log-likelihood weighs beside the words above, and below what it no longer matters. */
const LIKELIHOOD = 1.5
const FLOOR = -6

/** The topic whose words are told most plainly, the likelihood of the whole wording beside them. */
function judgeTopic(text: string): InfoTopic {
  let best: InfoTopic = 'other'
  let most = Number.NEGATIVE_INFINITY
  for (const [topic, log] of classifyTopic(text)) {
    let sum = LIKELIHOOD * Math.max(FLOOR, log)
    for (const [named, weight, pattern] of TOPICS) {
      const match = named === topic ? pattern.exec(text) : null
      // What is said first, as a heading, outweighs what comes up later.
      if (match) sum += weight + (match.index < 10 ? 2 : 0)
    }
    if (sum > most) [best, most] = [topic, sum]
  }
  return best
}

export function readSubmitInfo({ reading, text, places }: Evidence): SlotsOf['submitInfo'] {
  const topic = judgeTopic(text)
  const place = places
    .filter(candidate =>
      topic !== 'keyPerson' && topic !== 'party' ? true : /\d/.test(text.slice(candidate.start, candidate.end)),
    )
    // Of a firm that opens or moves its own name is no place, unless it is a market or a building.
    .filter(candidate => {
      const words = text.slice(candidate.start, candidate.end)
      return (
        topic !== 'enterprise' ||
        !candidate.isFirm ||
        /\d|(?:广场|大厦|市场|园区?|公园|中心|大楼|[楼街路巷村口])$/.test(words)
      )
    })
    .filter(
      candidate =>
        topic !== 'publicOpinion' ||
        /^(?:的)?(?:居民|业主|群众|村民|商户|家长|住户|老人)/.test(text.slice(candidate.end)),
    )
    .filter(
      candidate =>
        candidate.strength >= 2 &&
        !/(?:搬去|搬到|回|是|来自|转到|从|去了)$/.test(
          text.slice(Math.max(0, candidate.start - 2), candidate.start).replace(/^.*在.*$/, ''),
        ),
    )
    .map(candidate => ({
      candidate,
      value: Math.min(candidate.strength, 3) + (/[\d号幢]/.test(text.slice(candidate.start, candidate.end)) ? 2 : 0),
    }))
    .sort((a, b) => b.value - a.value || a.candidate.start - b.candidate.start)[0]?.candidate
  return compact({ topic, place: place && cut(reading, place) })
}
