import type { Evidence } from './cues/cue.ts'
import { judgeProblem } from './problems.ts'
import type { Reading } from './reading.ts'
import { listWhoAndWhere } from './who-and-where.ts'

const QUESTION =
  /[?]|[吗么呢嘛](?:[\s,。!]|$)|多少|(?<![好这那十又叫带来]了?)几[个户家次点号天分条步时公里遍趟]|第几|什么|啥(?!问题|情况|事|异常|毛病|意见|的)|怎么(?!也|都|说都|劝)|怎样|咋|哪[些个里家位天儿一]|到哪|在哪|哪(?:开|办|集合)|谁|有没有|有没|没有?(?:[\s,。!?]|$)|(?:了|过|好|到|来)没(?:有)?(?:[\s,。!?啊呀]|$)|是不是|全不全|齐不齐|够不够|算不算|要不要|行不行|能不能|可不可以|会不会|来着|查(?:一下|下|一查|询)|(?<!去|来)看(?:一下|下|看)(?!了)|给我看|发我|列(?:一下|出|个)|拉(?:个|一下|一份|张)|统计(?:一下|下)|汇总(?:一下|下)?|告诉我|为什么|为啥|干嘛|(?:发|给我?|来)一份/
const COLLEAGUE =
  /^(?:@\S+\s*)?(?:老(?![是板人有在爱公])|小(?![区孩时店])|阿)[\u4e00-\u9fff](?![\u4e00-\u9fff]?(?:家|那|屋))[,，\s]*(?:你|妳|昨|今|明|在|帮|有|把|来|去|那个|这个|上次|晚上|中午|啥|什么|快递|\d)|^[\u4e00-\u9fff]{1,2}(?:姐|哥|叔|书记|主任|科长?|站长|所|老师|师傅|指导员|队|总)[,，\s]*(?:你|您|在|那个|这个|帮|表|材料|晚上|中午|啥)|^(?:请问)?(?:谁|有没有人|有人|哪位|哪个)(?:.{0,8})(?:有(?!人|个|没)|知道|看到|看见|拿|借|带|会|在|去|要|认识|捡|用|动|能|来|晓得|把)|你(?!好)(?:们)?.{0,10}(?:没有?|了没|吗|呢|好没|知道不|不)(?:[\s?。!,]|$)|借我|发我(?:邮箱|微信|一份)|带(?:一份|个饭|我)|等(?:我|等)|在(?:吗|不在|不)(?:[\s?!。]|$)|知道不|抄抄|传(?:我|给我)|(?:求|蹭)一份|你(?:昨天|今天|明天|上午|下午|晚上)/

/** Judges once what the rules of several intents ask. */
export function gatherEvidence(reading: Reading): Evidence {
  const { text, quote, references, mentions } = reading
  const kinds = new Set(references.map(reference => reference.kind))
  const { persons, places } = listWhoAndWhere(reading)
  return {
    reading,
    text,
    persons,
    places,
    problem: judgeProblem(text),
    isQuestion: QUESTION.test(text) || /[?？]/.test(reading.input.text.slice(0, 4000).replace(/[?？\s!！。~]+$/u, '')),
    hasPlace: places.some(place => place.strength >= 2),
    hasFirm: places.some(place => place.isFirm && place.strength >= 3),
    isToColleague: COLLEAGUE.test(text) || mentions.some(mention => !/所有人|全体|all/i.test(mention)),
    hasNumber: references.length > 0 || quote?.no !== undefined,
    isAboutNotice: kinds.has('notice') || /提示单|任务单|通知单|单子/.test(text) || quote?.kind === 'notice',
    isAboutIncident: kinds.has('incident') || /事件|案子|案件|工单/.test(text) || quote?.kind === 'incident',
    isAboutLeave: kinds.has('leave') || /请假|假条|病假|事假|年假|调休|的假/.test(text) || quote?.kind === 'leave',
  }
}
