import { instantAt } from '../../policy/time.ts'
import { listMeetings } from '../../storage/meetings.ts'
import type { Member } from '../../storage/roster.ts'
import { openDesk } from '../desk.ts'
import { callRoll } from '../meeting/roll.ts'
import { nameKind, nameOf } from '../meeting/words.ts'
import { cellsOfGrid, columns, type Ledger } from './ledger.ts'

const scopes = { street: '街道', community: '社区', grid: '网格' } as const
const states = { planned: '已约', held: '已开', cancelled: '取消' } as const

/** Meetings and classes with their roll and minutes. Source: S0-27, S0-29, S0-30, S0-31 */
export const meetingLedger: Ledger = {
  name: 'meetings',
  title: '会议台账',
  columns: [
    { key: 'no', title: '编号', width: 8, kind: 'number' },
    { key: 'day', title: '日期', width: 12 },
    { key: 'at', title: '时间', width: 20, kind: 'instant' },
    { key: 'name', title: '会议', width: 24 },
    { key: 'countsFor', title: '同时计入', width: 18 },
    { key: 'scope', title: '层级', width: 8 },
    columns.community,
    columns.grid,
    columns.gridCode,
    columns.place,
    { key: 'caller', title: '召集人', width: 10 },
    { key: 'status', title: '状态', width: 8 },
    { key: 'present', title: '到会', width: 32 },
    { key: 'excused', title: '请假', width: 20 },
    { key: 'absent', title: '未到', width: 20 },
    { key: 'minutes', title: '纪要', width: 48 },
    columns.messageId,
  ],
  async rows({ db, roster }, { from, to }) {
    const rows = []
    for (const meeting of await listMeetings(db, { from, to, statuses: ['planned', 'held'] })) {
      const at = instantAt(meeting.startDay, '24:00')
      const desk = await openDesk(db, { by: 'ledger', now: at, at: instantAt(meeting.startDay, '12:00') })
      const { present, excused, absent } = await callRoll(desk, meeting)
      rows.push({
        no: meeting.no,
        day: meeting.startDay,
        at: meeting.startAt,
        name: nameOf(desk, meeting),
        countsFor: meeting.countsFor.map(kind => nameKind(desk, kind, meeting.scope)).join('、'),
        scope: scopes[meeting.scope],
        ...cellsOfGrid(roster.gridById(meeting.gridId), meeting.startDay),
        ...(meeting.community ? { community: meeting.community } : {}),
        place: meeting.place,
        caller: roster.memberById(meeting.calledBy)?.name,
        status: states[meeting.status],
        present: nameAll(present),
        excused: nameAll(excused),
        // The roll is final with the minutes; until then nobody is written down as missing.
        absent: meeting.minutesAt === undefined ? '' : nameAll(absent),
        minutes: meeting.minutes?.reveal(),
        messageId: meeting.messageId,
      })
    }
    return rows
  },
}

function nameAll(members: readonly Member[]): string {
  return members.map(({ name }) => name).join('、')
}
