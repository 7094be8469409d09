import { listReportDues, type ReportDue } from '../../policy/coverage.ts'
import { nameRoles } from '../../policy/pack.ts'
import { type Day, dayOf, daysBetween, formatDayShort } from '../../policy/time.ts'
import {
  type CoverageReport,
  findCoverageReport,
  insertCoverageReport,
  listCoverageReports,
} from '../../storage/coverage-reports.ts'
import { voidRecord } from '../../storage/records.ts'
import { hasRole, type Member } from '../../storage/roster.ts'
import type { Desk } from '../desk.ts'
import { answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { MONTH, readMonth } from '../incident/lists/month.ts'
import { NUMERAL } from '../numerals.ts'
import { chooseGrids } from './progress.ts'
import { gatherReports, renderFigures } from './report-facts.ts'
import { refuseWithoutDuty } from './words.ts'

const PART = `(?:${MONTH}|第?${NUMERAL}号?网格|第一批|首批|最终|第二批|末批)`
const FIRST = /第一批|首批/u
const FINAL = /最终|第二批|末批/u
const REPORTERS = ['leader', 'worker', 'communityLead'] as const

export const roundNames = { first: '第一批', final: '最终' } as const

/**
 * Writes the report of the month's visits and sends it to whom the document names; urgent matters never wait for it.
 * Source: S3A-10 (分别于每月15日和20日前报镇司法所), S3A-11
 */
export const reportCoverageCommand: Command = {
  name: 'reportCoverage',
  matches: new RegExp(
    `^\\s*(?:${PART}的?\\s*){0,3}(?:报送|上报)\\s*${PART}?\\s*(?:的)?走访情况(?:[\\s,，:：]*${PART}){0,3}\\s*[。.!！]*\\s*$`,
    'u',
  ),
  who: 'visit',
  dialog: { as: 'leader', turns: [['报送走访情况', '走访']] },
  async run(ctx) {
    const { coverage } = ctx.pack
    if (!coverage) return refuseWithoutDuty(ctx)
    if (!hasRole(ctx.actor, REPORTERS, ctx.today)) {
      const who = nameRoles(ctx.pack, REPORTERS)
      return refuse('not-allowed', `走访情况由${who}报送（依据：${coverage.reportDays.clause}），没有报送。`, {
        private: true,
      })
    }
    const chosen = await chooseGrids(ctx)
    if ('refused' in chosen) return chosen.refused
    const [grid, other] = chosen.grids
    if (!grid || other) {
      const names = chosen.grids.map(({ no }) => no).join('、')
      return refuse('which-grid', `请写明哪个网格（${names}），如“报送走访情况 ${grid?.no ?? 1}网格”，没有报送。`, {
        private: true,
      })
    }
    const { month, name } = readMonth(ctx.text, ctx.today)
    const sent = (await listCoverageReports(ctx.db, month)).filter(({ gridId }) => gridId === grid.id)
    const dues = listReportDues(month, coverage, ctx.calendar)
    const due = chooseRound(ctx.text, ctx.today, { dues, sent })
    const [facts] = await gatherReports(ctx, [grid], month)
    const again = sent.some(({ round }) => round === due.round)
    const { done: visited, total } = facts!.coverage
    const report = await insertCoverageReport(
      ctx.db,
      {
        gridId: grid.id,
        month,
        round: due.round,
        visited,
        total,
        byId: ctx.actor.id,
        at: ctx.at,
        messageId: ctx.message.id,
      },
      ctx.now,
    )
    await ctx.record('created', { type: 'coverageReport', id: report.id }, { gridNo: grid.no, month, round: due.round })
    const title = `${grid.name}${name}走访情况（${roundNames[due.round]}）`
    const attachment = { kind: 'visit-report', data: { reportId: report.id } }
    const receivers = receiversOf(ctx)
    for (const member of receivers) {
      await ctx.say.toMember(member, `${ctx.actor.name}报送${title}：${renderFigures(facts!)}。`, {
        kind: 'visit-report',
        urgency: 'normal',
        attachment,
        subject: { type: 'coverageReport', id: report.id },
      })
    }
    const to = nameReceivers(ctx, receivers)
    const next = dues[dues.indexOf(due) + 1]
    return answer(
      [
        `${again ? '已重新报送' : '已报送'}${title}${to}：${renderFigures(facts!)}。`,
        renderTiming(due, ctx.today),
        next && !sent.some(({ round }) => round === next.round)
          ? `${roundNames[next.round]}一批${formatDayShort(next.on)}前报。`
          : '',
      ].join(''),
      { private: true, attachment },
    )
  },
}

/**
 * The round that is named, else the first up to today's that was not reported yet, else today's once more: said twice, the first report
 * is not the final one.
 */
function chooseRound(
  text: string,
  today: Day,
  { dues, sent }: { dues: readonly ReportDue[]; sent: readonly CoverageReport[] },
): ReportDue {
  const named = FIRST.test(text) ? 'first' : FINAL.test(text) ? 'final' : undefined
  const running = dues.find(({ on }) => today <= on) ?? dues.at(-1)!
  const open = dues.find(({ on, round }) => on <= running.on && !sent.some(report => report.round === round))
  return dues.find(({ round }) => round === named) ?? open ?? running
}

function receiversOf({ pack, roster, today }: Desk): Member[] {
  return pack.coverage ? roster.holders([pack.coverage.reportTo.value], today) : []
}

function nameReceivers({ pack }: Ctx, receivers: readonly Member[]): string {
  const office = nameRoles(pack, [pack.coverage!.reportTo.value])
  if (receivers.length === 0) return `，名册里没有${office}的人，请把附件转过去`
  return `给${office}${receivers.map(({ name }) => name).join('、')}`
}

/** `规定10月15日（周四）前。`, and where a holiday moved it from. */
function renderTiming({ on, named }: ReportDue, today: Day): string {
  const moved = on === named ? '' : `，原定${formatDayShort(named)}遇节假日提前`
  const late = daysBetween(on, today)
  return `规定${formatDayShort(on)}前${moved}${late > 0 ? `，晚了${late}天` : ''}。`
}

export const undoableCoverageReport: Undoable = {
  async describe({ db, roster }, id) {
    const report = await findCoverageReport(db, id)
    if (!report || report.voided) return undefined
    return `报送 ${roster.gridById(report.gridId)?.name ?? ''}${Number(report.month.slice(5))}月走访情况`
  },
  /** Whoever got it reads that it does not count. */
  async undo(ctx, id) {
    const report = await findCoverageReport(ctx.db, id)
    await voidRecord(ctx.db, 'coverage_report', id, { at: ctx.now, by: ctx.actor.id })
    const grid = ctx.roster.gridById(report?.gridId)
    const day = report ? formatDayShort(dayOf(report.at)) : ''
    for (const member of receiversOf(ctx)) {
      await ctx.say.toMember(member, `${ctx.actor.name}撤回了${grid?.name ?? ''}${day}报送的走访情况，会重新报送。`, {
        kind: 'visit-report',
        urgency: 'normal',
        subject: { type: 'coverageReport', id },
      })
    }
    return undefined
  },
}
