/** Finds the words that say where: named places by the kind of word they end in, house numbers, and the spots after them. */

export interface PlaceSpan {
  start: number
  end: number
  /** How surely it is a place of its own: 3 named or numbered, 2 a common noun (菜场), 1 a mere spot (门口). */
  strength: number
  /** True where it is a firm, shop, school or the like, which can be visited itself. */
  isFirm: boolean
}

const ESTATE =
  '小区|新村|家园|花园|花苑|公寓|嘉苑|雅苑|名苑|名都|嘉园|庄园|别墅|大院|宿舍|安置房|社区(?!矫正|食堂|医生|工作|干部|民警|团购|书记|主任|网格|群|里的人|工会|公告|服务(?!中心|站))|新区|山庄|华府|御府|名邸|豪庭|华庭|新城|国际|公馆|苑|园(?![林丁艺])|(?<![家道区群厂店屋村手车水河院校间城夜心那这哪邻信群圈网话公梯箱桶库棚地井洞沟塘田山林袋包锅眼嘴子园场位格室厨廊窗仓巷街弄桥路摊房几十百千万一二三四五六七八九\\d面京省市县镇乡])里(?![地程面外边头])|湾|府(?![^\\s]*?办)|邸|郡|坊|(?<![家法])庭(?!外|院)|城(?=[一二三四五六七八九\\d]|[东南西北]门|门口|小)|村(?![民长里]民?|委会?主任|医|干部|支书)|屯|寨|自然村|苑子|排屋|弄堂'
const ROAD =
  '大道|大街|公路|马路|(?<![里马公铁道网线思有没一走上半套出迷带问让修铺堵探赶领引同顺])路(?![灯面上过况边人费牌障基线政径由段])|街(?!道|坊|面|上|头)|巷(?!子)|弄(?=[积到至\\d一二三四五六七八九十口里底东西南北]|\\s\\d)|胡同|(?<!天|小天)桥(?![下上头洞面梁])|高架桥?|隧道|立交桥?|码头|渡口|机耕路|国道|省道|交叉口|十字路口|路口|岔口|坡(?!上的)|堤坝?|大坝|水库|河(?![北南马])|塘(?![沿])|溪|港(?!口)|浜|漾|湖|江(?![西苏])|(?<![下上进出巡爬登封座])山(?![西东])|岭|坞|林场'
const FIRM =
  '镇政府|区政府|市政府|县政府|乡政府|街道办|街道(?=[一二三四五六七八九\\d]楼|门口|党校|大门|大会|会议|机关|大厅|办公)|菜市场|农贸市场|批发市场|建材市场|市场|菜场|集市|夜市|广场|公园|绿地|学校|小学|初中|高中|中学|大学|幼儿园|托儿所|托管班|培训班|培训机构|医院|卫生院|卫生室|卫生站|服务站|服务中心|邻里中心|养老院|敬老院|福利院|日间照料中心|照料中心|护理院|老年食堂|文化礼堂|礼堂|祠堂|寺庙?|庙|教堂|体育馆|图书馆|博物馆|汽车站|火车站|高铁站|公交站|地铁站|车站|收费站|加油站|加气站|充电站|变电站|配电站|粮站|废品站|回收站|收购站|垃圾站|中转站|泵站|站台|停车场|停车库|篮球场|球场|操场|足球场|工业园区?|产业园|园区|创业园|物流园|科技园|开发区|基地|养殖场|养鸡场|养猪场|猪场|农场|屠宰场|驾校|工地|项目部|仓库|冷库|车间|厂房|厂区|(?<!出)厂(?!长|里的)|公司|合作社|银行|农商行|农商银行|信用社|(?<![一-龥]{0,1}[同举进银各本内])[农工建中商邮]行(?!驶|动|业|人|走|程|车|为)|快修店|快餐店|快印店|包子铺|早点铺|裁缝铺|杂货铺|肉铺|药铺|(?:五金|建材|轮胎|水果|茶叶|粮油|木材|窗帘|渔具|电器|花木)行|超市|便利店|小卖部|药房|药店|供销社|邮局|邮政所|营业厅|营业部|农家乐|采摘园|度假村|茶室|书院|道观|油坊|豆腐坊|饭店|酒店|宾馆|旅馆|旅店|民宿|饭馆|餐馆|面馆|茶馆|茶楼|酒楼|餐厅|餐饮店?|早餐店|小吃店|大排档|烧烤店|烧烤摊|火锅店|奶茶店|水果店|理发店|美发店|美容院|足浴店|浴室|澡堂|(?:物流|快递|布行|车行|商行|粮油店?|五金|汽修|汽配|印刷|服饰|制衣|食品|包装|科技|机械|电子|家纺|塑胶|模具|木业|照相馆|影楼|眼镜店?|电器|建材|装饰|传媒|足浴|烟酒|水产|茶叶|文具|超市)(?=去|走|看|转|跑|检查|的?(?:老板|负责人|员工|工人|车间|仓库|门口)|上?门口|也|都|$|[\\s,，。])|洗浴|网吧|KTV|棋牌室|麻将馆|游戏厅|影院|健身房|汽修店|修理厂|修理店|修车铺|五金店|建材店|家具店|服装店|母婴店|快递站|快递点|驿站|快递驿站|门市部|门市|铺子|店铺|店面|门面|(?<![商网])店(?![里内员长铺面门家主])|摊位|摊(?![贩点主上])|作坊|诊所|售楼部|售楼处|样板房|商场|商城|商铺|大厦|大楼|写字楼|商务楼|中心(?!思)|党校|消防站|派出所|法庭|居委会|村委会|便民服务中心|经合社|合作联社|物业(?:办公室|公司)|活动室|活动中心|阅览室|农家书屋|警务室|值班室|门卫室|传达室|食堂|消控室|配电房|水泵房|会所'
const NUMBER = '[\\dA-Za-z一二三四五六七八九十百零〇壹贰叁]{1,6}'
const HOUSE = `第?${NUMBER}\\s*(?:号楼(?![上下])|号|幢|栋|座|#楼|#)(?!线|通知|提示|单子|任务|事件|网格|[前之]|\\s*(?:上午|下午))|(?:${NUMBER}[至到\\-~、])?${NUMBER}(?:单元|组(?!织|团)|队(?![伍长])|期(?!间|限|末))|${NUMBER}(?:楼|层(?![花冰雪灰油水土霜皮布膜沙]))|(?<![\\d:：.])[\\dA-Za-z]{1,3}-\\d{1,3}(?:-\\d{2,4})?(?![\\d:：.]|\\s*(?:网格|岁|号网格|[个人天次家户]))|\\d{1,4}室`
/** Behind a building 302张建国 is a room and a name; everywhere else 302张 counts sheets. */
const ROOM =
  '(?<![\\d.])\\d{3,4}(?:室|号房|房)?(?![\\d.]|\\s*(?:[年多余人户元块米天度份本张个名家次]|公里|分钟|小时|万|千|[kK]))|(?<=[幢栋座元楼])\\d{3,4}(?=张(?!传单|通知|海报|照片|[表票卡纸单贴]|[\\s,。]|$))'
/** Rooms and fields that say where only after a place of their own (张家埭14号灶间, 村东头麦地). */
const PART =
  '灶间|灶房|柴房|天面|天井|堂屋|麦地|麦田|稻田|棉田|果园|茶园|竹林|树林|林子|猪圈|牛棚|羊圈|鸡舍|大棚|窑洞|骑楼|铺面|后院|前院|院子'
const SPOT =
  '消防通道|消防车道|疏散通道|安全通道|安全出口|逃生通道|主干道|非机动车道|机动车道|人行道|盲道|步道|绿道|游步道|地下车库|地下室|地下停车场|地库|车库|车棚|充电棚|充电桩|电动车棚|非机动车棚|架空层|垃圾房|垃圾点|垃圾桶|垃圾投放点|厕所|公厕|卫生间|楼梯口|楼梯间|楼梯|楼道口|楼道|过道|走廊|门厅|大厅|电梯口|电梯间|电梯|大门口|校门口|店门口|家门口|村口|巷口|弄口|桥头|桥上|桥下|桥洞|桥边|桥面|路口|路边|路面|路上|路段|街边|街口|河边|河道|河里|河堤|塘边|溪边|江边|海边|水边|湖边|岸边|田边|田里|地里|山上|山脚下?|山坡|半山腰|坟地|坟山|墓地|挡墙|围墙|外墙|山墙|墙角|墙面|墙外|阳台|露台|屋顶|楼顶|天台|顶楼|屋面|窗口|窗台|后门|前门|正门|侧门|大门|单元门|[东西南北]大?门|[东南西北]侧|[东西南北]区|[东南西北]头|[东南西北]面|二期|一期|三期|四期|涵洞|隧道口|门口|楼下|楼上|后面|前面|对面|旁边|隔壁|附近|周边|周围|四周|沿线|沿街|一带|拐角处?|拐弯处?|转角处?|转弯处?|交界处?|入口处?|出口处?|尽头|中间|底下|下面|上面|里面|外面|边上|门前|门外|屋后|房前屋后|绿化带|花坛|草坪|凉亭|广告牌|健身区|健身点|健身角|游乐区|儿童乐园|舞台|宣传栏|公告栏|岗亭|门岗|道闸|红绿灯|斑马线|公交站牌|下坡|上坡|坡上|坡下|工棚|宿舍楼|教学楼|办公楼|[大小]?会议室|城墙根?|墙根|洼地|多功能厅|报告厅|阶梯教室|教室|办公室|书房|讲堂|厨房|底层|架空|菜地|鱼塘|池塘|沟渠|水沟|空地|荒地|工业区|商业街|步行街|老街|后街|前街|横街|直街|中街'
/**
 * What villages, field names and quarters end in (榆树沟, 李家坳, 下洼子, 石家浜, 沙洲围, 村西头, 仓库那片). Common characters, so
 * they end a place only where its name begins at a seam and is not followed by more of a word.
 */
const LAND =
  '洼子|窝棚|岭子|河沿|江沿|岔口|角落|沙洲|基围|大围|树头|涌边|海傍|家宅|老宅|村[东南西北]头|屯[东南西北]头|[东南西北]头|[东南西北]片区?|那片|这片|那块地|片区|组团|大棚区|家属[区院]|经济社|(?:庄|屯|洼|沟|营|店|堡|集|岭|坡)子(?=[\\s,。\\d夜昨今有那的]|$)|沟|坳|埭|圩|汇(?![报总集聚款])|垸|畈|塬|峪|峁|坪|墩|涌|沥|埠|塆|冲(?![了出进过走洗锋突撞着垮])|庄|堡|甸|店子|渡(?![过口])|嘴(?![里上巴])|阁|围(?![了着墙住在观栏得堵])|角(?![度落])|坝(?![体])|场(?![地面所合景馆])|洼|尾|滩(?!位)|荡|埔|澳|洲|渚|浦|礁|崖|岩|隘|岛|窝(?![在着了里])|(?<=[黄红土石山岭东西南北大])岗(?![亭位])|闸口?|(?<=[家东南西北桥井河塘浜大小长前后])弄|出租[屋房]|(?<![脚底嘴台伸抽])坡(?![度道])'
const LAND_PLACE = new RegExp(
  `(?<=^|[\\s,。;!、(:]|[在到去从打沿往回给于的把了着]|路过|经过|走访|探望|探访|巡查|巡逻|入户|上门|昨夜|昨晚|今早)(?:(?!我|你|他|有|说|这|那|昨|今|明|上午|下午|一|来|去|在|到|刚|打|从|看|把|被|给|将|跟|和|让|了|个|不|没|的|探|访|巡|查|找|见)[\\u4e00-\\u9fff]){1,4}?(?:${LAND})(?=$|[\\s,。;!:)、]|[那这的有又还昨今前夜半大里外边上下着来住家出发起闻几把被让水跟旁附一二三四五六七八九十两\\d组队巡走转兜行看夜全两电路垃着柴后南北东西老近最到至不叫跑飞自井树墙灯楼房门车]|\\p{Script=Han}{2,3}(?:家|屋里|那[儿里边]|\\d))`,
  'gu',
)
/** No place, though it ends like one. */
const NO_LAND =
  /^(?:[老小阿].|.{0,3}(?:周围|外围|范围|氛围|包围|当场|重点场|现场|市场|立场|出场|下场|入场|广场|排场|主角|配角|口角|死角|拐角|墙角|外汇|词汇|楼阁|结尾|收尾|末尾|追尾|尾随|尾巴|冲突|脾气|水沟|阴沟|地沟|鸿沟|山沟|臭水沟|桥墩|石墩|电瓶|茶庄|钱庄|坟场|战场|操场|球场|会场|考场|商场|菜场|工场|农场|林场|停车场|一场|这场|那场|两头|从头|心头|苗头|回头))$/
/** Two quarters told together: 南北两个屯, 东西两个庄. */
const PAIR =
  /[东南西北前后上下老新]{2}(?:两|俩|二|三|仨|几)个?(?:屯|村|庄|组|片|小区|队|营|湾|圩)|(?<=^|[\s,。把在到])[东南西北中]片区?/g
const ANCHOR = new RegExp(`(${HOUSE})|(${FIRM})|(${SPOT})|(${ESTATE})|(${ROAD})|(${ROOM}|${PART})`, 'g')

/** Common nouns that name a place without a name before them. */
const STANDALONE =
  /^(?:大排档|镇政府|[区市县乡]政府|街道办?|菜市场|农贸市场|菜场|市场|广场|公园|学校|小学|中学|幼儿园|医院|卫生院|服务站|服务中心|邻里中心|养老院|敬老院|文化礼堂|礼堂|祠堂|车站|火车站|汽车站|公交站|高铁站|地铁站|加油站|停车场|工地|工业园区?|园区|社区|小区|村委会|居委会|老街|后街|前街|横街|直街|步行街|商业街|消防站|党校|便民服务中心|活动中心|活动室|河边|塘边|江边|山上|大坝|水库|会议室|食堂|高架|十字路口|路口|村口|巷口|楼道|电梯|地下车库|车库|车棚|河道|后门|后山|围墙|垃圾房|公厕|派出所|售楼部|售楼处|绿道|桥头|桥下|桥上|桥洞|[东西南北]大?门|消防通道)$/

/** Words at which the name of a place begins at the latest: what stands before it is not part of it. */
const STOP =
  /(?:一下|今天|今日|今早|今晚|今朝|昨天|昨日|昨晚|昨夜|前天|明天|后天|上午|下午|早上|晚上|中午|凌晨|半夜|傍晚|夜里|夜间|大清早|一早|清早|刚刚|刚才|方才|刚刚才|现在|目前|最近|这几天|这两天|每天|天天|经常|老是|一直|总是|又是|还是|都是|本周|这周|上周|周[一二三四五六日末]|节前|节后|走访(?:企业|场所|商户|单位)|重点场所|走访|走访了|入户|巡查|巡逻|巡视|夜巡|巡了?|检查|排查|督导|督查|慰问|看望|探望|拜访|回访|家访|走到|走过|转到|路过|经过|看到|看见|发现|发觉|碰到|遇到|听说|接到|收到|反映|反应|反馈|举报|投诉|上报|报告|报备|汇报|通知|记录|登记|更新|新增|补记|补录|来到|去了|到了|来了|去过|在|到|去|从|往|沿着|(?:^|[^\u4e00-\u9fff]|[去又])沿|了|着|探访|探望过|探|望|过|的(?!士)|把|被|将|给|向|对(?!面)|跟|于|是|有人|有个|有|说|讲|叫|让|请|帮|我们|我|你们|你|他们|他|她|咱们|咱|俺|这里|那里|这边|那边|这个|那个|这|那|哪|网格|位置|地址|地点|时间|内容|情况|隐患|问题|事件|居民|村民|业主|群众|大家|各位|老人|孩子|小孩|有户|一户|一家|几个|一个|两个|紧急|快|速|急|打卡|上班|下班|签到|到岗|在岗|顺便|另外|顺路|途中|沿途|附近的|已|已经|才|就|也|还|再|刚|正|正在|去看|看|查|找|安排|定在|定于|改在|改到|放在|设在|位于|住|家住|坐|都|卖|过期|那段|这段|站|召开|举行|准备|打算|麻烦|你好|您好|喂|那么|然后|因为|所以|但是|不过|听|进|出|来|至|与|同|或|、|及|老板|老李家|点|半|会|开|个|名|条|只|台|辆|块|处|起|次|场|份|袋|些|要|能|不|没|无|完|好(?![又运来]|$)|啦|啊|呀|吧|呢|吗|嘛|哈|哦|嗯|嗯嗯|呃|额|叔|姨|某|分|秒|\d[年月日号]|\d)$/
const MAX_NAME = 7
const JOINER = /^(?:\s?|靠|近|\s?[与和到至]\s?(?=[^\s]{1,5}(?:路|街|巷|大道|桥|站|小区|苑))|[,、]?\s?)$/

const KIND_OF_GROUP: readonly Anchor['kind'][] = ['house', 'firm', 'spot', 'estate', 'road', 'room']

export interface Anchor {
  start: number
  end: number
  kind: 'house' | 'firm' | 'spot' | 'estate' | 'road' | 'room' | 'known' | 'land'
}

/** Finds the words that end the name of a place, with the names of `known` places. */
export function listAnchors(text: string, known: readonly string[] = []): Anchor[] {
  const anchors: Anchor[] = []
  for (const name of known) {
    for (
      let start = text.indexOf(name);
      name.length > 1 && start >= 0;
      start = text.indexOf(name, start + name.length)
    ) {
      anchors.push({ start, end: start + name.length, kind: 'known' })
    }
  }
  for (const pattern of [PAIR, LAND_PLACE]) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (NO_LAND.test(match[0]) || anchors.some(other => start < other.end && end > other.start)) continue
      anchors.push({ start, end, kind: 'land' })
    }
  }
  for (const match of text.matchAll(ANCHOR)) {
    const [start, end] = [match.index, match.index + match[0].length]
    if (anchors.some(other => start < other.end && end > other.start)) continue
    const kind = KIND_OF_GROUP[match.indexOf(match[0], 1) - 1] ?? 'spot'
    anchors.push({ start, end, kind })
  }
  return anchors.sort((a, b) => a.start - b.start)
}

/** The position where the name before an anchor begins. */
function findNameStart(text: string, anchorStart: number, floor: number): number {
  let start = anchorStart
  while (start > floor && anchorStart - start < MAX_NAME) {
    const before = text.slice(Math.max(floor, start - 4), start)
    // 同福 and 同心 begin names, elsewhere 同 joins two people.
    const beginsName = /同$/.test(before) && /[福心德乐庆安兴仁济发利]/.test(text[start] ?? '')
    if (/[^\u4e00-\u9fffA-Za-z]$/.test(before) || (!beginsName && STOP.test(before))) break
    // 和睦路 and 仁和医院 hold the character that elsewhere joins two things, near their beginning.
    if (before.endsWith('和') && /[\u4e00-\u9fff]{2}和$/.test(before) && !/[睦平谐善美顺]/.test(text[start] ?? ''))
      break
    start--
  }
  return start
}

/** Words before a number that make it no house number (报告12号, 编号3, 提示单5号), or that no name of a place holds. */
const NO_HOUSE_NAME =
  /[第号#单案件报告编务知题次期月年周日天后前到至是为和跟与共近约各每全都只才又还就已再有没人家户我你他谁这那几厂店司室灯车票钱水饭酒烟药菜奖场线]$|提示|通知|任务|会议|请假|收到|完成|办|退回|同意|签发|补充|查|看|走访|入户|电话|房间|包厢|地铁|公交|彩票|开奖|球|航班|快递/

/** The name right before a house number (浜东12号, 张家埭14号, 赵庄三组): two to five characters from a seam on, else none. */
function findHouseName(text: string, houseStart: number, floor: number): number {
  const start = findNameStart(text, houseStart, floor)
  const name = text.slice(start, houseStart)
  return /^[\u4e00-\u9fff]{2,5}$/.test(name) && !NO_HOUSE_NAME.test(name) ? start : houseStart
}

const isWholeName = (kind: Anchor['kind']): boolean => kind === 'room' || kind === 'known' || kind === 'land'
const isNamed = (kind: Anchor['kind']): boolean => kind === 'estate' || kind === 'road' || kind === 'firm'

/**
 * Joins the anchors of `text` to the places told, in its order, each as one span from its name to the last spot
 * (`丽景新村12幢401`, `塘下弄14号二楼`, `城北路到老粮站`).
 *
 * @param taken spans that no name of a place may reach into (persons)
 */
export function joinPlaces(
  text: string,
  all: readonly Anchor[],
  taken: readonly { start: number; end: number }[],
): PlaceSpan[] {
  const anchors = all.filter(anchor => !taken.some(span => anchor.start < span.end && anchor.end > span.start))
  const places: PlaceSpan[] = []
  for (let index = 0; index < anchors.length; index++) {
    const first = anchors[index]!
    const floor = Math.max(
      places.at(-1)?.end ?? 0,
      ...taken.filter(span => span.end <= first.start).map(span => span.end),
    )
    const start = isWholeName(first.kind)
      ? first.start
      : first.kind === 'house'
        ? findHouseName(text, first.start, floor)
        : findNameStart(text, first.start, floor)
    let end = first.end
    let strength = strengthOf(first, text, start)
    let isFirm = first.kind === 'firm'
    while (index + 1 < anchors.length) {
      const next = anchors[index + 1]!
      const gap = text.slice(end, next.start)
      const continues =
        JOINER.test(gap) ||
        (isNamed(next.kind) &&
          gap.length <= 5 &&
          /^[\u4e00-\u9fff]+$/.test(gap) &&
          findNameStart(text, next.start, end) === end)
      const crosses =
        next.kind === 'road' &&
        anchors[index]!.kind === 'road' &&
        /^[与和跟及]/.test(gap) &&
        findNameStart(text, next.start, end + 1) === end + 1
      if (crosses) {
        index++
        end = next.end
        continue
      }
      if (!continues || (/\s|,|、/.test(gap) && !['house', 'room', 'spot'].includes(next.kind))) break
      if (next.kind === 'room' && !/[幢栋号楼元座\d-]$/.test(text.slice(0, end)) && gap !== '') break
      index++
      end = next.end
      strength = Math.max(strength, strengthOf(next, text, next.start - gap.length))
      isFirm = next.kind === 'firm' || (isFirm && next.kind !== 'house')
    }
    if (strength > 0) places.push({ start, end, strength, isFirm })
  }
  return places
}

function strengthOf(anchor: Anchor, text: string, start: number): number {
  const words = text.slice(start, anchor.end)
  if (anchor.kind === 'known') return 4
  if (anchor.kind === 'land') return 3
  if (anchor.kind === 'room') return 0
  if (anchor.kind === 'house' && /(?:共|合计|总计|大约|将近)\s?$/.test(text.slice(Math.max(0, start - 3), start)))
    return 0
  if (anchor.kind === 'house' && anchor.start > start) return 3
  if (anchor.kind === 'house') return /组$|期$|队$/.test(words) ? 0 : /号$|#$/.test(words) ? 1 : 3
  const named = anchor.start > start
  if (anchor.kind === 'spot') return named ? 2 : STANDALONE.test(words) ? 2 : 1
  if (named) return 3
  return STANDALONE.test(words) || (anchor.kind === 'firm' && words.length >= 4) ? 2 : 0
}
