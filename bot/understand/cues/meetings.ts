import { type Cue, cuesFor } from './cue.ts'
import { BEFELL } from './talk.ts'

/** The draw as a rule or a thing of the past, not one to be made now. */
const DRAW_TALK =
  /规定|制度|办法|看命|这事|那事|真是|多久|几(?:次|回)|怎么|咋|什么时候|结果|表(?:格)?是|那个表|名单(?:出|发|公布)|抽完|抽过|谁(?:定|想)的/

const MEETING =
  '例会|周会|月会|季会|季度会|年会|大会|碰头会|碰头|碰个头|研判会|分析会|民情会|动员会|部署会|推进会|座谈会|调度会|协调会|联席会|现场会|视频会|工作会|紧急会|党员会|代表会|业主会|听证会|议事会|恳谈会|擂台赛|培训会?|讲座|党课|演练|开会|会议|开个(?:\\S{0,10})会|(?:\\S{2,8})会(?=[\\s,。!]|$)'
const MEETS = new RegExp(MEETING)

/** The long pattern runs only where one of its characters stands. */
const isAboutMeeting = (text: string): boolean => /[会训碰讲课演]/.test(text) && MEETS.test(text)

/** Meetings, inspections and draws. */
export const meetingCues: readonly Cue[] = [
  ...cuesFor('scheduleMeeting', [
    [5, 'names a meeting', ({ text }) => isAboutMeeting(text)],
    [
      4,
      'tells when',
      ({ reading, text }) =>
        isAboutMeeting(text) &&
        reading.whens.some(when => when.time !== undefined || when.day > reading.input.at.slice(0, 10)),
    ],
    [
      2,
      'tells a day or half of a day to come',
      ({ reading, text }) =>
        isAboutMeeting(text) && reading.whens.some(when => when.day >= reading.input.at.slice(0, 10)),
    ],
    [
      4,
      'calls: 通知, 召集, 请大家参加',
      /(?:召集|召开|举办|举行|组织|安排|定(?:在|于)|改(?:到|在|期)|开(?:个|一个|一次|\S{0,12}会)|集合|请(?:大家|各位|各网格|全体|.{0,8}准时)|都(?:来|别|要)|准时(?:参加|到)|务必|参加|别迟到|发(?:个)?通知|通知(?:一下|下|:|：)|说(?:下|一下)|地点)/,
    ],
    [-9, 'signs in or asks leave', /签(?:到|个到)|请(?:个|一下)?假|去不了|来不了|参加不了/],
    [
      -9,
      'holds minutes',
      /纪要|会议记录|例会记录|月会记录|(?:主持|参会|应到|实到|到会)(?:人|\d|[:：]|.{0,4}人)|会(?:上|后)(?:定|布置|强调|各)|开完会|散会/,
    ],
    [
      -8,
      'asks',
      ({ isQuestion, text }) =>
        isQuestion && /几点|什么(?:时候|会|地方)|有(?:没有|什么|啥|哪些)?会|在哪|吗|来着|谁/.test(text),
    ],
    [
      -7,
      'complains or is over',
      /天天开会|开不完|开会开到|开了(?:一|半)|饭都没|刚开完|开完了|又(?:要)?开会|会(?:太|真)多|昨天.{0,8}会|上(?:周|次|个月).{0,6}会/,
    ],
    [-6, 'drafts a notice', /工作内容|任务要求|考核规定|提示单/],
    [
      -8,
      'answers a quoted meeting',
      ({ reading }) => reading.quote?.kind === 'meeting' && reading.bare.length <= 16 && reading.whens.length === 0,
    ],
    [
      -7,
      'visits, reports or inspects',
      /督导|督查|走访了|扣\S{0,3}分|社会|机会|学会|会不会|会员|工会|聚会|约会|居委会|村委会|业委会(?!.{0,4}会议)/,
    ],
    [-5, 'speaks to a colleague', ({ isToColleague }) => isToColleague],
    [
      -4,
      'tells a problem',
      ({ problem, text }) => problem.strength >= 6 && !/会(?:议)?(?:[\s,。]|$)|培训|例会/.test(text),
    ],
  ]),
  ...cuesFor('meetingCheckIn', [
    [
      9,
      'signs in at a meeting',
      ({ text }) =>
        /签(?:到|个到|一下到|了到)|报到/.test(text) &&
        /例会|月会|会议|培训|会场|参会|开会|到会|季度会|研判会|\S{2}会(?:[\s,]|签|$)|讲座|党课/.test(text),
    ],
    [
      9,
      'signs in under a quoted meeting',
      ({ reading, text }) =>
        reading.quote?.kind === 'meeting' &&
        /^(?:到|签到|已到|到了|我到了?|在的?|来了|打卡|报到|已签到?|签|到会|参加|已到场?|在场|\S{2,4}(?:签到|已到|到)|\S{2,12}(?:到会|到齐|已到|到了|签到|到场|都在|全到))(?:$|[\s,。!了啦])/.test(
          text,
        ),
    ],
    [
      7,
      'has arrived at the meeting',
      /(?:我|已经?|都|人|\d+人)?(?:到|在|进|坐)(?:了|达)?\S{0,8}(?:会场|会议室|培训(?:现场|室|教室)|报告厅|礼堂)(?:里)?(?:了|啦|签|[\s,。!]|$)/,
    ],
    [
      -7,
      'calls or asks',
      ({ isQuestion, reading, text }) =>
        (isQuestion && /几点|吗|谁|怎么|哪/.test(text)) ||
        (reading.whens.some(when => when.time !== undefined) && /请|准时|召开/.test(text)),
    ],
    [-6, 'is not at a meeting', /请(?:个)?假|纪要|没签到|谁签/],
  ]),
  ...cuesFor('meetingMinutes', [
    [
      9,
      'hands in minutes',
      /纪要|会议(?:记录|小结|情况)|(?:例会|月会|周会|季度会|研判会|分析会|培训|动员会|部署会|座谈会|碰头会)(?:的)?(?:记录|小结)|会上(?:定|讲|说|布置|强调)|会议(?:内容|决定|议题)/,
    ],
    [
      5,
      'has the parts of minutes',
      ({ text }) =>
        (text.match(
          /主持人?[:：\s]|参会(?:人员)?[:：\d]|到会|应到|实到|议题|内容[:：]|会议(?:时间|地点)|记录人|缺席|列席/g,
        )?.length ?? 0) >= 2,
    ],
    [
      3,
      'tells of a meeting that was held',
      /(?:例会|月会|会议).{0,10}(?:到会|应到|实到|讲了|强调|布置|总结|通报|议题|主持)/,
    ],
    [
      -8,
      'asks to see minutes or orders them',
      ({ isQuestion, text }) =>
        isQuestion && /纪要|记录/.test(text) && /发我|看一?下|给我|谁|在哪|吗|有没有|交了没|找/.test(text),
    ],
    [-6, 'drafts a notice', /任务要求|考核规定|时间节点/],
    [-5, 'is a record of a visit or inspection', /走访记录|督导记录|督查记录/],
  ]),
  ...cuesFor('inspect', [
    [
      8,
      'says 督导, 督查, 暗访',
      /督导(?!员|科|组的)|督查(?!员|科)|暗访|明察|明查|查岗(?!.{0,4}(?:谁|抽))|抽查(?:了)?\S{0,6}(?:网格员|网格|台账|在岗)|检查(?:了)?\S{0,4}网格(?!员证)|到\S{0,4}网格(?:督导|检查|督查|抽查|看台账)/,
    ],
    [5, 'takes points off', /扣\S{0,3}(?:\d|[一二两三四五半])(?:\.\d)?\s*分|(?:不|没)扣分/],
    [3, 'names a grid or grid worker', ({ reading, text }) => reading.grids.length > 0 || /网格员/.test(text)],
    [3, 'judges the work', /台账|应知应会|在岗|脱岗|不在岗|底数|履职|记录(?:不|缺|齐|有)|宣传栏|整改|规范|限期/],
    [
      -7,
      'draws',
      /(?<!双)随机|双随机(?!督导|检查|抽查|督查)|抽\S{0,3}(?:个|名|位)|摇号|抽签|摇(?:出)?\S{0,3}(?:个|名|位)/,
    ],
    [-8, 'asks', ({ isQuestion, text }) => isQuestion && /多少|几分|谁|吗|规定|什么|怎么|哪/.test(text)],
    [
      -9,
      'drafts',
      ({ text }) =>
        /工作内容|任务要求|时间节点|提示单|(?:漏|少|迟|缺|没|未|虚|错|晚|逾期)\S{0,5}(?:户|家|次|一|处|天|场|报|到|的)\S{0,4}扣|考核(?:规定|是|缺|[:：])|要求/.test(
          text,
        ) && !/督导|督查|暗访|抽查/.test(text),
    ],
    [-6, 'supervises an incident', ({ text, isAboutIncident }) => isAboutIncident && /督办|催/.test(text)],
    [-6, 'reports on oneself', /我(?:上|这|本)?.{0,4}(?:扣|得分)/],
  ]),
  ...cuesFor('draw', [
    [
      9,
      'asks for a double random draw',
      /双随机|随机(?:抽|挑|选|点|派|安排|摇|定|来)|抽签|摇(?:个|一)?(?:号|签)|摇(?:出)?\S{0,3}(?:个|名|位|组)|抓阄|抽\S{0,4}(?:个|名|位|组|人)(?:\S{0,6})(?:网格|督导|检查|人|员)|抽(?:取|选|调)|从\S{1,8}(?:里|中)(?:面)?(?:随机)?(?:抽|挑|选)/,
    ],
    [
      -7,
      'asks about or tells',
      ({ text }) =>
        /抽查(?:了|一下|过)|抽奖|中奖|结果(?:出来|怎么)|抽到(?:了)?(?:谁|哪|我)|抽(?:水|烟|血|空|屉|筋|油烟)/.test(
          text,
        ),
    ],
    [-10, 'asks what the rule says or tells what befell it', ({ text }) => DRAW_TALK.test(text) || BEFELL.test(text)],
    [
      -9,
      'tells of an inspection made',
      ({ reading, text, persons }) =>
        (/^\S{0,6}(?:督导|督查|检查|抽查|暗访)/.test(text) || /扣\S{0,3}\d/.test(text)) &&
        reading.grids.length > 0 &&
        (persons.length > 0 || /台账|记录|在岗|属实|齐全|规范|扣/.test(text)),
    ],
    [-6, 'drafts or meets', /工作内容|任务要求|纪要|扣\S{0,3}分/],
  ]),
]
