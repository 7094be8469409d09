import { createHash } from 'node:crypto'
import { type Day, formatDayShort, timeOf } from '../../policy/time.ts'
import { listDiaries, listDiaryNotes } from '../../storage/diaries.ts'
import type { FieldRecord } from '../../storage/field-records.ts'
import { findIncidentById } from '../../storage/incidents.ts'
import { listApprovedLeaves } from '../../storage/leaves.ts'
import type { Member } from '../../storage/roster.ts'
import { leaveOf } from '../attendance.ts'
import { describeIncident } from '../incident/words.ts'
import { nameTopic } from '../information/topics.ts'
import { nameOf } from '../meeting/words.ts'
import type { PaperDesk } from '../papers/paper.ts'
import { gatherWork, type Work } from '../papers/work-of.ts'
import { privateReader, shortenText } from '../reader.ts'
import { nameTask } from '../task/words.ts'

/** One person's day, written from the records; at most eight lines. */
export interface DiaryDraft {
  day: Day
  lines: string[]
  /** Of the lines: the same as long as the records are. */
  stamp: string
  /** When the owner confirmed a diary of the day, and whether a record changed since. UTC epoch ms. */
  confirmed?: { at: number; isCurrent: boolean }
}

const NAMED = 4
const HALVES = { am: '上午', pm: '下午', day: '全天' } as const
const STEPS: Readonly<Record<string, string>> = {
  accept: '受理',
  dispatch: '流转',
  respond: '应答',
  return: '退回',
  escalate: '上报',
  resolve: '办结',
  recheck: '核查',
  close: '结案',
}

/** Nothing is typed twice: a line that is wrong is put right at its record. Source: S3B-03, S3A-21 */
export async function draftDiary(desk: PaperDesk, member: Member, day: Day): Promise<DiaryDraft> {
  const range = { from: day, to: day }
  const work = await gatherWork(desk, { memberId: member.id }, range)
  const notes = await listDiaryNotes(desk.db, { memberIds: [member.id], ...range })
  const lines = [
    await renderDuty(desk, member, day, work),
    renderField('走访', work.visits),
    renderField('巡查', work.patrols),
    renderInfo(work),
    await renderIncidents(desk, work),
    renderTasks(work),
    renderList(
      '会议',
      work.meetings.map(meeting => nameOf(desk, meeting)),
    ),
    renderList(
      '补充',
      notes.map(({ text }) => shortenText(text.reveal())),
    ),
  ].filter(line => line !== '')
  const stamp = createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
  const confirmed = (await listDiaries(desk.db, { memberIds: [member.id], ...range })).at(-1)
  return {
    day,
    lines,
    stamp,
    confirmed: confirmed && { at: confirmed.confirmedAt, isCurrent: confirmed.stamp === stamp },
  }
}

async function renderDuty(desk: PaperDesk, member: Member, day: Day, { checkIns, outings }: Work): Promise<string> {
  const times = (kind: 'on' | 'off') => checkIns.filter(one => one.kind === kind).map(({ at }) => at)
  const [on, off] = [times('on'), times('off')]
  const leave = leaveOf(await listApprovedLeaves(desk.db, { from: day, to: day }), member, day)
  return renderList('考勤', [
    ...(on.length > 0 ? [`上班${timeOf(Math.min(...on))}`] : []),
    ...(off.length > 0 ? [`下班${timeOf(Math.max(...off))}`] : []),
    ...outings.map(({ half, reason }) => `公出${HALVES[half ?? 'day']}（${shortenText(reason.reveal(), 12)}）`),
    ...(leave ? [`请假${HALVES[leave]}`] : []),
  ])
}

/** `走访3次：王奶奶（3幢）20分钟、…`, the first few by name. */
function renderField(kind: string, records: readonly FieldRecord[]): string {
  if (records.length === 0) return ''
  const named = records.slice(0, NAMED).map(({ person, place, minutes, km, households }) => {
    const [who, where] = [person?.reveal(), place?.reveal()]
    const what = who && where ? `${who}（${where}）` : (who ?? where ?? '网格内')
    const figures = [households && `${households}户`, minutes && `${minutes}分钟`, km && `${km}公里`].filter(Boolean)
    return `${shortenText(what, 20)}${figures.join('')}`
  })
  return `${kind}${records.length}次：${named.join('、')}${records.length > NAMED ? '等' : ''}`
}

function renderInfo({ infoItems }: Work): string {
  if (infoItems.length === 0) return ''
  const named = infoItems
    .slice(0, NAMED)
    .map(({ topic, text }) => `${nameTopic(topic)}（${shortenText(text.reveal(), 14)}）`)
  return `信息${infoItems.length}条：${named.join('、')}${infoItems.length > NAMED ? '等' : ''}`
}

async function renderIncidents({ db, roster }: PaperDesk, { reported, steps }: Work): Promise<string> {
  const told = reported.map(one => `上报 #${one.no}（${describeIncident(one, roster, privateReader)}）`)
  const taken: string[] = []
  for (const { incidentId, action } of steps) {
    const incident = await findIncidentById(db, incidentId)
    if (incident && STEPS[action]) taken.push(`${STEPS[action]} #${incident.no}`)
  }
  return renderList('事件', [...told, ...new Set(taken)])
}

function renderTasks({ notices, acknowledged, done, progress, tasksDone }: Work): string {
  const nosOf = (rows: readonly { noticeId: string }[]) =>
    [...new Set(rows.flatMap(({ noticeId }) => notices.get(noticeId)?.no ?? []))].map(no => `${no}号`).join('、')
  const finished = new Set(done.map(({ noticeId }) => noticeId))
  const told: [string, string][] = [
    ['收到', nosOf(acknowledged)],
    ['报进度', nosOf(progress.filter(({ noticeId }) => !finished.has(noticeId)))],
    ['完成', nosOf(done)],
  ]
  const named = told.filter(([, nos]) => nos !== '').map(([what, nos]) => `${what}${nos}提示单`)
  return renderList('任务', [...named, ...tasksDone.map(task => `完成${nameTask(task)}`)])
}

function renderList(what: string, parts: readonly string[]): string {
  return parts.length > 0 ? `${what}：${parts.join('，')}` : ''
}

/** `11月18日（周三）工作日志`. */
export function titleDiary(day: Day): string {
  return `${formatDayShort(day)}工作日志`
}
