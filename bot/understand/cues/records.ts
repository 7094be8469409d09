import { type Cue, cuesFor } from './cue.ts'

const TALK =
  '聊|谈|坐了|唠|陪|说了|讲了|拉家常|慰问|看望|探望|送(?:了|去|上)|宣传|核对|检查|看过|看了|走了一趟|去了一趟|上门'

/** What was done in the grid: visits and patrols. */
export const recordCues: readonly Cue[] = [
  ...cuesFor('visit', [
    [
      6,
      'says 走访, 入户, 慰问',
      /走访|入户(?!门|走访表)|家访|回访|上门(?:看|走|探|慰|拜|了|访|服务|送|\d|[一二三四五六七八九十半])|慰问(?!品|金|登记表)|看望|探望|拜访|探访|约谈|面谈|访谈|上门了/,
    ],
    [
      5,
      'has been to see somebody',
      ({ text, reading }) =>
        /(?:去|来|到|看|访|走|见|问|聊|谈|坐|陪|探)(?:过|了|完|好)(?:\S{0,3})?|聊(?:聊|天)|出来|见了?面|坐坐|看了?(?:看|下|一下)/.test(
          text,
        ) &&
        HAS_PERSON.test(text) &&
        !/没(?:有)?去|要去|想去|明天去|准备去/.test(text) &&
        reading.text.length < 400,
    ],
    [
      4,
      'has been to a firm',
      /(?:去|到|走|来|在|跑)(?:了|过)?\S{1,16}(?:厂|公司|店|超市|幼儿园|小学|中学|学校|宾馆|酒店|饭店|网吧|养老院|企业|驿站|药房|诊所|市场|工地|棋牌室|馆|吧|站|银行|酒楼|仓库|园|场|合作社)\S{0,4}(?:[走去看转查]|了解|一趟|检查|核对|宣传|讲|登记)|(?:厂|公司|店|超市|幼儿园|小学|中学|学校|宾馆|酒店|饭店|网吧|养老院|驿站|药房|诊所|棋牌室|馆|吧|站)(?:也)?(?:去过|走过|看过|走访|去了|走了|看了|查过|到过|跑了|检查)/,
    ],
    [3, 'tells how long it took', ({ reading }) => reading.minutes.length > 0],
    [
      3,
      'counts the households called on, or tells that nobody was there',
      ({ text, isQuestion }) =>
        !isQuestion &&
        /^(?:今天|上午|下午|刚才|刚刚)?(?:走访|入户|慰问|看望)(?:了|过)?[^,。!?]{0,12}?(?:(?:\d+|[一二两三四五六七八九十]+)户|[\s,]*(?:不在家|没人在?|拒访|未遇))/.test(
          text,
        ),
    ],
    [
      3,
      'names several who were called on',
      ({ text, persons, isQuestion }) =>
        !isQuestion &&
        persons.filter(({ isCompanion }) => !isCompanion).length >= 2 &&
        /^(?:今天|上午|下午|刚才|刚刚)?(?:走访|看望|慰问|入户)(?:了|过)?[^,。]{1,8}[、,和]/.test(text),
    ],
    [
      5,
      'begins with the visit and what kind of place',
      ({ text, isQuestion }) =>
        !isQuestion &&
        /^(?:今天|上午|下午|刚才|刚刚)?走访(?:了|过)?(?:辖区|沿街|重点)?(?:企业|商户|商铺|工厂|单位|场所|门店|店铺)\S/.test(
          text.replace(/\s+/g, ''),
        ),
    ],
    [
      4,
      'begins with the visit and whom',
      ({ text, persons, isQuestion }) =>
        !isQuestion &&
        persons.some(
          ({ start, isCompanion }) =>
            !isCompanion &&
            /^(?:今天|上午|下午|刚才|刚刚)?(?:走访|看望|慰问|探望)(?:了|过)?[^,。\s]{0,8}$/.test(text.slice(0, start)),
        ),
    ],
    [
      5,
      'dropped in on somebody',
      ({ text, isToColleague }) => !isToColleague && /串(?:串)?门|拉(?:拉)?呱/.test(text) && HAS_PERSON.test(text),
    ],
    [
      2,
      'tells that all is well',
      /正常|稳定|都好|挺好|蛮好|不错|没(?:啥|什么|有)?(?:问题|情况|异常|事)|无异常|平稳|还行|精神|健康|良好|按时报到|一切/,
    ],
    [3, 'talks with somebody', new RegExp(`(?:${TALK}).{0,10}(?:分钟|小时|钟头|刻钟|半天|一会)`)],
    [5, 'spent time at a firm', ({ reading, hasFirm }) => hasFirm && reading.minutes.length > 0],
    [
      -6,
      'found a problem on the way',
      ({ problem, text }) => problem.strength >= 6 && /发现|看到|看见|的时候|时候|碰到|遇到|[她他]说/.test(text),
    ],
    [
      4,
      'is a form of a visit',
      /(?:走访|入户)(?:记录|登记|情况)?[\s:：】]|(?:走访)?对象[:：]|被访人[:：]|走访时间[:：]/,
    ],
    [
      -6,
      'asks or counts',
      ({ isQuestion, text }) =>
        isQuestion &&
        /走访|入户|几[户家]|多少/.test(text) &&
        /多少|几[户家次]|统计|查|吗|没有?$|最少|规定|填好/.test(text),
    ],
    [-5, 'speaks to a colleague', ({ isToColleague }) => isToColleague],
    [
      -4,
      'speaks of visits to come or of the weariness',
      /走访(?:走得|的时候(?:注意|要)|累|任务|表|漏|率|计划|要求|工作)|(?:明天|下午|待会|等会|准备|要去|打算|安排|开展|组织).{0,4}(?:走访|入户)|腿(?:都)?断|大家走访/,
    ],
    [-6, 'clocks out with a count', /(?:下班|收工).{0,4}(?:打卡|了)?.{0,8}(?:走了|跑了|走访)\S{0,3}[户家]/],
    [-5, 'belongs to an inspection', /督导|督查|暗访|扣.{0,3}分|查岗/],
    [-4, 'is a patrol', /巡查|巡逻|夜巡|巡了|巡完|一圈|(?:^|[\s,])巡/],
  ]),
  ...cuesFor('patrol', [
    [
      7,
      'says 巡查, 巡逻',
      /巡(?:查|逻|视|防|河|山|护|夜|了|完|过|回|更|街|村|检|走|一遍)|夜巡|晨巡|日巡|步巡|车巡|护学|平安巡/,
    ],
    [
      5,
      'went round',
      /(?:转|走|兜|绕|溜|跑|逛|巡|骑)(?:了|完|过|好)?(?:一|两|几|三|个|大|好几)*(?:圈|遍|趟|转)(?!.{0,4}(?:家|户))|转(?:了)?(?:转|一转|悠)|走完|全部走(?:完|遍)/,
    ],
    [
      4,
      'tells the distance walked',
      ({ text }) =>
        /\d\s*(?:公里|km|千米|里地|里路)|[一二两三四五六七八九十半]\s*(?:多|来)?(?:公里|千米|里地|里路)/i.test(text) &&
        !/买菜|离|距|远/.test(text),
    ],
    [3, 'names a grid as the place', ({ reading, text }) => reading.grids.length > 0 && /走|转|巡|圈|遍/.test(text)],
    [2, 'tells that nothing was found', /没(?:有)?(?:发现|啥|什么)|无异常|平安|正常|太平|秩序|未发现|没情况|没事/],
    [2, 'tells how long it took', ({ reading }) => reading.minutes.length > 0],
    [
      -6,
      'sees a person or a household',
      ({ text, reading }) => HAS_PERSON.test(text) && !/巡/.test(text) && reading.grids.length === 0,
    ],
    [
      -5,
      'asks',
      ({ isQuestion, isToColleague, text }) => (isQuestion && /多少|几[次公里圈]|谁|吗|查/.test(text)) || isToColleague,
    ],
    [
      -5,
      'complains or plans',
      /冻僵|累死|腿(?:都)?断|(?:明天|下午|待会|准备|要去|打算|记得|注意|开展|要求|每天至少|不得|组织|安排)(?:.{0,6})巡|巡[逻查].{0,6}(?:要求|考核|安排|计划|培训|排班)/,
    ],
    [-6, 'visits a firm', ({ text }) => /走访|入户|慰问/.test(text)],
    [
      -5,
      'looks over one firm',
      ({ hasFirm, text, reading }) =>
        hasFirm && reading.grids.length === 0 && !/巡|(?<![猪羊牛鸡])圈|周边|一带|沿/.test(text),
    ],
  ]),
]

/** Somebody visited: a form of address, a nickname, or a description with a name after it. */
const HAS_PERSON =
  /[\u4e00-\u9fff]家?(?:奶奶|爷爷|阿姨|阿婆|阿公|大伯|大爷|大妈|大娘|大婶|大叔|大姐|大哥|大嫂|老太太?|老伯|伯伯|老头|老汉|老爷子|婆婆|公公|叔叔?|婶|师傅|老师|女士|先生|姐|哥|嫂|姨|医生)|(?:^|[^大中从到年幼最])[老小阿](?!板|人|区|学|时|是|年|师|旧|城|街|党|家|百|路|房|区|吃|卖|心|车|孩|伙|偷|广|便|姑|格|楼|两)[\u4e00-\u9fff]|(?:独居|孤寡|空巢|高龄|低保户?|困难户?|五保户?|特困|残疾|退役军人|军属|老党员|矫正|刑释|刑满|戒毒|精神|重点人员|优抚|失独|老兵|劳模|留守|租户|租客|住户|房东|户主)|(?:^|[\s,:去到看了访])[\u4e00-\u9fff]{2,3}(?:家|那里|那儿|那边|屋里)|(?:^|[\s,])[\u4e00-\u9fff]{2,3}(?:今天|上午|下午|早上|昨天|刚才|刚刚)?(?:也)?(?:去过|看过|走访|见过|聊过|谈过|看望)/
