import { type Cue, cuesFor } from './cue.ts'
import { asksOffice, BEFELL, PAPER_HELD } from './talk.ts'

const ASKS_RULE =
  /(?:规定|制度|办法|规则|细则|文件)(?:里|上|中)?(?:是)?(?:怎么|咋|如何)(?:说|写|定|规定|讲)|(?:多久|一个月|每月|一周|每周|一季度|每季度|一年)(?:要|得|至少|最少)?(?:抽|查|督导|走访|巡查|开|报)\S{0,2}(?:几|多少)(?:次|回|户|个|遍)?|多久(?:抽|查|开|报)一?(?:次|回)/

/** Asking to see something, help, tying a group, and what is not the bot's business. */
export const askingCues: readonly Cue[] = [
  ...cuesFor('query', [
    [
      6,
      'asks about one’s own records',
      ({ isQuestion, text }) =>
        (isQuestion || /情况|记录|明细|统计|汇总/.test(text)) &&
        /我|本人|自己/.test(text) &&
        /打卡|考勤|出勤|缺卡|迟到|早退|任务|单子|活|事(?:没|要)|考核|得分|几分|多少分|扣(?:了)?(?:几|多少)|分数|积分|走访|入户|走了|跑了|巡查|排名|报的|上报|请假|年假/.test(
          text,
        ),
    ],
    [
      20,
      'names what is one’s own, and nothing else',
      /^(?:查|看|查看|查询)?(?:一下|下|看)?(?:我|本人|自己)(?:今天|昨天|本周|这周|上周|本月|这个?月|上个?月)?的(?:考勤|打卡|出勤|走访|巡查|任务|待办|提示单|得分|积分|考核|排名)(?:记录|情况|明细)?[。.!！~～]*$/,
    ],
    [
      6,
      'asks for a ranking, summary or list',
      ({ isQuestion, text }) =>
        /(?:排名|排行|名次|第几名|排第|小结|周报|周总结|周汇总|清单|列表|一览|汇总表|统计表|报表|台账).{0,8}(?:看|发|给|出|拉|来|列|查|多少|怎么|$)|(?:看|发|给|出|拉|列|查)\S{0,10}(?:排名|排行|排第|小结|周报|清单|列表|汇总|报表)/.test(
          text,
        ) &&
        (isQuestion || /看|发|给|拉|列|查|来|出来/.test(text)),
    ],
    [
      7,
      'asks about a numbered thing',
      ({ hasNumber, isQuestion, text }) =>
        hasNumber &&
        isQuestion &&
        /到哪|怎么样|进度|进展|谁|哪些|哪几|几个|没(?:有)?(?:收到|完成|回复|交|报|确认)|内容|要求|再?(?:给我)?看|发我|截止|什么时候|处理得|办得|结果|状态|写的?(?:啥|什么)|[说讲]的?(?:啥|什么)|来着|找不[到着]|翻不到|(?:啥|什么)(?:内容|时候|要求)|反馈|回音|下文|手上|归|多少|哪一步|完成率|发给我|情况/.test(
          text,
        ),
    ],
    [
      3,
      'names the notice or incident that it asks about',
      ({ isQuestion, reading }) =>
        isQuestion && reading.references.some(({ kind }) => kind === 'notice' || kind === 'incident'),
    ],
    [
      6,
      'asks who has not',
      /(?:谁|哪些(?:人|网格|社区)?|哪几个(?:人|网格)?|还有\S{0,5}|有几个|几个人|什么人).{0,10}(?:没|未|还没|缺|漏)(?:有)?(?:收到|完成|回复|确认|回|交|报|打卡|到岗|签到|做|弄|走访|到|反馈|读|看|签)|(?:没|未)(?:收到|完成|回复|确认|打卡|到岗|签到|交|报|到)的(?:人|有|是|网格)?(?:.{0,4}(?:谁|哪|名单|几|列|$))|(?:谁|哪些|哪几个)\S{0,8}(?:迟到|早退|缺勤|旷工|请假|缺卡|在岗|值班)/,
    ],
    [
      6,
      'asks about a grid',
      ({ reading, isQuestion, text }) =>
        reading.grids.length > 0 &&
        (isQuestion || /(?:发|给|来|要|看|调).{0,3}(?:一?份|一?下|我)/.test(text)) &&
        /多少|几[户人个家]|谁|情况|怎么样|人口|户数|电话|网格长|网格员|考勤|出勤|打卡|事件|走访|排名|得分|台账|任务|基本|信息|有哪些/.test(
          text,
        ),
    ],
    [
      6,
      'asks about attendance',
      ({ isQuestion, text }) =>
        /出勤|考勤|打卡|到岗|迟到|缺勤|缺卡/.test(text) &&
        (isQuestion || /情况|记录|统计|明细|怎么样|发我|如何|名单/.test(text)) &&
        !/你(?:打卡|到岗)/.test(text),
    ],
    [
      6,
      'asks about incidents',
      ({ isQuestion, text }) =>
        isQuestion &&
        /(?:哪些|多少|几[个件起条]|什么|有没有|有啥|清单|列|拉|查|看|汇总|统计|没办结|未办结)/.test(text) &&
        /事件|隐患|案件|上报|报了/.test(text),
    ],
    [
      7,
      'asks about meetings',
      ({ isQuestion, text }) =>
        isQuestion &&
        /(?:有|开)(?:没有|什么|啥|哪些|几个)?\S{0,3}会(?:议|要开|开)?(?:吗|没|[\s,?]|$)|(?:例会|月会|会议|培训|会|季度会|研判会).{0,6}(?:几点|什么时候|在哪|哪里|哪天|定了|时间|是不是|安排|还开)|(?:几点|什么时候|哪天|在哪|哪里).{0,4}(?:开会|例会|月会|培训)|会议安排/.test(
          text,
        ),
    ],
    [
      8,
      'asks what a rule says',
      ({ isQuestion, text }) =>
        /规定|规则|制度|标准|怎么(?:算|扣|考核|打分|评)|几个工作日|多少(?:天|分)|扣(?:几|多少)分?|几(?:天|分|次|户)|时限|最少|至少|多久|要(?:不要|几|多少)|算(?:不算|迟到|旷工|早退|加班|出勤|缺席|达标|合格)|才算|加(?:几|多少)分|几点(?:前|之前|以前)|能不能(?:补|代)|谁(?:来)?批|书记批|谁审批/.test(
          text,
        ) &&
        (isQuestion || /来着/.test(text)) &&
        /迟到|早退|旷工|缺勤|请假|年假|调休|走访|巡查|事件|考核|办结|受理|上报|规定|规则|制度|补卡|打卡|例会|督办|扣|加分|网格员|提示单|奖|离岗|缺卡|逾期|算|批|督导|双随机/.test(
          text,
        ),
    ],
    [
      3,
      'asks the bot to look',
      /(?:帮我|给我|替我)?(?:查|看|统计|列|拉|调|搜)(?:一?下|一?查|看|出|个|一份|张|给)?(?:我|本|这|上|今|昨|全|\S{0,4}网格)|统计一?下|给我看|发我(?:一?下|看看)?(?!邮箱|微信)|我想(?:看|查|知道)/,
    ],
    [
      3,
      'asks for a period',
      ({ text, isQuestion }) =>
        isQuestion && /(?:本|这个?|上个?|今|去)(?:周|星期|礼拜|月|季度?|年)|今天|昨天|今日/.test(text),
    ],
    [
      -6,
      'speaks to a colleague',
      ({ isToColleague, text }) => isToColleague && !/(?:谁|哪些).{0,8}(?:没|未)|(?:几|多少)/.test(text),
    ],
    [
      -5,
      'asks for help or a change',
      ({ problem, text }) =>
        problem.strength >= 4 &&
        (problem.asksForHelp || problem.urgent) &&
        !/事件|提示单|隐患上报|号/.test(text) &&
        !/规定|几个工作日|扣/.test(text),
    ],
    [-7, 'decides', /退回重|重写|重拟|驳回|打回|(?:^|[\s号])(?:不)?同意(?:[\s,。]|$)/],
    [-9, 'asks who holds a paper', PAPER_HELD],
    [-7, 'asks how an office works', ({ text }) => asksOffice(text)],
    [-6, 'tells what befell it', BEFELL],
    [
      -8,
      'asks about those who come to look',
      /(?:督导组|督查组|检查组|巡察组|领导)(?:今天|今日|现在|下午|都|已经?)?(?:走|来|到|撤|吃)(?:过)?了?(?:没有?|吗|么|不)/,
    ],
    [-6, 'is a chat', /一起|借|吃饭|奶茶|快递|钥匙|门禁卡|密码|遥控|红包|怎么走|保温杯|办公室吗|真的假的|有意思/],
    [
      -5,
      'records something',
      /扣\S{0,3}\d\S{0,2}分[\s,。]*$|^督导|^督查|已(?:完成|办结|走访)|走访了\S{2,}(?:奶奶|爷爷)|催一下|督办|请.{0,6}假(?!.{0,8}(?:几|多少|规定|批|怎么))/,
    ],
    [
      -8,
      'draws or drafts',
      ({ text }) => /双随机|随机抽|摇号|抽签|拟.{0,5}(?:提示单|任务)|任务要求|起草/.test(text) && !ASKS_RULE.test(text),
    ],
    [7, 'asks how often or how it is to be done', ASKS_RULE],
  ]),
  ...cuesFor('help', [
    [
      9,
      'asks what the bot can do',
      /(?:你|小格|机器人|这个|它|都|还)?(?:能|会|可以)(?:帮我|帮人|帮忙)?(?:干|做|办|帮|记|管|处理|查|用来)?(?:一?点|一?些)?(?:啥|什么|些什么|些啥|哪些|嘛)(?!时候|地方|人|办)|(?:有|哪些|什么|啥)(?:\S{0,2})(?:功能|用处|指令|命令|本事|用途)|怎么(?:报|记|录|发)(?:事件|走访|巡查|信息|隐患)|怎么(?:用|使|操作|玩|使用|弄这个|跟你说)|如何(?:使用|用|操作)|咋(?:用|使|弄|操作)|使用(?:说明|方法|指南|手册|教程)|说明书|操作(?:手册|说明|指南|方法)|用法|教(?:教|一?下|我).{0,8}(?:用|操作|弄|使)?|干(?:啥|什么|嘛)(?:用)?的|帮助(?:菜单|一下|信息)?$|^帮助|^(?:help|菜单|功能|指令|命令|说明|教程|HELP|Help)$|菜单|新手|第一次用|不会(?:用|弄|操作)/,
    ],
    [
      4,
      'says 帮助 alone',
      ({ reading }) =>
        /^(?:帮助|救助菜单|help|菜单|功能|指令|使用说明|新手指南|怎么用|怎么弄|说明|\?)+$/i.test(reading.bare),
    ],
    [
      -7,
      'asks somebody for help with something else',
      ({ problem, text }) =>
        problem.strength >= 6 ||
        /残疾证|低保|救助|灭火器.{0,4}怎么用|申请|表格|模板|打印机|系统|电脑|空调|邮箱|怎么走|提示单|单子|表怎么|居民|老人|大伯|奶奶/.test(
          text,
        ),
    ],
    [-6, 'names a number', ({ hasNumber }) => hasNumber],
  ]),
  ...cuesFor('bindGroup', [
    [
      9,
      'ties the group',
      /绑(?:定|到|一?下|上|个)?|关联(?:到|一?下)?|(?:本|这个?|该)群(?:就|设|设置|改|归|属于|定|对应|关联|绑|作为|登记)(?:为|成|到|是)?\S{0,12}(?:网格|社区)/,
    ],
    [4, 'names the group', /(?:本|这个?|该|咱们?|我们|这)群|群(?:绑|聊|组|是)/],
    [
      3,
      'names a grid or community',
      ({ reading, text }) => reading.grids.length > 0 || /社区|村(?:委|[\s,]|$)/.test(text),
    ],
    [-9, 'binds something else', /绑定(?:手机|银行卡|微信|社保|医保|公众号)|绑架|捆绑|绑(?:着|在|住|了)|鞋带|横幅/],
    [-9, 'does not speak of binding', ({ text }) => !/绑|关联|群(?:就|设|改|归|属于|定|对应|作为|登记)/.test(text)],
    [-5, 'asks', ({ isQuestion, text }) => isQuestion && /吗|没|谁|哪个|什么/.test(text)],
  ]),
]
