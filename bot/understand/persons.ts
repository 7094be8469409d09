import { DOUBLE_SURNAMES, SURNAMES } from './data/surnames.ts'
import { measureSoundDistance } from './sounds.ts'

/** Somebody named in a text; `form` tells how surely it is a name. */
export interface PersonSpan {
  start: number
  end: number
  form: 'roster' | 'title' | 'nickname' | 'anonymous' | 'full'
  /** True for an official or somebody who came along (徐书记, 跟民警一起): not the person visited. */
  isCompanion: boolean
}

const SURNAME = `(?:${DOUBLE_SURNAMES}|[${SURNAMES}])`
const KINSHIP =
  '奶奶|爷爷|外婆|外公|阿姨|阿婆|阿公|阿伯|阿叔|阿嫂|阿妹|大伯|大爷|大妈|大娘|大婶|大叔|大嫂|大姐|大哥|老太太|老太婆|老太|老伯伯|老伯|老爷子|老爹|老头子?|老汉|老师傅|老师|老人家|老人|老|婆婆|公公|伯伯|叔叔|婶婶|婶子|嫂子|师傅|师母|女士|先生|太太|姑姑|姑妈|姑|舅舅|舅妈|舅|伯母|伯娘|伯|娘娘|嬢嬢|阿爷|阿奶|叔公|伯公|叔婆|姨婆|姑婆|姨|叔|婶娘|婶|嫂|姐|哥|妹|爷|奶|婆|妈|爸|娘|医生|大夫|护士|同志|同学'
const OFFICE =
  '书记|主任|副?科长?|站长|所长|队长|组长|网格长|指导员|局长|镇长|主席|委员|干部|民警|警官|经理|总|厂长|校长|园长|院长|店长|律师|法官|社工|专员|部长|老板'

/** A surname with a form of address: 王奶奶, 李大姐, 张老太, 欧阳老师; also with the given name before it: 张桂英阿姨. */
const TITLED = new RegExp(
  `(?=${SURNAME}|阿)(?:(?<=^|[\\s\\p{P}\\d]|走访|慰问|看望|老人|家庭|对象|户)${SURNAME}[^\\s\\p{P}\\d的了家在到去]{1,2}(?:奶奶|爷爷|阿姨|大伯|大爷|大妈|大娘|老人|师傅|老师|女士|先生|同志)|(?:${SURNAME}家?|阿[\\u4e00-\\u9fff])(?:${KINSHIP})(?!家电|板|年人|旧|城|街|路|区|小区)(?<!老(?=[\\u4e00-\\u9fff])(?![说家那精身在和]))(?<!娘(?=[家子])))`,
  'gu',
)
/** 孙二娘, 刘三叔, 马老六, 顾阿四: a surname with a rank among brothers and sisters. */
const RANKED = new RegExp(
  `${SURNAME}(?:[大二三四五六七八九幺小](?:娘|叔|爷|婶|姐|哥|妹|姨|伯|舅|姑|嫂|妈|奶|婆)(?!家具)|老[大二三四五六七八九幺](?!楼)|阿[大二三四五六七八九小]|老[根栓憨蔫黑犟实](?![板人师家]))`,
  'g',
)
/** 老支书, 老会计: somebody known by what he was. */
const FORMER =
  /(?<=^|[\s,。:去到看望陪访见跟和与找给])老(?:支书|书记|村长|会计|队长|校长|主任|厂长|站长|中医|木匠|裁缝|铁匠|石匠|篾匠|瓦匠|船长|班长|排长|连长|县长|乡长|镇长|教师|劳模|红军|八路|模范|队医|村医)/g
/** 老周, 小郑, 老林头, 阿炳. */
const NICKNAMED = new RegExp(
  `(?=[老小阿])(?:(?<![大中]|[年幼最])[老小]${SURNAME}(?:头|师傅)?(?!${KINSHIP})(?<!老党|老城|老区|老家|老单|老房|老路|老人|小区|小时|小学|小车|小包|小路|小商|小于|小单|小计|小费|小方|小全|小苗|小池|小米|小花|小白|小麦|小查|小范|小安|小便)|[老小](?:方|花|白|池|苗|车|包|全|米|安|范|查)(?=[家在说今昨去的这那刚,，。 ]|师傅|$)(?!家具|家电|家庭)|(?<=[到去访看陪慰望]|了|^|[\\s,、:])阿[\\u4e00-\\u9fff](?=[家那屋去说今昨的聊她他一走,，\\s]|看过|$))`,
  'g',
)
const ANONYMOUS = new RegExp(`${SURNAME}某某?`, 'g')
const OFFICIAL = new RegExp(
  `${SURNAME}(?:${OFFICE})|(?:派出所|社区|街道|物业|村里?|燃气公司)?(?:${OFFICE.replace('|总', '').replace('|老板', '')})`,
  'g',
)
const TOGETHER = /^.{0,8}?(?:一起|一同|一块儿?|一道|陪同|联合|两个人|俩)/
const WITH = /(?:跟|和|与|同|陪|随|带着|会同|联合|配合)[^,，。\s]{0,4}$/

/** Characters that a given name hardly holds: grammar, measure, time, and the work's own verbs. */
const GIVEN =
  '[^\\s\\p{P}\\p{S}\\dA-Za-z的了过在去到家这那说有是没都也跟与就不来已刚又要把被给对让请我你他她它们吗呢吧啊呀哦个户幢楼号室路街巷村店厂谈聊坐送问看找走访查巡打报办处一二三四五六七八九十百两半今昨上下早晚午周时分钟么什怎哪还才只从向往比很太最更再能会老是可以为因所而或]'
const AFTER_NAME =
  '(?=$|[^\\u4e00-\\u9fff]|[家的那屋这谈聊坐已今昨刚在送问说讲近走缺漏扣没不脱来住又都也正反到病转回处和跟]|同志|老人|女士|先生|两口|一家|夫[妇妻]|上午|下午|早上|晚上|中午|前天|去过|去世|看过|看望|看了|情绪|身体|目前|一切|最近|独居|台账|记录|应知|入户|履职|上班|本人|精神|状态|表现|半|[一二三四五六七八九十两]|电话|组织|巡查|走访|慰问|按时|情况|手机|离岗|迟到|早退|对|态度|底数|工作|网格|有|把|报到|说明|签字|通过|业务|产后|产检|面谈|谈心|谈话|孕|今年|今早|今日|今朝|昨日|从|说|讲|反应|摔|生病|住院|出院|搬|养|种|腿|脚|腰|眼|血压|家里|屋里|唔|人[没不在])'
const BEFORE_NAME =
  '(?<=^|[\\s\\p{P}\\d]|走访|慰问|看望|看了看|看看|看了下?|探望|拜访|入户|上门|约谈|谈话|家访|见了?|找了?|访了?|督导|督查|抽查了?|检查了?|暗访了?|网格员|网格|老人|对象|人员|低保户?|困难户|特困户?|五保户|残疾人|军人|军属|烈属|党员|患者|租客|房东|住户|居民|户主|业主|矫正|村民|房客|老兵|同志|劳模|孤儿|[幢号室楼栋单元组队]|听说|[户农民员工者友属贩匠主商汉婆太友](?<!人民|公民|主任|主要|业主要|户主)|的|陪|跟|和|与|到|去|了|叫)'
const FULL = new RegExp(
  `${BEFORE_NAME}${SURNAME}(?:[家]?${GIVEN}{1}(?<=家${GIVEN})${AFTER_NAME}|${GIVEN}{2}${AFTER_NAME}|${GIVEN}${AFTER_NAME})`,
  'gu',
)
/** A full name right before its home: 牛铁柱家, 沈阿土屋里, 顾长根那儿. */
const AT_HOME = new RegExp(
  `${SURNAME}(?:阿[\\u4e00-\\u9fff]|${GIVEN}{2})(?=家(?![庭具电长属园乐务校])|屋里|那[里儿边]|炕)`,
  'gu',
)
/** A full name right after what somebody is, whatever follows: 船户康海生上岸了. */
const AFTER_ROLE = new RegExp(
  `(?<=[渔船蟹果菜茶药猎牧]民|[渔船蟹果菜茶种养贫脱低五困特监帮移搬拆住租散农][殖植困贫保迁测扶民]?户|老人|老太|老汉|对象|党员|军人|老兵|村民|居民|工人|师傅|司机|摊主|店主|房东|租客|户主|孤儿|患者|残疾人|独居|五保)${SURNAME}${GIVEN}{2}`,
  'gu',
)
/** Words that begin with the character of a surname and are no names. */
const NO_NAME =
  /^(?:方便|方法|高[层空温度龄血速兴]|安[全装排心检置]|平[安时房]|常[见态住用]|单[位元子身]|路[灯面边口]|车[子库棚辆位]|白[天色鹭]|黄[色线]|金[额属]|马[上路]|水|江[西苏边]|温[度馨]|任[务何]|计[划生]|向[上下东西南北]|明[天显白]|关[于门系]|连[续着]|农[贸村民]|全[部家体面网]|党[员支群建]|项目|成[功立年]|石|管[道理线老]|项|满[意]|严[重格]|时|查|储|原[来因先]|房[东子间屋租]|区|盛|符合|游[泳客]|谷|从|古|应[急该]|边|祝|麦|封|位|卫[生]|费|冷|米|包[装括饺粽馄团]|[\u4e00-\u9fff]家[角桥浜汇湾庄村沟坳埭宅弄巷塘坝店堡营屯圩岭坪冲渡口窝坟园]|子孙|谈|池|盘|闻|厉|劳动|经|电|能|通[知过道]|华|万|幸|易|雷|柴|毛[病巾]|牛[奶]|花|童|席|双|相|商[户铺店场]|解[决放]|司[法机]|沙|桑|强|阳[台光]|冀|楼|苗|和|危|居)/

function overlaps(spans: readonly { start: number; end: number }[], start: number, end: number): boolean {
  return spans.some(span => start < span.end && end > span.start)
}

function findRosterNames(text: string, names: readonly string[], spans: PersonSpan[]): void {
  for (const name of names) {
    if (name.length < 2) continue
    for (let start = 0; start + name.length <= text.length; start++) {
      const written = text.slice(start, start + name.length)
      // By sound only from three characters on: two-character homophones are mostly other words.
      const isSame =
        written === name || (name.length >= 3 && written[0] === name[0] && measureSoundDistance(written, name) === 0)
      if (isSame && !overlaps(spans, start, start + name.length)) {
        spans.push({ start, end: start + name.length, form: 'roster', isCompanion: false })
      }
    }
  }
}

/** Each way to name somebody, with a character that must stand in the text for it. */
const PATTERNS: readonly [form: PersonSpan['form'], isCompanion: boolean, hint: RegExp, pattern: RegExp][] = [
  ['anonymous', false, /某/, ANONYMOUS],
  ['nickname', false, /老/, FORMER],
  ['nickname', false, /[大二三四五六七八九幺小老阿]/, RANKED],
  ['title', true, /[记任长导局席委部警理总师官工员板科]/, OFFICIAL],
  ['title', false, new RegExp(`[${[...new Set(KINSHIP.replace(/[|?]/g, ''))].join('')}]`), TITLED],
  ['nickname', false, /[老小阿]/, NICKNAMED],
  ['full', false, /[家屋那炕]/, AT_HOME],
  ['full', false, new RegExp(SURNAME), FULL],
  ['full', false, /[民户人太汉象员兵傅机主东客儿者居保]/, AFTER_ROLE],
]

/**
 * Finds everything in `text` that can be a person's name, in its order.
 *
 * @param names the street's roster; its names are found by sound too
 */
export function listPersons(text: string, names: readonly string[] = []): PersonSpan[] {
  const spans: PersonSpan[] = []
  if (names.length > 0) findRosterNames(text, names, spans)
  for (const [form, isCompanion, hint, pattern] of PATTERNS) {
    if (!hint.test(text)) continue
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (end === start || overlaps(spans, start, end)) continue
      if (form === 'full' && NO_NAME.test(match[0])) continue
      spans.push({ start, end, form, isCompanion })
    }
  }
  for (const span of spans) {
    if (
      WITH.test(text.slice(Math.max(0, span.start - 8), span.start)) &&
      TOGETHER.test(text.slice(span.end, span.end + 14))
    )
      span.isCompanion = true
  }
  return spans.sort((a, b) => a.start - b.start)
}
