/** The official attendance clock (path 90262, 获取打卡记录数据): every punch by itself, those made on the way with their remark. */
import type { Punch } from '../../../handlers/punch.ts'
import { addDays, dayOf, instantAt } from '../../../policy/time.ts'
import type { PunchQuery, PunchReading } from '../channel.ts'
import { asArray, asNumber, asObject, asText, type JsonObject } from '../json.ts'
import type { WecomApi } from './api.ts'

const PEOPLE_PER_CALL = 100
const DAYS_PER_CALL = 30
/** 上下班打卡 and 外出打卡. */
const ALL_KINDS = 3

const KINDS: Record<string, Punch['kind']> = { 上班打卡: 'on', 下班打卡: 'off' }
const OUTING = '外出打卡'
/** A check point that nobody has answered is a row too. */
const MISSED = '未打卡'
const WRONG_TIME = '时间异常'
const WRONG_PLACE = '地点异常'

/** @throws {SendError} */
export async function listWecomPunches(api: WecomApi, { from, to, platformIds }: PunchQuery): Promise<PunchReading> {
  const reading: PunchReading = { punches: [], calls: 0 }
  for (let first = 0; first < platformIds.length; first += PEOPLE_PER_CALL) {
    const useridlist = platformIds.slice(first, first + PEOPLE_PER_CALL)
    for (let day = from; day <= to; day = addDays(day, DAYS_PER_CALL)) {
      const next = addDays(day, DAYS_PER_CALL)
      const end = next <= to ? next : addDays(to, 1)
      const answer = await api.post('checkin/getcheckindata', {
        opencheckindatatype: ALL_KINDS,
        starttime: instantAt(day, '00:00') / 1000,
        endtime: instantAt(end, '00:00') / 1000 - 1,
        useridlist,
      })
      reading.calls += 1
      reading.punches.push(...(asArray(answer.checkindata) ?? []).flatMap(row => toPunch(asObject(row) ?? {})))
    }
  }
  return reading
}

function toPunch(row: JsonObject): Punch[] {
  const type = asText(row.checkin_type) ?? ''
  const kind = KINDS[type]
  const platformId = asText(row.userid)
  const seconds = asNumber(row.checkin_time)
  const faults = (asText(row.exception_type) ?? '').split(';')
  const note = asText(row.notes)?.trim()
  const isElsewhere = type === OUTING || faults.includes(WRONG_PLACE)
  const remark = isElsewhere && note ? note : undefined
  if (!platformId || !seconds || faults.includes(MISSED) || (!kind && (type !== OUTING || !remark))) return []
  const at = seconds * 1000
  // An off after midnight belongs to the day it was due on.
  const due = asNumber(row.sch_checkin_time)
  const place = asText(row.location_title)
  const result = !faults.includes(WRONG_TIME) ? 'onTime' : kind === 'on' ? 'late' : 'early'
  return [
    {
      // No id is told: person, kind and instant name a punch.
      checkPoint: `${platformId} ${type} ${seconds}`,
      platformId,
      kind,
      day: dayOf(due ? due * 1000 : at),
      at,
      result,
      ...(place ? { place } : {}),
      ...(remark ? { remark } : {}),
    },
  ]
}
