import type { IncidentAction, SlotsOf } from '../../../handlers/slots.ts'
import type { Evidence } from '../cues/cue.ts'
import { compact, findNo, trimWords } from './common.ts'

const UNIT =
  '[\\u4e00-\\u9fffA-Za-z]{1,12}?(?:中队|大队|支队|公司|办公室|办|所|局|站|科|队|中心|物业|社区|街道|部|委|院|集团|单位|组|村|供电|环卫|城管|水务|燃气|电力|民政|司法|安监|市监|应急|交警|公安|住建|园林|卫健|消防|总工会|妇联|残联|综合执法|网格长|指导员|师傅|主任|科长|书记|[老小]\\S)'
const DISPATCH = new RegExp(
  `(?:流转|转交|转派|转办|转给|转到|转|派给|派单给|派单到|派到|派|移交给?|移交|交给|交由|交办给?|推送给?|分给|分派给?|指派给?|给)(?:给|到|至)?\\s*(${UNIT})(?=处理|办理|去|来|解决|跟进|处置|看|修|吧|了|协调|核实|调解|帮|尽快|负责|牵头|[\\s,。!]|$)`,
)
const ESCALATE = new RegExp(
  `(?:上报|上交|报|升级|提级|提交|移交)(?:给|到|至)?\\s*(${UNIT})(?=处理|办理|解决|协调|吧|了|[\\s,。!]|$)`,
)

const ACTIONS: readonly [IncidentAction, RegExp][] = [
  [
    'note',
    /补充|备注|更正一下|另外(?:说|补)|追加|补一?(?:条|句|张)|再(?:说|补)一?(?:句|点|下)|(?:情况|进展)(?:是|更新|有变|有了?变化)|新(?:情况|线索|进展|动静|变化)|有(?:了)?(?:变化|进展|反复)|又有|多了(?:个|一)/,
  ],
  ['rate', /评价|评(?:个)?分|打分|点(?:个)?赞|五星|[一二三四五1-5]\s*颗?星|好评|差评|满意|给(?:个)?[\d]分|给力/],
  [
    'supervise',
    /督办|催|怎么还|还没(?:动静|人|处理|解决)|没(?:动静|下文|人管|结果|反应)|抓紧|盯(?:一下|紧)|尽快(?:处理|解决|办)|加快|拖了|挂牌/,
  ],
  ['return', /退(?:回|单|件)|不(?:归|属|在|是)(?:于)?(?:我们|我|本|我社区)?|不属于|打回|重新分派|派错/],
  [
    'escalate',
    /上报(?!的)|往上报|报(?:给)?(?:上级|街道|区|市|县)|上交|升级|提级|搞不定|处理不了|解决不了|办不了|协调不了|超出/,
  ],
  [
    'dispatch',
    /流转|转(?!了|圈|告|好|发|眼|晴|弯|变)|派(?!出所)|移交|交给|交由|交办|推送|指派|分给|请.{2,8}(?:处理|去)/,
  ],
  [
    'resolve',
    /办结|处理(?:好|完|掉|妥|到位)|处置(?:好|完)|修(?:好|复|完|通)|解决(?!不)|搞定|弄好|完成|结案|销案|换(?:好|了|上)|清理(?:好|完|干净|掉)|清(?:掉|走|干净)|疏通(?:了|好)|拆(?:了|掉|除)|恢复|(?:办|弄|搞|补|装|接|通|清)(?:好|完|妥|上)|好了|通了|亮了|调解(?:成功|好)|和好|劝好|找到了|补(?:好|上)|锯(?:掉|好)/,
  ],
  [
    'accept',
    /受理|我(?:们)?去看|接(?:了|单|下|手|收|办|$|[\s,。])|我(?:们)?(?:来|去|接|跟进|负责|处理|先去)|归我|交给我|收到.{0,4}(?:马上|这就)?(?:去|处理)|到场|正在(?:处理|去)|这就去/,
  ],
]

export function readUpdateIncident({ reading, text }: Evidence): SlotsOf['updateIncident'] {
  const action = judgeAction(text)
  const told = action === 'dispatch' ? DISPATCH.exec(text) : action === 'escalate' ? ESCALATE.exec(text) : undefined
  let to: string | undefined
  if (told) {
    const start = told.index + told[0].lastIndexOf(told[1]!)
    to = trimWords(reading.surface.slice(start, start + told[1]!.length))
    if (/^(?:上级|上面|领导|上头|区里|街道里)$/.test(to) || /^(?:给|到)?$/.test(to)) to = undefined
  } else if (action === 'dispatch') {
    to =
      trimWords(
        /(?:转给|转到|转|派给|派|交给|流转给|移交给?|交由|请)\s*([\u4e00-\u9fff]{2,10}?)(?:处理|去|来|吧|办|了|[\s,。]|$)/.exec(
          reading.surface,
        )?.[1] ?? '',
      ) || undefined
  }
  return compact({ no: findNo(reading, ['incident']), action, to })
}

/** 上报街道 escalates, 转街道 dispatches; 退回…不在我们范围 returns whatever else is said. */
function judgeAction(text: string): IncidentAction | undefined {
  if (/^.{0,14}退回|退回(?:了|吧|[\s,，])/.test(text)) return 'return'
  if (/(?:已经?|都)(?:办结|处理好|修好|解决)|水抽干/.test(text) && !/满意|评价|好评|星/.test(text)) return 'resolve'
  return ACTIONS.find(([, pattern]) => pattern.test(text))?.[0]
}
