import { type Cue, cuesFor, type Evidence } from './cue.ts'

const FIELD =
  /(?:工作|主要|任务)?(?:内容|要求|任务|标准|事项)\s*[:：]|(?:时间节点|完成时间|完成时限|截止(?:时间|日期)?|时限|期限|节点|时间要求|办理时限|限期|完成期限)\s*[:：]|考核(?:规定|办法|标准|要求|细则)?\s*[:：]|(?:奖惩|扣分)(?:规定|办法|标准)?\s*[:：]/g
const countFields = (text: string): number => text.match(FIELD)?.length ?? 0

const isShortTo = (kind: string, { reading }: Evidence): boolean => reading.quote?.kind === kind
const hasReference = ({ reading }: Evidence): boolean => reading.references.length > 0
const DECIDES =
  /同意|签发|签批|批准|审核通过|审批通过|通过(?!率)|不能批|驳回|打回|退回|不批|批了|准了|准假|不准|不同意|下发|发下去|发出去|否(?:了|决)|不行|不通过|准(?:予|许)|核准|核签|签(?:了|字)|可以[,，\s]*(?:发|签|批)|照发|印发|退[,，\s]/

const RECEIVED =
  /(?:^|[\s,。!]|已经?|都|网格|社区|好的?|嗯|我们?|也|本人|提示单|通知|号|\p{Script=Han}{2,3})(?:收到|收悉|已阅|阅知|知悉|接收|签收)(?!.{0,6}(?:请|的请|后|红包|快递|举报|反映|居民|投诉|短信|电话|钱|一条|一个|一份|后台|冒充|没|的回))|^收到/u

/** Notices, their receipt and progress, decisions, and the moves of an incident. */
export const noticeCues: readonly Cue[] = [
  ...cuesFor('draftNotice', [
    [9, 'has the fields of a notice', ({ text }) => countFields(text) >= 2],
    [3, 'has one field of a notice', ({ text }) => countFields(text) === 1],
    [
      8,
      'asks to draft a notice',
      /(?:拟|起草|草拟|发|下|出|写|建|新增|新建|制作|做|来|开|弄|搞|整|派|布置)(?:一?个|一?份|一?条|一?张|一?下|个新的?)?(?:给.{1,12}?)?(?:工作|新的?)?(?:提示单|任务单|通知单|工作单|提示|任务(?!了|没|完|的|进|怎))|给\S{1,12}(?:发|下|派)(?:一?个|一?份|一?张)?(?:工作)?(?:提示单|任务|任务单|通知)|^(?:【)?(?:工作)?(?:提示单|任务单)(?:】)?[:：\s\n](?!\d)|关于.{2,30}的(?:工作)?(?:提示单|任务单|通知$)/,
    ],
    [
      8,
      'sets a standing task',
      /(?:新增|增加|新加|设(?:立|定)?|加|列为|建立?|添加|定)(?:一?项|一?个|一?条)?\S{0,4}(?:常态化|长期|日常|固定|经常性)(?:的)?(?:工作|任务|事项)|常态化(?:工作|任务)[:：]/,
    ],
    [
      3,
      'sets a due time for grids',
      ({ reading, text }) =>
        reading.whens.some(when => when.isDeadline) &&
        /各网格|全体|所有网格|每个网格|网格|各社区/.test(text) &&
        /完成|上报|报上来|报送|落实|做好|排查|清理|报/.test(text),
    ],
    [2, 'sets a deduction', /(?:漏|少|迟|缺|没|不|未|虚|错|晚|逾期)\S{0,8}扣\S{0,4}分|纳入\S{0,6}考核/],
    [
      -9,
      'decides on, asks about or reports on a numbered notice',
      ({ reading, text, isQuestion }) =>
        reading.references.some(reference => reference.isCertain) &&
        countFields(text) < 2 &&
        (isQuestion || DECIDES.test(text) || /完成|收到|进度|弄好|搞定|没弄/.test(text)),
    ],
    [-6, 'is a meeting', /纪要|会议记录|(?:开|召开).{0,6}(?:例会|月会|会议|培训)/],
    [
      -8,
      'is a form of a visit or minutes',
      /(?:走访)?对象\s*[:：].{0,40}(?:时长|情况)|地点\s*[:：].{0,60}(?:参会|主持|时长)|参会|主持人|走访记录/s,
    ],
    [
      -5,
      'asks',
      ({ isQuestion, text }) => isQuestion && countFields(text) === 0 && /谁|吗|什么|多少|哪|还有/.test(text),
    ],
  ]),
  ...cuesFor('acknowledge', [
    [8, 'says 收到', ({ text }) => /[收阅悉]/.test(text) && RECEIVED.test(text)],
    [
      5,
      'says so of a numbered notice',
      ({ text, reading }) => /收到|收悉|知悉|已阅/.test(text) && reading.references.length > 0,
    ],
    [
      13,
      'agrees under a quoted notice',
      ({ reading, text }) =>
        reading.quote?.kind === 'notice' &&
        /^(?:好的?|知道|明白|晓得|清楚|了解|嗯|行|ok|OK|没问题|遵命|保证|马上|立即|这就|1|照办|懂了|中|得嘞|要得)/.test(
          text,
        ) &&
        text.length < 30,
    ],
    [
      -7,
      'asks others to answer',
      /(?:收到|看到)(?:后|的|请|了)?.{0,4}(?:请|的请|后请|都|回复|回个|回一)|请.{0,8}收到|谁.{0,4}收到|还有.{0,6}收到|没收到|未收到|收到没|收到了?吗|哪些.{0,4}收到/,
    ],
    [-6, 'got something else', /收到(?:了)?(?:红包|快递|钱|居民|群众|投诉|举报|一|短信|电话|工资|礼)/],
    [
      -4,
      'tells progress',
      ({ text }) => /完成|弄好|搞定|做完|办完|已经走了|查了|\d+[户家间]/.test(text) && !/收到/.test(text),
    ],
    [-5, 'decides', ({ text }) => /同意|签发|驳回|退回|下发|审核通过/.test(text)],
  ]),
  ...cuesFor('reportProgress', [
    [
      5,
      'a numbered notice is finished',
      ({ isAboutIncident, text, ...rest }) =>
        !isAboutIncident && (rest.hasNumber || rest.isAboutNotice) && DONE.test(text),
    ],
    [
      5,
      'a numbered notice is unfinished',
      ({ isAboutIncident, text, ...rest }) =>
        !isAboutIncident && (rest.hasNumber || rest.isAboutNotice) && UNDONE.test(text),
    ],
    [
      5,
      'counts under a number',
      ({ isAboutIncident, text, hasNumber, isAboutNotice }) =>
        !isAboutIncident && (hasNumber || isAboutNotice) && COUNTED.test(text),
    ],
    [
      3,
      'names a notice',
      ({ isAboutNotice, text }) =>
        isAboutNotice && (DONE.test(text) || UNDONE.test(text) || COUNTED.test(text) || /进度|进展|汇报/.test(text)),
    ],
    [
      4,
      'speaks of progress',
      /进度|进展|汇报一?下|到(?:现在|目前|今天)(?:为止)?|目前|进行中|推进|完成率|完成了?\S{0,3}%/,
    ],
    [
      7,
      'reports under a marked number',
      ({ reading, text, isAboutIncident, isQuestion }) =>
        !isAboutIncident &&
        !isQuestion &&
        reading.references.some(reference => reference.isCertain) &&
        /进度|进展/.test(text) &&
        (DONE.test(text) || UNDONE.test(text) || COUNTED.test(text)),
    ],
    [2, 'answers a quoted notice', ({ reading }) => reading.quote?.kind === 'notice'],
    [
      -8,
      'is asked',
      ({ isQuestion, text }) => isQuestion && /谁|哪些|哪几|吗|没有?$|怎么样|到哪|多少|什么时候|截止/.test(text),
    ],
    [
      -7,
      'speaks of an incident or meeting',
      ({ text, isAboutIncident }) => isAboutIncident || /督导|督查|纪要|例会|请假|事件/.test(text),
    ],
    [-6, 'drafts', ({ text }) => countFields(text) >= 2 || /前(?:完成|报|把)|起草|拟.{0,4}(?:提示单|任务)/.test(text)],
    [-5, 'decides', ({ text }) => /审核通过|签发|下发|驳回|不同意|(?:^|[\s,号单])同意|退回|打回/.test(text)],
    [
      -4,
      'there is no notice to speak of',
      ({ hasNumber, isAboutNotice, text }) => !hasNumber && !isAboutNotice && !/任务/.test(text),
    ],
    [-4, 'only receives it', ({ text }) => /收到|收悉|知悉/.test(text) && !DONE.test(text) && !UNDONE.test(text)],
    [
      -5,
      'repairs: an incident without the word',
      ({ text, isAboutNotice }) =>
        !isAboutNotice && /办结|修好|处理好|处理完|处置|修复|换(?:好|了)|疏通|清理(?:干净|掉)/.test(text),
    ],
  ]),
  ...cuesFor('decide', [
    [
      8,
      'decides a numbered thing',
      evidence => DECIDES.test(evidence.text) && hasReference(evidence) && !evidence.isAboutIncident,
    ],
    [
      8,
      'decides what is quoted',
      evidence =>
        (DECIDES.test(evidence.text) || /^(?:可以|行|好|准|批|ok|OK|通过|没问题)/.test(evidence.text)) &&
        (isShortTo('leave', evidence) ||
          isShortTo('correction', evidence) ||
          (isShortTo('notice', evidence) &&
            DECIDES.test(evidence.text) &&
            !/任务要求|时间节点.*考核/.test(evidence.text)) ||
          (isShortTo('meeting', evidence) && /假|同意/.test(evidence.text))),
    ],
    [
      8,
      'decides a leave',
      /(?:假|请假|调休|年假|假条|休假).{0,8}(?:批了|准了|同意|不批|不能批|不准|驳回|可以|批准|通过|准|批)(?!.{0,6}(?:吗|没|谁))|(?:同意|批准|准了?|批了?|不准|驳回).{0,10}(?:请假|的假|假条|假|调休)|准假|不准假/,
    ],
    [
      5,
      'decides in one word',
      ({ reading }) =>
        /^(?:同意|不同意|批准|签发|驳回|审核通过|准了|准|不准|下发|立即下发|同意签发|同意下发|签批|退回|已签发|已审核|批了|可以签发|审批通过|通过|同意审批|请下发)(?:吧|了|[,，].*)?$/.test(
          reading.text.trim(),
        ),
    ],
    [3, 'returns for rewriting', /退回重|重写|重拟|打回/],
    [-7, 'complains or tells', /天天|手都|签麻|哈哈|好不好|居民|业主|同意书|不同意(?:见|的人)|房东|邻居|家里人|家属/],
    [
      -6,
      'asks',
      ({ isQuestion, text }) =>
        isQuestion && /吗|没有?$|谁|什么|怎么|多少|几/.test(text) && !/退回|驳回|打回|不同意/.test(text),
    ],
    [
      -8,
      'returns an incident',
      ({ isAboutIncident, reading }) =>
        isAboutIncident && !reading.references.some(reference => reference.kind === 'notice'),
    ],
    [-5, 'drafts', ({ text }) => countFields(text) >= 2],
    [
      -5,
      'asks for leave',
      ({ text }) => /(?:我|想|要).{0,6}请.{0,4}假|请.{0,4}假.{0,20}(?:请(?:领导|书记)?(?:批准|同意)|望批准)/.test(text),
    ],
  ]),
  ...cuesFor('updateIncident', [
    [
      6,
      'an incident moves on',
      evidence =>
        evidence.isAboutIncident && (MOVES.test(evidence.text) || DONE.test(evidence.text)) && evidence.hasNumber,
    ],
    [
      6,
      'a numbered thing is taken, dispatched, repaired',
      evidence =>
        evidence.hasNumber &&
        !evidence.isAboutNotice &&
        (STRONG_MOVES.test(evidence.text) || TAKES.test(evidence.text)),
    ],
    [
      4,
      'answers a quoted incident',
      evidence =>
        isShortTo('incident', evidence) &&
        (MOVES.test(evidence.text) || TAKES.test(evidence.text) || DONE.test(evidence.text)),
    ],
    [
      3,
      'names an incident by number',
      ({ reading }) => reading.references.some(reference => reference.kind === 'incident'),
    ],
    [3, 'rates it', evidence => evidence.hasNumber && RATES.test(evidence.text)],
    [
      -8,
      'asks',
      ({ isQuestion, text }) =>
        isQuestion && !/催|督办|动静|怎么还/.test(text) && /谁|怎么样|到哪|吗|没有?$|什么|多少|哪|几/.test(text),
    ],
    [-6, 'speaks of a notice', ({ isAboutNotice, isAboutIncident }) => isAboutNotice && !isAboutIncident],
    [-6, 'has no number', ({ hasNumber }) => !hasNumber],
    [-5, 'drafts', ({ text }) => countFields(text) >= 2],
  ]),
]

const DONE =
  /完成|办结|干完|弄妥|(?:弄|办|搞|做|查|跑|走|贴|登|摸|核)(?:妥|齐|遍)|(?:已|按要求)落实|做完|弄完|办完|搞完|忙完|查完|走完|贴完|发完|做好|弄好|办好|搞好|搞定|落实到位|全部落实|已落实|结束|完毕|到位了|清零|全覆盖|收尾|(?:都|全|全部|已经?)\S{0,6}(?:完|好|齐|掉)了?|ok了|OK了|了结|销号|达标/
const UNDONE =
  /没(?:有)?(?:完|弄|做|搞|办|走|查|到位|结束|落实)|未(?:完成|做|落实|结束)|还(?:没|差|有|剩|在|缺|未|要)|剩(?:下|余)?|才(?:做|查|走|弄|完成|到)|进行中|正在|一半|没弄完|做不完|来不及|差(?:几|\d|一|两|不多)|明天(?:继续|接着)|继续|剩\s*[\d一二两三四五六七八九十几]|没(?:有)?[\u4e00-\u9fff]{1,2}[完好齐]|一?大半|一多半/
const COUNTED =
  /[\d一二三四五六七八九十百两]+(?:多|来|余)?(?:户|家|间|人|处|个|只|条|套|份|张|幢|栋|件|场|次|台|辆|名|位|项|盏|块|本)|\d+%/
const STRONG_MOVES =
  /受理|接单|办结|处理(?:好|完|掉|妥)|处置(?:好|完)|修(?:好|复|完)|解决了|流转|转(?:给|到|交|办|派)?[\u4e00-\u9fff]{2,}|派(?:给|到|单)|上报(?:上级|街道|区|市|给)|往上报|报上级|上交|搞不定|处理不了|督办|催|退回(?!.{0,4}(?:要求|时间|内容|考核|写))|补充|评价|满意|五星|好评|差评|换(?:好|了新?)|清理(?:好|完|干净)|疏通|销案|结案|移交|交[办给由]|拆(?:了|掉)|抢修|恢复/
const MOVES =
  /受理|接(?:了|单|下|手)|我(?:来|接|们接|去处理)|办结|处理|处置|修好|解决|流转|转|派|上报|往上|升级|退|督办|催|补充|评价|满意|五星|好评|差评|搞定|完成|交[办给由]|移交|跟进|反馈|结案|核实|复查|到场|联系|情况|进展|动静|抓紧|注明|备注|更正|另外/
const TAKES = /我(?:们)?(?:来)?(?:接|处理|去|跟进|负责|办)|接(?:了|单|下|手|收)|受理|归我|交给我/
const RATES = /满意|五星|[一二三四五12345]\s*(?:颗)?星|好评|差评|评价|点赞|打分|给\d分|不错|太慢|不行|很好|及时|给力/
