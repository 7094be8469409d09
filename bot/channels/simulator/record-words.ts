import { renderDays } from '../../../handlers/leave/words.ts'
import { nameKind, renderStart } from '../../../handlers/meeting/words.ts'
import { dayOf, formatDayShort, timeOf } from '../../../policy/time.ts'
import { findCheckIn } from '../../../storage/check-ins.ts'
import type { StreetDb } from '../../../storage/database.ts'
import { findFieldRecord } from '../../../storage/field-records.ts'
import { findIncidentById } from '../../../storage/incidents.ts'
import { findInfoItem } from '../../../storage/info-items.ts'
import { findLeave } from '../../../storage/leaves.ts'
import { findMeeting } from '../../../storage/meetings.ts'
import { findNotice } from '../../../storage/notices.ts'
import { loadPack } from '../../../storage/packs.ts'
import type { Roster } from '../../../storage/roster.ts'

type Describe = (db: StreetDb, roster: Roster, id: string) => Promise<string | undefined>

/** What the page shows of a change, by the type of its subject; types of the roster itself are not shown. */
const LABELS: Record<string, string> = {
  checkIn: '打卡',
  visit: '走访',
  patrol: '巡查',
  infoItem: '信息',
  infoCampaign: '大会战',
  populationChange: '人口变动',
  populationCheck: '人口核对',
  incident: '事件',
  notice: '提示单',
  acknowledgement: '回执',
  noticeProgress: '进度',
  leave: '请假',
  meeting: '会议',
  meetingCheckIn: '会议签到',
  meetingMinutes: '会议纪要',
}

/** Steps of a record's life that earn a line of their own. */
const STEPS: Record<string, string> = {
  voided: '已撤销',
  submitted: '报审',
  reviewed: '审核通过',
  signed: '已签发',
  issued: '立即下发',
  expedited: '加急',
  broadcast: '已下发',
  withdrawn: '已撤回',
  amended: '修改',
  approved: '已批准',
  rejected: '已退回',
  moved: '已改期',
  accept: '已受理',
  dispatch: '已流转',
  resolve: '已办结',
  return: '已退回',
  escalate: '已上报',
  supervise: '已督办',
  remind: '已提醒',
  rate: '已评价',
  extend: '已延期',
  pause: '已暂停',
  hangUp: '已挂起',
  resume: '已恢复',
  whistle: '已吹哨',
  help: '已加协助',
  judge: '已改判',
  answer: '已答复',
  submit: '已提交研究',
  recheck: '复查合格',
  fail: '复查不合格',
  close: '已结案',
  cancel: '已按误报撤销',
  reopen: '已重新办理',
  merge: '已并案',
}

/** `打卡`, `提示单 · 已签发`; undefined where the change is not worth a line. */
export function labelChange(action: string, type: string): string | undefined {
  const label = LABELS[type]
  if (label === undefined || action === 'created') return label
  return STEPS[action] && `${label} · ${STEPS[action]}`
}

/** A record in a few words, as its ledger will show it; undefined where only its message can tell. */
export async function describeRecord(
  db: StreetDb,
  roster: Roster,
  type: string,
  id: string,
): Promise<string | undefined> {
  return DESCRIPTIONS[type]?.(db, roster, id)
}

const DESCRIPTIONS: Record<string, Describe> = {
  checkIn: async (db, _roster, id) => {
    const record = await findCheckIn(db, id)
    return record && `${record.kind === 'on' ? '上班' : '下班'} ${timeOf(record.at)} ${RESULTS[record.result]}`
  },
  visit: describeFieldRecord,
  patrol: describeFieldRecord,
  infoItem: async (db, roster, id) => {
    const item = await findInfoItem(db, id)
    return item && joined(' · ', roster.gridById(item.gridId)?.name, item.text.reveal())
  },
  incident: async (db, roster, id) => {
    const incident = await findIncidentById(db, id)
    if (!incident) return undefined
    const head = `#${incident.no}${incident.urgent ? ' 紧急' : ''}${incident.verified ? '' : ' 报告人未核实'}`
    return joined(' · ', head, roster.gridById(incident.gridId)?.name, incident.description.reveal())
  },
  notice: async (db, _roster, id) => {
    const notice = await findNotice(db, id)
    return notice && joined(' ', `${notice.no}号`, notice.title ?? notice.content)
  },
  leave: async (db, _roster, id) => {
    const leave = await findLeave(db, id)
    return leave && `${leave.no}号 ${renderDays(leave)}`
  },
  meeting: async (db, _roster, id) => {
    const meeting = await findMeeting(db, id)
    if (!meeting) return undefined
    const pack = await loadPack(db, meeting.startDay)
    return joined('，', `${nameKind({ pack }, meeting.kind)} ${renderStart(meeting)}`, meeting.place)
  },
}

const RESULTS = { onTime: '准时', late: '迟到', early: '早退', makeup: '补卡' }

async function describeFieldRecord(db: StreetDb, roster: Roster, id: string): Promise<string | undefined> {
  const record = await findFieldRecord(db, id)
  if (!record) return undefined
  const { gridId, person, place, minutes, km, findings, claimedAt } = record
  return joined(
    ' · ',
    roster.gridById(gridId)?.name,
    joined('，', person?.reveal(), place?.reveal()),
    joined('，', minutes && `${minutes} 分钟`, km && `${km} 公里`),
    findings?.reveal(),
    claimedAt && `补报 ${formatDayShort(dayOf(claimedAt))}`,
  )
}

/** Leaves out what is not there. */
export function joined(separator: string, ...parts: (string | number | undefined)[]): string {
  return parts.filter(Boolean).join(separator)
}
