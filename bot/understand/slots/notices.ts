import type { SlotsOf } from '../../../handlers/slots.ts'
import type { Evidence } from '../cues/cue.ts'
import { parseCount } from '../measures.ts'
import type { When } from '../when.ts'
import { renderWhen } from '../when.ts'
import { compact, findNo, trimWords } from './common.ts'

type DraftField = 'content' | 'requirement' | 'due' | 'appraisal' | 'title' | 'target'

/** Headings of the four fields, as forms and speech name them; a colon is not always typed. */
const HEADINGS: readonly [DraftField, string][] = [
  ['content', '(?:工作|主要|任务)?内容|工作任务|任务(?!要求|单)|事项|工作事项|主要任务'],
  ['requirement', '(?:任务|工作|具体|有关)?要求|工作标准|标准'],
  ['due', '时间节点|完成(?:时间|时限|期限)|截止(?:时间|日期|到)?|时限(?:要求)?|期限|节点|时间要求|办理时限|限期|时间'],
  ['appraisal', '考核(?:规定|办法|标准|要求|细则|方式)?|奖惩(?:规定|办法)?|扣分(?:规定|标准)?'],
  ['title', '标题|主题|名称'],
  ['target', '对象|范围|责任网格|下发(?:对象|范围)|接收(?:对象|网格)|适用范围'],
]
const ANY_HEADING = HEADINGS.map(([, pattern]) => pattern).join('|')
const ORDER = '(?:[一二三四五六\\d][、.:．)）]\\s*|[(（][一二三四五六\\d][)）]\\s*|[①②③④⑤]\\s*|[-*·]\\s*)?'
const SECTION = new RegExp(
  `(?:^|[\\n\\s,。;；:：、【】])${ORDER}[【\\[]?(${ANY_HEADING})[】\\]]?\\s*(?:[:：]|是|为(?!了))\\s*`,
  'g',
)
/** Spoken without punctuation: …内容是…要求…时间到…考核是…. */
const SPOKEN = /(工作内容|内容|任务要求|要求|时间节点|截止时间|截止|时间到?|节点|考核规定|考核)(?:是|为|[:：])?/g
const DRAFT_HEAD =
  /(?:请|帮我|给我|麻烦|替我)?(?:拟|起草|草拟|发|下|出|写|建|新增|新建|增加|加|制作|做|来|开|弄|整|设|设立|派|布置)(?:一?个|一?份|一?条|一?张|一?下|一?项)?(?:新的?)?(?:给.{1,12}?的?)?(?:工作|常态化|长期|日常)*(?:提示单|任务单|通知单|工作单|提示|常态化(?:工作|任务)|任务|工作|通知)?/
const GRID_LEAD =
  /^(?:请|要求|通知)?(?:各个?|全体|所有|每个|全部)?(?:网格|社区)?(?:员|长)?(?:们)?(?:都)?(?:请|务必|要)?/

const fieldOf = (heading: string): DraftField =>
  HEADINGS.find(([, pattern]) => new RegExp(`^(?:${pattern})$`).test(heading))?.[0] ?? 'content'

/** The sections of a form: each heading's words up to the next heading. */
function splitSections(surface: string, text: string): Map<DraftField, { start: number; end: number }> {
  const heads = [...text.matchAll(SECTION)]
  const sections = new Map<DraftField, { start: number; end: number }>()
  for (const [index, head] of heads.entries()) {
    const field = fieldOf(head[1]!)
    const start = head.index + head[0].length
    const next = heads[index + 1]
    if (!sections.has(field)) sections.set(field, { start, end: next ? next.index : surface.length })
  }
  return sections
}

/** Each field begins where it is first named; named again it is a word of the field that it stands in (考核按…考核办法). */
function splitSpoken(text: string): Map<DraftField, { start: number; end: number }> {
  const firsts = new Map<DraftField, RegExpExecArray>()
  for (const head of text.matchAll(SPOKEN)) {
    const field = fieldOf(head[1]!.replace(/到$/, ''))
    if (!firsts.has(field)) firsts.set(field, head)
  }
  const heads = [...firsts]
  return new Map(
    heads.map(([field, head], index) => [
      field,
      { start: head.index + head[0].length, end: heads[index + 1]?.[1].index ?? text.length },
    ]),
  )
}

const cleanField = (words: string): string =>
  words
    .replace(/^[\s,。;；:：、]+/, '')
    .replace(/[\s,。;；:：、]+(?:[一二三四五六\d][、.:．)）]?|[(（][一二三四五六\d][)）])?[\s,。;；:：、]*$/, '')
    .replace(/[\s,。;；]+(?:发|下|出|拟|请)?(?:个|一个)?(?:工作)?(?:提示单|任务单|通知|下发)$/, '')

function pickDue(whens: readonly When[], range: { start: number; end: number } | undefined): When | undefined {
  const inside = range ? whens.filter(when => when.start >= range.start - 1 && when.start < range.end) : []
  if (inside.length > 0)
    return inside.at(-1)?.isDeadline ? inside.at(-1) : (inside.find(when => when.isDeadline) ?? inside.at(-1))
  return whens.find(when => when.isDeadline)
}

export function readDraftNotice({ reading, text }: Evidence): SlotsOf['draftNotice'] {
  const written = splitSections(reading.surface, text)
  const fields = written.size >= 2 && (written.has('content') || /关于.{2,40}的/.test(text)) ? written : undefined
  const isStanding = /常态(?:化|工作|任务)|长期(?:工作|任务)|日常(?:工作|任务)/.test(text)
  const slots: SlotsOf['draftNotice'] = fields ? readForm(fields, reading) : readFree(reading)
  const due = pickDue(reading.whens, fields?.get('due'))
  const gridNos = [
    ...new Set(
      reading.grids.filter(grid => !/(?:我|你)们?$/.test(text.slice(0, grid.start))).flatMap(grid => grid.value),
    ),
  ].sort((a, b) => a - b)
  return compact({
    ...slots,
    due: due && renderWhen(due),
    gridNos: gridNos.length > 0 ? gridNos : undefined,
    kindOfTask: isStanding ? ('standing' as const) : undefined,
  })
}

function readForm(
  fields: Map<DraftField, { start: number; end: number }>,
  reading: Evidence['reading'],
): SlotsOf['draftNotice'] {
  const words = (field: DraftField): string | undefined => {
    const span = fields.get(field)
    return span ? cleanField(reading.surface.slice(span.start, span.end)) || undefined : undefined
  }
  let content = words('content')
  if (!content) content = /关于(.{2,40}?)的(?:工作)?(?:提示单|任务单|通知)/.exec(reading.surface)?.[1]
  return compact({ content, requirement: words('requirement'), appraisal: words('appraisal'), title: words('title') })
}

const SANCTION =
  /扣(?:除|掉)?\s*(?:考核)?\s*(?:[\d零一二两三四五六七八九十半点.]+\s*分?|分)|纳入[^,，。;；\n]{0,10}考核|通报(?:批评)?(?=$|[\s,，。;；])|(?:取消|影响)[^,，。;；\n]{0,6}(?:评优|先进|评先)/
/** What is left undone, at the head of a sanction that no pause parts from the work before it: …弄好没查的一家扣零点二分. */
const FAILURE = /(?:凡是?|对|每)?(?:没|未|不|漏|少|缺|迟|晚|逾期|超期|虚|错|摸漏)[^没未不漏]*$/

const PAUSES = [',', '，', '。', ';', '；', '\n']

/** Where the sanction begins: at the pause before it, else at the failure that it punishes; undefined where none is told. */
function findAppraisal(text: string): number | undefined {
  const sanction = SANCTION.exec(text)
  if (!sanction) return undefined
  const clause = Math.max(...PAUSES.map(pause => text.lastIndexOf(pause, sanction.index - 1))) + 1
  const words = text.slice(clause, sanction.index)
  // 不交的 扣0.5: a space parts the sanction from the work only where the failure stands after it.
  const space = words.search(/\S*$/)
  const last = words.slice(space)
  if (space > 0 && (last.length >= 3 || !FAILURE.test(words.slice(0, space)))) return clause + space + failureOf(last)
  return clause + failureOf(words)
}

/** A short clause is the failure itself; in a long one it begins at its last word of failing. */
function failureOf(words: string): number {
  if (words.trimStart().length <= 10) return 0
  const failure = FAILURE.exec(words)
  return failure && words.length - failure.index <= 12 ? failure.index : 0
}
const REQUIREMENT = /(?:^|[,，。;；\s])(?:任务|工作|具体)?要求[:：是]?\s*([^\n]+)/

/** Told in one breath: …，要求…，…前完成，漏一户扣0.5分. */
function readFree(reading: Evidence['reading']): SlotsOf['draftNotice'] {
  const { surface, text } = reading
  const spoken = splitSpoken(text)
  const whens = reading.whens.filter(when => when.isDeadline)
  const take = (field: DraftField): string | undefined => {
    const span = spoken.get(field)
    return span && cleanField(reading.surface.slice(span.start, span.end))
  }
  const sanctionStart = findAppraisal(text)
  const appraisalStart = spoken.has('appraisal')
    ? text.slice(0, spoken.get('appraisal')!.start).search(/考核[^考核]*$/)
    : (sanctionStart ?? surface.length)
  const appraisal = spoken.has('appraisal')
    ? take('appraisal')
    : sanctionStart === undefined
      ? undefined
      : trimWords(/^[^\n]*/.exec(surface.slice(sanctionStart))![0])
  const requirementMatch = REQUIREMENT.exec(surface)
  // Where the deduction has no heading of its own it ends the requirement before it.
  let requirement = spoken.has('requirement') ? take('requirement') : undefined
  if (requirement && requirementMatch) requirement = requirement.split(/[,，]\s*(?=[^,，]{0,14}扣)/)[0]
  const due = whens[0]
  if (requirement && appraisal && requirement.includes(appraisal)) requirement = requirement.replace(appraisal, '')
  if (requirement && due) requirement = withoutDue(requirement, surface.slice(due.start, due.end))
  let content: string | undefined
  if (spoken.has('content')) {
    content = take('content')
  } else {
    const head = DRAFT_HEAD.exec(text)
    let start = head && head.index < 30 && head[0].length > 1 ? head.index + head[0].length : 0
    const title = /关于(.{2,40}?)的(?:工作)?(?:提示单|任务单|通知)/.exec(surface)
    if (title) return compact({ content: title[1], requirement: requirement && trimWords(requirement), appraisal })
    const end = Math.min(
      requirementMatch?.index ?? surface.length,
      appraisalStart < 0 ? surface.length : appraisalStart,
      surface.length,
    )
    if (start >= end) start = 0
    content = contentWords(surface.slice(start, end), reading)
  }
  if (content && due) content = withoutDue(content, surface.slice(due.start, due.end))
  content = content && stripLead(content)
  return compact({
    content: content || undefined,
    requirement: (requirement && trimWords(requirement)) || undefined,
    appraisal: appraisal || undefined,
  })
}

function withoutDue(words: string, due: string): string {
  const escaped = due.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return trimWords(
    words
      .replace(
        new RegExp(
          `[,，]?\\s*(?:请)?(?:务必)?(?:在|于)?${escaped}\\s*(?:[(（][^()（）]{1,6}[)）])?\\s*(?:\\d{1,2}[:：]\\d{2})?\\s*(?:下班|中午)?(?:之前|以前|前|为止|截止|内|止)?(?:(?:完成|弄好|做好|办好|搞好|做完|弄完|搞定|落实|报来)(?=$|[,，。;；\\s]))?[,，]?`,
        ),
        '\uFFFC',
      )
      .split('\uFFFC')
      .map(part => part.trim())
      .filter(part => part.length > 1)
      .join(''),
  )
}

function contentWords(words: string, { surface, grids }: Evidence['reading']): string {
  let result = words
  for (const grid of grids) result = result.replace(surface.slice(grid.start, grid.end), '')
  return result
}

const stripLead = (content: string): string =>
  trimWords(
    trimWords(content.replace(/^(?:[\s,，。:：、]|子(?=[:：\s,，])|呗|哈|啊|呀|吧|哦|就是|内容是?)+/, ''))
      .replace(/^(?:提示单|任务单|通知单|通知|任务)[:：,，\s]*/, '')
      .replace(/^(?:给|让|叫|请|要)?\s*/, '')
      .replace(GRID_LEAD, '')
      .replace(/^[\s,，:：、]+/, ''),
  )

export function readAcknowledge({ reading }: Evidence): SlotsOf['acknowledge'] {
  return compact({ no: findNo(reading, ['notice']) })
}

const UNDONE =
  /没(?:有)?(?:全)?(?:弄|做|搞|办|走|查|贴|发|完|到位|结束|落实|全部|登记|统计)|未(?:完成|做|落实|结束|办)|还(?:没|差|有|剩|在|缺|未|要)(?!没)|剩(?:下|余)|才(?:做|查|走|弄|完成|到|贴|发)|进行中|正在|一半|做不完|来不及|差(?:几|\d|一|两|不多)|明天(?:继续|接着|再)|继续(?:做|弄|查|走)|没结束|差\S{0,3}[户家个间]|剩\s*[\d一二两三四五六七八九十几]|没(?:有)?[\u4e00-\u9fff]{1,2}[完好齐]|一?大半(?!.{0,4}年)|一多半/
const DONE =
  /完成|办结|(?:弄|办|搞|做|查|跑|走|贴|登|摸|核)(?:妥|齐|遍)|做完|弄完|办完|搞完|忙完|查完|走完|贴完|发完|跑完|做好|弄好|办好|搞好|填好|搞定|落实到位|全部落实|已(?:按要求)?落实|按要求落实|结束|完毕|到位|清零|全覆盖|收尾|(?:都|全|全部|已经?)\S{0,6}(?:完|好|齐|掉|了)(?:了)?(?=[\s,。!]|$)|(?:OK|ok)了|了结|销号|完工|达标|干完/

export function readReportProgress({ reading }: Evidence): SlotsOf['reportProgress'] {
  const rest = maskReferences(reading)
  const done = UNDONE.test(rest)
    ? false
    : DONE.test(rest) &&
        !/完成了?\s*(?:[\d一二三四五六七八九十百两]+(?:多|来)?(?:户|家|间|人|个|处|%|只|条|张|份|栋|幢)|一半|大半|部分|多半)(?!.{0,4}(?:全部|都))/.test(
          rest.replace(/全部完成|已完成,|完成,|都完成/g, '完成。'),
        )
      ? true
      : undefined
  return compact({ no: findNo(reading, ['notice']), done, count: findCount(rest) })
}

/** 剩下20户 is not what has been done; 全部完成共46家 is. */
function findCount(rest: string): number | undefined {
  return parseCount(
    rest.replace(
      /(?:还?剩(?:下|余)?|还?差|还有|未(?:完成|走)|没(?:走|做|完成))\S{0,4}?[\d一二三四五六七八九十百两几]+(?:多|来)?(?:户|家|间|人|处|个|张|只)/g,
      ' ',
    ),
  )
}

function maskReferences(reading: Evidence['reading']): string {
  let result = reading.text
  for (const reference of reading.references)
    result =
      result.slice(0, reference.start) + '\n'.repeat(reference.end - reference.start) + result.slice(reference.end)
  for (const grid of reading.grids)
    result = result.slice(0, grid.start) + '\n'.repeat(grid.end - grid.start) + result.slice(grid.end)
  return result.replace(/\n+/g, ' ')
}

export function readDecide({ reading, text }: Evidence): SlotsOf['decide'] {
  const decision =
    /(?:不|没)(?:能|予)?(?:同意|批|准|通过|予)|驳回|打回|退回|否(?:了|决)|不行|退[,，\s]|重(?:写|拟|报)/.test(text)
      ? ('reject' as const)
      : /下发|发下去|发出去|印发|照发(?!批)|发布|立即发|马上发/.test(text) && !/可以签|签发/.test(text)
        ? ('issue' as const)
        : /(?<!请\S{0,4})(?:签发|签批)|签字|核签|签了|签署|(?:^|[\s号#,，])签(?:$|[\s,。!])/.test(text)
          ? ('sign' as const)
          : /同意|批准|审核通过|审批通过|通过|准了|准|批了|批|可以|行|没问题|核准|好|ok/i.test(text)
            ? ('approve' as const)
            : undefined
  const own = reading.references.find(reference => reference.kind)
  const target =
    own?.kind ??
    (/提示单|任务单|通知单|单子|这(?:个|份|张)(?:通知|任务)/.test(text)
      ? ('notice' as const)
      : /请假|假条|的假|这个假|准假|假(?:准|批|不)|年假|调休|病假|事假/.test(text)
        ? ('leave' as const)
        : undefined)
  const whose =
    target === 'leave'
      ? /(?:^|[\s,])([老小]?[\u4e00-\u9fff]{1,3}?)(?:的)?(?:请的?)?(?:假|请假|假条)/.exec(text)?.[1]
      : undefined
  return compact({
    target,
    no: findNo(reading, target ? [target] : ['notice', 'leave']),
    decision,
    reason: decision === 'reject' ? findRejection(reading) : undefined,
    expedite: /加急/.test(text) ? (true as const) : undefined,
    whose: whose && !/^[不没]?[准批]|同意|这个|个/.test(whose) ? whose.replace(/的$/, '') : undefined,
  })
}

const REJECTION =
  /(?:(?:不|没)(?:能)?(?:同意|批准?|准|通过|予\S{1,2})(?:审批|签发|请假)?|驳回|打回(?:去)?|退回(?:去)?(?:重\S)?|否(?:了|决)|不行|退(?=[,，\s]))(?:了|吧)?/

/** The words that say why: after the rejection, else before it. */
function findRejection(reading: Evidence['reading']): string | undefined {
  const match = REJECTION.exec(reading.text)
  if (!match) return undefined
  const blank = (words: string, offset: number): string => {
    let result = words
    for (const reference of reading.references) {
      const [start, end] = [reference.start - offset, reference.end - offset]
      if (start >= 0 && end <= result.length)
        result = result.slice(0, start) + ' '.repeat(end - start) + result.slice(end)
    }
    return trimWords(result.trim()).replace(/^(?:这个|那个|的)?(?:请假|假|单子|提示单|通知)?[,，\s]*/, '')
  }
  const after = blank(reading.surface.slice(match.index + match[0].length), match.index + match[0].length)
  if (after.length >= 2) return after.replace(/^(?:该|这|此)?(?:请假|提示单|通知)[,，\s]+/, '')
  const before = blank(reading.surface.slice(0, match.index), 0)
  return before.length >= 3 ? before.replace(/[,，\s]*(?:先|请|给|就|所以|这个)$/, '') : undefined
}
