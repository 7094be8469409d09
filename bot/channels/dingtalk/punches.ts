/**
 * The official attendance clock: results of check points, and the remarks of those made elsewhere
 * (open.dingtalk.com: 获取打卡结果, 获取打卡详情).
 */
import type { Punch } from '../../../handlers/punch.ts'
import { addDays, type Day, dayOf } from '../../../policy/time.ts'
import type { PunchQuery, PunchReading } from '../channel.ts'
import { asArray, asInstant, asNumber, asObject, asText, type JsonObject } from '../json.ts'
import type { PlatformApi } from './api.ts'

const PEOPLE_PER_CALL = 50
const ROWS_PER_PAGE = 50
const DAYS_PER_CALL = 7
/** A platform that says `hasMore` for ever is stopped here: fifty people, seven days, two shifts of two check points. */
const PAGES = 40

const KINDS: Record<string, Punch['kind']> = { OnDuty: 'on', OffDuty: 'off' }
/** `Absenteeism` is a punch so late that the platform counts the half-day as missed; here a human decides that (design decision 7). */
const RESULTS: Record<string, Punch['result']> = {
  Normal: 'onTime',
  Early: 'early',
  Late: 'late',
  SeriousLate: 'late',
  Absenteeism: 'late',
}

/** @throws {SendError} */
export async function listDingtalkPunches(api: PlatformApi, query: PunchQuery): Promise<PunchReading> {
  const reading: PunchReading = { punches: [], calls: 0 }
  for (const people of chunk(query.platformIds, PEOPLE_PER_CALL)) {
    for (let from = query.from; from <= query.to; from = addDays(from, DAYS_PER_CALL)) {
      const last = addDays(from, DAYS_PER_CALL - 1)
      const to = last < query.to ? last : query.to
      const rows = await listResults(people, from, to)
      const remarks = rows.some(isOutside) ? await listRemarks(people, from, to) : new Map<string, string>()
      reading.punches.push(...rows.flatMap(row => toPunch(row, remarks)))
    }
  }
  return reading

  async function listResults(people: readonly string[], from: Day, to: Day): Promise<JsonObject[]> {
    const rows: JsonObject[] = []
    for (let page = 0; page < PAGES; page++) {
      const answer = await call('/attendance/list', {
        workDateFrom: `${from} 00:00:00`,
        workDateTo: `${to} 00:00:00`,
        userIdList: people,
        offset: page * ROWS_PER_PAGE,
        limit: ROWS_PER_PAGE,
        isI18n: false,
      })
      rows.push(...rowsOf(answer))
      if (answer.hasMore !== true) break
    }
    return rows
  }

  /** By person and instant: only the raw punches tell what was written beside them. */
  async function listRemarks(people: readonly string[], from: Day, to: Day): Promise<Map<string, string>> {
    const answer = await call('/attendance/listRecord', {
      checkDateFrom: `${from} 00:00:00`,
      checkDateTo: `${to} 23:59:59`,
      userIds: people,
      isI18n: false,
    })
    const remarks = new Map<string, string>()
    for (const row of rowsOf(answer)) {
      const remark = asText(row.outsideRemark)?.trim()
      if (remark && row.invalidRecordType === undefined) remarks.set(keyOf(row), remark)
    }
    return remarks
  }

  async function call(path: string, body: JsonObject): Promise<JsonObject> {
    reading.calls += 1
    return api.callOldApi(path, body)
  }
}

function rowsOf(answer: JsonObject): JsonObject[] {
  return (asArray(answer.recordresult) ?? []).map(asObject).filter(row => row !== undefined)
}

function isOutside(row: JsonObject): boolean {
  return row.locationResult === 'Outside'
}

function keyOf({ userId, userCheckTime }: JsonObject): string {
  return `${asText(userId)} ${asInstant(userCheckTime)}`
}

/** Nothing where the check point is still open (`NotSigned`) or the row does not say what it answers. */
function toPunch(row: JsonObject, remarks: ReadonlyMap<string, string>): Punch[] {
  const kind = KINDS[String(row.checkType)]
  const result = row.sourceType === 'APPROVE' ? 'makeup' : RESULTS[String(row.timeResult)]
  const at = asInstant(row.userCheckTime)
  const workDate = asInstant(row.workDate)
  const platformId = asText(row.userId)
  if (!kind || !result || at === undefined || workDate === undefined || platformId === undefined) return []
  const remark = isOutside(row) ? remarks.get(keyOf(row)) : undefined
  return [
    {
      // The plan names the check point of one person's one day; a day without a plan (free working hours) has only its row.
      checkPoint: asNumber(row.planId) === undefined ? `row ${asNumber(row.id)}` : `${asNumber(row.planId)} ${kind}`,
      platformId,
      kind,
      day: dayOf(workDate),
      at,
      result,
      ...(remark === undefined ? {} : { remark }),
    },
  ]
}

function chunk<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}
