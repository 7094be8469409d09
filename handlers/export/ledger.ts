import type { RoleCode } from '../../policy/pack.ts'
import { gridsOf, hasRole } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { findLedger, ledgers } from '../ledgers/index.ts'
import type { Ledger } from '../ledgers/ledger.ts'
import { readSpan } from './period.ts'

const SPAN =
  '(?:今天|今日|昨天|昨日|[本这上]个?(?:周|月|季度)|(?:今年的?|去年的?|\\d{4}年的?)?(?:(?:\\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:\\d.*)?|第?[1-4一二三四]季度?|[上下]半年)|今年|去年|\\d{4}年度?)'
/** What may follow without a space: 导出口 is no wish. */
const KNOWN = '(?:台[帐账]|工作台|月台|信息|走访|巡查|事件|打卡|考勤|会议|例会|提示单|工作提示单|目标|落实)'
const EXPORT = new RegExp(
  `^\\s*导出(?:[\\s:：]+|(?=(?:${SPAN}的?)?${KNOWN}))([\\p{Script=Han}\\d\\s,，:：—~～-]{1,40}?)\\s*[。.!！]*\\s*$`,
  'u',
)
const DEFAULT_SPAN = '本月'
/** Names people use besides the ledgers' own. */
const OTHER_NAMES: Record<string, string> = {
  走访: 'fieldWork',
  巡查: 'fieldWork',
  台账: 'monthly',
  工作台账: 'monthly',
  月台账: 'monthly',
  信息采集: 'monthly',
  考勤: 'checkIns',
  例会: 'meetings',
  落实情况: 'targets',
  目标: 'targets',
}
/** Ledgers hold names and doors: who only helps in a grid asks those who work there. */
const GRID_STAFF: readonly RoleCode[] = [
  'worker',
  'leader',
  'instructor',
  'specialist',
  'areaLead',
  'partyGroupHead',
  'communityLead',
  'communityGroupHead',
]

/**
 * `导出 台帐 10月`: a ledger as a spreadsheet, to the asker alone: of the own grids, or of all for the offices of the street.
 * Each one given out leaves an audit row. Source: S3A-08, S1-40, S4D-33
 */
export const exportLedgerCommand: Command = {
  name: 'exportLedger',
  matches: EXPORT,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['导出 走访 本月', '走访巡查台账']] },
  async run(ctx) {
    const { what, when } = split(EXPORT.exec(ctx.text)![1]!)
    const ledger = findNamed(what)
    const offered = ledgers.filter(one => maySee(ctx, one))
    if (!ledger) {
      const names = offered.map(shortName).join('、')
      return refuse(
        'unknown-ledger',
        names
          ? `没有“${what}”这个台账。可以导出：${names}，如“导出 ${names.split('、')[0]} 上月”。`
          : `没有“${what}”这个台账，您也没有可以导出的台账；自己的记录请说“我的走访”“我的考勤”。`,
        { private: true },
      )
    }
    if (!offered.includes(ledger)) return refuseLedger(ctx, ledger)
    const span = readSpan(when || DEFAULT_SPAN, ctx.today)
    if (!span) {
      return refuse('unknown-period', `没看懂“${when}”是哪段时间。可以写：今天、本周、上月、10月、三季度、2026年。`, {
        private: true,
      })
    }
    if (span.days.from > ctx.today) {
      return refuse('future', `${span.name}还没到，没有可导出的。`, { private: true })
    }
    const scope = ledger.byGrid ? await chooseListScope(ctx) : { name: ctx.roster.street.name, gridIds: undefined }
    if ('refused' in scope) return scope.refused
    const data = { name: ledger.name, days: span.days, ...(scope.gridIds ? { gridIds: scope.gridIds } : {}) }
    await ctx.record('exported', { type: 'ledger', id: ledger.name }, { ...data, format: 'xlsx' })
    return answer(`${scope.name}${span.name}的${ledger.title}在附件里，从已有记录生成。含个人信息，请勿转发。`, {
      private: true,
      attachment: { kind: 'ledger', data },
    })
  },
}

const BEHIND = new RegExp(`^(.*?)\\s*(${SPAN})$`, 'u')
const BEFORE = new RegExp(`^(${SPAN})的?\\s*(.+)$`, 'u')

/** What is wanted, and when: `走访10月`, `10月走访` and `走访 10月` are one; what else stands behind the name is a time not understood. */
function split(words: string): { what: string; when: string } {
  const told = words.replace(/[\s,，:：]+/gu, ' ').trim()
  const [, behindWhat, behindWhen] = BEHIND.exec(told) ?? []
  if (behindWhat !== undefined && behindWhen !== undefined) return { what: trimWhat(behindWhat), when: behindWhen }
  const [, beforeWhen, beforeWhat] = BEFORE.exec(told) ?? []
  if (beforeWhat !== undefined && beforeWhen !== undefined) return { what: trimWhat(beforeWhat), when: beforeWhen }
  const [first = '', ...others] = told.split(' ')
  return { what: trimWhat(first), when: others.join('') }
}

function trimWhat(words: string): string {
  return words.trim().replace(/的$/, '').replace(/\s/g, '')
}

/** 台帐 and 台账 are one word; without any, the ledger of everything. */
function findNamed(what: string): Ledger | undefined {
  const said = what.replaceAll('台帐', '台账') || '台账'
  const bare = said.replace(/台账$/, '')
  return findLedger(OTHER_NAMES[said] ?? OTHER_NAMES[bare] ?? said)
}

/** As people ask for it: 走访巡查, 事件; the one of everything is 台账 alone. */
function shortName({ title }: Ledger): string {
  return title.replace(/^(?:信息采集)?工作|台账$/g, '') || '台账'
}

/** One by grid for whoever works in a grid or above it; the others hold the whole street. */
function maySee(ctx: Ctx, ledger: Ledger): boolean {
  if (ctx.may('queryStreet')) return true
  if (!ledger.byGrid || !hasRole(ctx.actor, GRID_STAFF, ctx.today)) return false
  return ctx.may('queryCommunity') || gridsOf(ctx.roster, ctx.actor, ctx.today).length > 0
}

async function refuseLedger(ctx: Ctx, ledger: Ledger): Promise<Answer> {
  await ctx.record('refused', { type: 'ledger', id: ledger.name }, { text: ctx.text })
  const names = ledgers.filter(one => maySee(ctx, one)).map(shortName)
  const next = names.length > 0 ? `您可以导出：${names.join('、')}。` : '自己的记录请说“我的走访”“我的考勤”。'
  return refuse('not-allowed', `${ledger.title}是全街道的，由街道科室和领导导出。${next}`, { private: true })
}
