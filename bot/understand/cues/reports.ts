import { type Cue, cuesFor } from './cue.ts'
import { asksOffice, ELSEWHERE, GOES_ON, PAPER_HELD } from './talk.ts'

/** What is told to be handled, and what is told to be known. */
export const reportCues: readonly Cue[] = [
  ...cuesFor('reportIncident', [
    [6, 'tells a plain problem', ({ problem }) => problem.strength >= 6],
    [3, 'tells a likely problem', ({ problem }) => problem.strength >= 4 && problem.strength < 6],
    [3, 'asks somebody to see to it', ({ problem }) => problem.asksForHelp],
    [3, 'is urgent', ({ problem }) => problem.urgent && problem.strength > 0],
    [
      4,
      'reports: 反映, 上报一个, 报备',
      /(?:我|想|来|要)(?:想)?(?:反映|举报|投诉|反应)(?:一下|下|个)?|上报(?:一个|一下|个|一起|隐患|问题)|报(?:一?个|一起|一下|备)(?:\S{0,6})(?:纠纷|隐患|矛盾|问题|事件|情况|警|险)?|(?:发现|存在|有)(?:\S{0,6})隐患|苗头|发现(?:一|有|个|几)/,
    ],
    [
      2,
      'says where',
      ({ problem, text }) =>
        problem.strength > 0 && /[路街巷弄村苑园里湾桥]|\d+\s*(?:幢|号|楼|栋|单元)|门口|楼道|小区|公寓/.test(text),
    ],
    [
      4,
      'found it on the way',
      ({ problem, text }) =>
        problem.strength >= 6 &&
        /(?:走访|巡查|巡逻|入户|路过|打卡|上班|到岗|下班).{0,24}(?:发现|看到|看见|碰到|遇到|的时候|[她他]说)/.test(
          text,
        ),
    ],
    [
      -6,
      'clocks in and tells no place',
      ({ text, hasPlace, problem }) =>
        !hasPlace && !problem.asksForHelp && !problem.urgent && /打卡|下班|上班|到岗|签到/.test(text),
    ],
    [1, 'brings a picture', ({ reading }) => reading.input.hasImage],
    [2, 'comes from a resident', ({ reading }) => reading.input.role === 'resident'],
    [
      2,
      'cannot settle it',
      /(?:讲|说|劝|敲门|叫)(?:了)?.{0,6}(?:不听|不理|没用|没人|不开|不肯)|搞不定|处理不了|管不了|没人管|好几(?:天|次|回|个)|[一二三几半\d]+(?:天|个月|个星期|周|年)了|又(?:来|有|在|开始)|老是|天天|经常|一直/,
    ],
    [
      -9,
      'forwards or retells news',
      /^【?(?:转发|转载|转|分享)】?|新闻|视频号|抖音|公众号|电视(?:里|上)|网上|热搜|朋友圈|据说外地|https?:|www\./,
    ],
    [-10, 'tells of elsewhere', ({ text, problem }) => ELSEWHERE.test(text) && !problem.asksForHelp],
    [-8, 'asks how an office works', ({ text }) => asksOffice(text)],
    [-9, 'asks who holds a paper', PAPER_HELD],
    [4, 'complains that it goes on', ({ problem, text }) => problem.strength > 0 && GOES_ON.test(text)],
    [
      -8,
      'asks what a notice says',
      ({ isAboutNotice, isQuestion, hasNumber }) => isAboutNotice && isQuestion && hasNumber,
    ],
    [-7, 'drafts a notice', /工作内容|任务要求|时间节点|考核规定|提示单|任务单|常态化(?:任务|工作)/],
    [
      -8,
      'holds minutes or calls a meeting',
      /纪要|会议记录|例会记录|主持人|参会|应到|(?:开|召开|举办|参加).{0,10}(?:会|培训)(?:[\s,。]|$)|(?:培训|例会|月会|研判会|动员会|部署会|季度会|推进会|座谈会)/,
    ],
    [
      -6,
      'moves a numbered thing on',
      ({ reading, text }) =>
        reading.references.some(reference => reference.isCertain && reference.kind !== undefined) ||
        (reading.quote?.kind === 'incident' && text.length < 30),
    ],
    [-6, 'answers a quoted notice', ({ reading, text }) => reading.quote?.kind === 'notice' && text.length < 40],
    [-7, 'belongs to an inspection', /督导|督查|暗访|扣\S{0,3}分|查岗/],
    [
      -6,
      'counts or asks what the bot holds',
      ({ isQuestion, text }) =>
        isQuestion &&
        /(?:多少|几[个件起条]|哪些|清单|列表|汇总|统计|查一?下|有什么|到哪|进度|怎么样了).{0,10}/.test(text) &&
        /事件|隐患|上报|案/.test(text),
    ],
    [-5, 'asks for leave', /请.{0,4}假|休假|调休/],
    [
      -5,
      'hands in information',
      /信息(?:更新|报送|采集|录|登记|跟新|变更|上报|报一下)|(?:统计|排查|摸排|登记)(?:好了|完了|完毕|结束)|月底数|在册|新增\S{0,3}\d|注销|社情民意|宣传(?:单|册|手册|资料)|传单|小册子|手册|海报|发放/,
    ],
    [
      -4,
      'tells a visit where all is well',
      ({ text, problem, reading }) =>
        reading.minutes.length > 0 &&
        !problem.asksForHelp &&
        !problem.urgent &&
        /走访|去过|坐了|聊|看望|慰问|看过|巡|都看了|讲清|正常|没问题|稳定|没啥|都好|无异常|核对|转了|修了下|说了|叫他们|登记本/.test(
          text,
        ),
    ],
    [
      -5,
      'speaks of what may come or of the weather',
      /(?:注意|记得|当心|小心|提醒|大家).{0,12}(?:安全|防火|防滑|带水|保暖|中暑|关[电气火门]|用[电火气])|降温|今天.{0,4}(?:冷|热|好冷|好热|\d+度)|天气预报/,
    ],
    [-6, 'asks a colleague', ({ isToColleague, problem }) => isToColleague && !problem.urgent],
    [
      -4,
      'speaks of oneself',
      /我手机|我(?:的)?(?:电脑|车|腿|脚|头|嗓子|腰|家孩子)|手冷|手(?:都)?(?:冻|签)|肚子饿|困死|累死|笑死|头疼|我也/,
    ],
    [
      -5,
      'speaks of office things',
      /打卡机|打印机|空调|遥控器|密码|投影仪|复印|会议室.{0,6}(?:谁|钥匙|锁)|门禁卡|钥匙|充电宝|保温杯|快递到/,
    ],
  ]),
  ...cuesFor('submitInfo', [
    [
      7,
      'hands in or updates information',
      /信息(?:更新|报送|采集|录入?|登记|跟新|变更|上报|报一?下|改一?下|补充|如下|汇总|上传|一条|新增)|(?:更新|跟新|变更|采集|报送|录入|登记|补充)(?:一下|一条|下|了)?\S{0,4}(?:信息|资料|台账|名单|底数)|社情民意|民情(?:一条|信息|收集|日记|反映|:)|舆情|民意/,
    ],
    [
      6,
      'tells that people moved in or out',
      /(?:新搬|搬(?:来|走|进|到|出|离)|入住|租(?:出去|给|了出|客)|退租|迁(?:入|出|来|走)|新来|住进|空(?:着|置|出来|了)|腾空|出生|去世|过世|添(?:了|丁)|怀孕|结婚|离世|生了)(?!.{0,4}(?:十几|没登记))/,
    ],
    [
      5,
      'has registered or counted',
      /(?:登记|统计|摸排|排查|清点|采集|核对|普查|录入|报上|注销|备案|排)(?:都|已经?|全部)?(?:做?好|做?完|过|了|一下|结束|完毕|共|数|如下)|(?:新增|注销|在册|减少|登记)\S{0,4}[\d一二三四五六七八九十]+(?:人|户|家|套|间|名)|月底数|人数|一共\S{0,4}[\d一二三四五六七八九十]+(?:只|人|户|家|套|间|处|名|个)|共[\d一二三四五六七八九十]+(?:套|处|家|户|只|间)/,
    ],
    [
      6,
      'has spread leaflets or explained policy',
      /(?:发|派|张贴|贴|分发|发放|送)(?:了|完|出去?|放)?.{0,14}(?:传单|宣传(?:单|册|手册|资料|页|画|品|材料|海报)|手册|小册子|海报|折页|告知书|倡议书|一封信|明白纸|挂历)|(?:传单|宣传单|宣传册|手册|宣传页|折页|告知书|倡议书|小册子|宣传资料|宣传海报|明白纸).{0,16}(?:发|派|贴|送)|宣传(?:了|讲)?\S{0,8}(?:政策|知识|条例|法)|(?:政策|条例).{0,6}(?:宣讲|宣传|讲解)/,
    ],
    [
      5,
      'tells of a firm opening or closing',
      /(?:新开|开(?:了|张|业)|关门|歇业|停业|倒闭|注册|转让|换(?:了)?(?:家|老板|法人)|新增|搬走|改名|改成|装修成|换成|改做|改开)(?:了)?.{0,8}(?:店|茶楼|公司|厂|超市|企业|作坊|餐馆|饭店|门市|馆|铺|驿站|吧|工作室|门面|托管班|幼儿园)|(?:店|公司|厂|超市|企业|馆|铺).{0,6}(?:开业|开张|歇业|关门了|关了|停业|搬走|撤了|转让|换老板|倒闭)|员工\S{0,2}\d+|不(?:干|做|开)了.{0,6}改|改(?:卖|行|做|成卖)|开了(?:个|一?家|间)\S{0,4}(?:做|卖|修|收|搞)|(?:请|招|雇)了\S{1,3}个?(?:人|工)|(?:新|刚)?(?:办|开|成立|办起来?)(?:了)?(?:个|一?家|间)\S{0,6}(?:场|社|坊|厂|店|铺)/,
    ],
    [
      5,
      'tells party matters',
      /(?:流动)?党员.{0,12}(?:转|回来|登记|信息|新增|发展|报到|名册|去世|外出|过组织|缴|活动)|组织关系|主题党日|党费|入党积极|支部(?:大会|换届|新)|党课/,
    ],
    [
      4,
      'tells about a key person where all is well',
      /(?:重点人员|矫正|刑释|刑满|吸毒|戒毒|精神|信访|邪教|帮教)\S{0,12}(?:信息|情况|动态|近况|状态)|(?:目前|现在|近期|最近|本周|表现).{0,16}(?:平稳|正常|稳定|良好|没有外出|待业|打工|就业|无异常)/,
    ],
    [
      4,
      'tells what people think',
      /(?:居民|群众|大家|大伙|老百姓|村民|乡亲|村里人|婶子|老人们|大妈们?|年轻人|街坊|业主|家长|商户).{0,10}(?:嫌|抱怨|埋怨|嘀咕|念叨|评价|反响|议论|觉得|都说|普遍|满意|夸|点赞|称赞|认为|关心|关注|热议|担心)/,
    ],
    [2, 'wants it noted', /(?:记|录|登记|报|更新)(?:一)?下|录一录|报给你|备(?:个)?案|名单/],
    [
      -6,
      'tells a running problem',
      ({ problem, text }) =>
        problem.strength >= 6 &&
        (problem.urgent || (problem.asksForHelp && !/信息|登记|报一?下|录|舆情|民情|社情/.test(text))),
    ],
    [
      -7,
      'drafts or reports on a notice',
      ({ text, reading, isQuestion }) =>
        /提示单|任务单|时间节点|任务要求|常态化|工作内容/.test(text) ||
        isQuestion ||
        (reading.references.some(reference => reference.isCertain) && !/户口/.test(text)) ||
        reading.quote?.kind === 'notice',
    ],
    [-6, 'is an inspection, minutes or a visit', /督导|督查|纪要|会议记录|例会|走访(?!中)|慰问|看望|请假|打卡/],
    [
      -8,
      'signs in at a meeting',
      ({ text, reading }) => /会|培训/.test(text) && /签到|报到/.test(text) && reading.text.length < 40,
    ],
    [-5, 'forwards', /转发|转载|https?:/],
    [-5, 'speaks to a colleague', ({ isToColleague }) => isToColleague],
    [-4, 'is unregistered', /(?:没|未|没有|不肯|拒绝|不配合)(?:做|来|去|办)?登记|群租|可疑|来路不明|打不通|失联/],
  ]),
]
