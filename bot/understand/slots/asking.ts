import type { Period, QueryTopic, SlotsOf } from '../../../handlers/slots.ts'
import type { Evidence } from '../cues/cue.ts'
import { compact, cut, findNo } from './common.ts'

const PERIODS: readonly [Period, RegExp][] = [
  ['lastWeek', /上(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天])/],
  ['thisWeek', /(?:本|这个?|当|今)(?:周|星期|礼拜)(?![一二三四五六日天])/],
  ['lastMonth', /上(?:个)?月/],
  ['thisMonth', /(?:本|这个?|当)月|月初到(?:现在|今天)/],
  ['thisQuarter', /(?:本|这个?|当)季/],
  ['thisYear', /今年|本年|全年|年初到|这一年|年度/],
  ['yesterday', /昨[天日儿晚]/],
  ['today', /今[天日儿早晚朝]|当天/],
]

/** The period asked about, in the words of the guide; undefined where none is told. */
export function findPeriod(text: string): Period | undefined {
  return PERIODS.find(([, pattern]) => pattern.test(text))?.[0]
}

const MINE = /我(?!们(?:社区|街道|网格|组))|本人|自己/
const NOT_YET =
  /(?:谁|哪些|哪几|还有|什么人|几个人?|多少(?:人|网格)?).{0,12}(?:没|未|缺|漏)|(?:没|未)(?:收到|完成|回复|确认|反馈|交|报|做|弄|回|读|看)(?:的)?(?:人|有|是|名单|网格)/
const RULE =
  /规定|规则|制度|标准是|来着$|怎么(?:算|扣|考核|打分|评|定)|(?:要)?扣(?:几|多少)分?|几个工作日|(?:最少|至少|最多).{0,8}(?:几|多少)|多久(?:内|之内|要|算|一次)?|算(?:几|多少)|提前几天|算(?:不算|迟到|旷工|早退|缺勤|不算)|算(?:缺席|加班|出勤|达标|合格|一次)\S{0,2}吗|才算|加(?:几|多少)分|(?:超过|满)几|多久要|几[天次分](?:要|算|以上|内)|谁(?:来)?批|书记批|谁审批|能不能补|几点(?:前|之前|以前)(?:算|要|打卡)|要不要|多少分合格|有没有奖/

const judgeTopic = ({ reading, text, isAboutNotice, isAboutIncident, hasNumber }: Evidence): QueryTopic | undefined => {
  const mine = MINE.test(text.replace(/(?:发|给|帮|告诉|替|让|叫|教)我/g, ''))
  const attendance =
    /打卡|考勤|出勤|缺卡|迟到|早退|到岗|缺勤|旷工|在岗|签到|[上下]班(?:的)?卡|卡(?:打|有没|上了)|请假(?:记录|几|多少)|(?:谁|哪些|几个).{0,6}请过?.{0,2}假|上班|应到|实到/.test(
      text,
    )
  if (
    /(?:例会|月会|会议|培训|开会|季度会|研判会).{0,6}(?:几点|什么时候|在哪|哪里|哪天)|(?:几点|什么时候|哪天|在哪|哪里).{0,4}(?:开会|例会|月会|培训)/.test(
      text,
    ) &&
    !/规定|制度/.test(text)
  )
    return 'meeting'
  if (RULE.test(text) && !hasNumber && !(mine && findPeriod(text))) return 'rule'
  if (/周小结|小结|(?<![这本上])周报(?!了|到|备)|[这本上]周的?周报|周总结|周汇总|一周(?:情况|汇总)/.test(text))
    return 'weeklySummary'
  if (/排名|排行|名次|排第|第几(?:名)?|(?<!提)前几|倒数|榜/.test(text)) return 'ranking'
  const isIncident =
    reading.references.some(reference => reference.kind === 'incident') || (isAboutIncident && !isAboutNotice)
  if (hasNumber && NOT_YET.test(text) && !isIncident) return 'unacknowledged'
  if (hasNumber && reading.references.every(reference => reference.kind !== 'incident') && isAboutNotice)
    return 'notice'
  if (hasNumber) return isAboutNotice && !isAboutIncident ? 'notice' : 'incident'
  if (attendance && mine && !/谁|哪些|我们网格|我网格/.test(text)) return 'myAttendance'
  if (attendance) return 'attendance'
  if (NOT_YET.test(text) && /收到|回复|确认|完成|反馈|交|报|提示单|通知|任务|看/.test(text) && !mine)
    return 'unacknowledged'
  if (
    /会(?:议)?(?:要开|开|吗|没|几点|在哪|时间|安排|[\s,]|$)|例会|月会|培训/.test(text) &&
    !/事件|任务|走访|会不会|机会|社会/.test(text)
  )
    return 'meeting'
  if (/得分|分数|考核|几分|多少分|总分|分(?:是)?多少|积分|扣(?:了)?(?:几|多少)|评分|加分/.test(text)) return 'myScore'
  if (/事件|隐患|案件|上报|报了(?:几|多少|哪)|工单|办结/.test(text)) return 'incidents'
  if (/走访|入户|走了(?:几|多少)|跑了(?:几|多少)|看了几|几[户家]/.test(text) && (mine || reading.grids.length === 0))
    return 'myVisits'
  if (mine && /巡查/.test(text)) return 'myVisits'
  if (/任务|活|单子|提示单|待办|要(?:做|办|干|弄)|没(?:做|办|弄|干|完成)|事(?:情)?(?:没|要)|干啥|做啥/.test(text))
    return mine || !isAboutNotice || /任务|待办/.test(text) ? 'myTasks' : 'notice'
  if (reading.grids.length > 0 || /多少(?:户|人)|几[户个]人|人口|网格长|网格员|户数|基本情况|电话/.test(text))
    return 'gridInfo'
  return undefined
}

export function readQuery(evidence: Evidence): SlotsOf['query'] {
  const { reading, text, persons } = evidence
  const what = judgeTopic(evidence)
  const numbered = what === 'incident' || what === 'notice' || what === 'unacknowledged'
  const person = what === 'attendance' ? persons.find(span => !span.isCompanion) : undefined
  return compact({
    what,
    period: what === 'rule' ? undefined : findPeriod(text),
    no: numbered ? findNo(reading, what === 'incident' ? ['incident'] : ['notice']) : undefined,
    gridNo: reading.grids[0]?.value[0],
    whose: person && cut(reading, person),
  })
}

const COMMUNITY = /([\u4e00-\u9fff]{2,8}?(?:社区|村))/g
const COMMUNITY_LEAD = /^(?:.*(?:绑定?(?:一下|到|在|给|成|为)?|到|是|给|为|成|属于|归|在|的|把|将|群|我们|咱们|关联))/

export function readBindGroup({ reading, text }: Evidence): SlotsOf['bindGroup'] {
  const known = reading.input.communities?.find(name => text.includes(name))
  let community = known
  if (!community) {
    for (const match of text.matchAll(COMMUNITY)) {
      const name = match[1]!.replace(COMMUNITY_LEAD, '')
      if (name.length > 2) {
        const start = match.index + match[1]!.length - name.length
        community = reading.surface.slice(start, start + name.length)
        break
      }
    }
  }
  return compact({ gridNo: reading.grids[0]?.value[0], community })
}
