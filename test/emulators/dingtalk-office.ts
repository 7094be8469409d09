/** What DingTalk offers beside the robot: read states and recall, work notifications, punch records (open.dingtalk.com: 消息已读与撤回, 工作通知, 考勤). */
import { type Endpoint, isObject, newError, ok, oldError, oldOk } from './dingtalk-answers.ts'
import type { Delivered, World } from './dingtalk-world.ts'

/** One scheduled check point or one raw punch; the emulator keeps what a test puts in. */
export interface Punch {
  userId: string
  /** Epoch ms; for results, of 00:00 Asia/Shanghai. */
  workDate: number
  userCheckTime: number
  [field: string]: unknown
}

const WEEK_MS = 7 * 86_400_000
const PEOPLE_PER_QUERY = 50
const ROWS_PER_PAGE = 50
const NOTIFICATION_BYTES = 2048

function findSent(world: World, key: unknown): Delivered | undefined {
  return world.delivered[Number(String(key).replace(/^key-/, '')) - 1]
}

const readStatus: Endpoint = (world, { entry }) => {
  const sent = findSent(world, entry.query.processQueryKey)
  const user = world.users.get(sent?.user ?? '')
  if (sent === undefined || user === undefined) return newError(400, 'invalid.processQueryKey')
  const readStatus = sent.readBy.has(user.staffId) ? 'READ' : 'UNREAD'
  return ok({
    sendStatus: sent.isRecalled ? 'RECALLED' : 'SUCCESS',
    messageReadInfoList: [{ name: user.name, userId: user.staffId, readStatus }],
  })
}

const listReaders: Endpoint = (world, _call, body) => {
  const sent = findSent(world, body.processQueryKey)
  if (sent === undefined || sent.group !== body.openConversationId) return newError(400, 'invalid.processQueryKey')
  return ok({ sendStatus: sent.isRecalled ? 'RECALLED' : 'SUCCESS', readUserIds: [...sent.readBy], hasMore: false })
}

const recall: Endpoint = (world, _call, body) => {
  const keys = Array.isArray(body.processQueryKeys) ? body.processQueryKeys : []
  if (keys.length === 0 || keys.length > 20) return newError(400, 'miss.param.processQueryKeys')
  const found = keys.map(key => ({ key: String(key), sent: findSent(world, key) }))
  for (const { sent } of found) if (sent !== undefined) sent.isRecalled = true
  return ok({
    successResult: found.filter(({ sent }) => sent !== undefined).map(({ key }) => key),
    failedResult: Object.fromEntries(
      found.filter(({ sent }) => sent === undefined).map(({ key }) => [key, 'invalid.processQueryKey']),
    ),
  })
}

const notify: Endpoint = (world, _call, body) => {
  const msg = isObject(body.msg) ? body.msg : undefined
  const people = typeof body.userid_list === 'string' ? body.userid_list.split(',') : []
  if (typeof body.agent_id !== 'number' || msg === undefined) return oldError(40035)
  if (Buffer.byteLength(JSON.stringify(msg)) > NOTIFICATION_BYTES || people.length > 100) return oldError(40035)
  const kind = String(msg.msgtype)
  const part = isObject(msg[kind]) ? msg[kind] : {}
  const text = [part.content, part.text, part.markdown].find(each => typeof each === 'string') ?? ''
  world.notifications.push({ people, text })
  for (const user of people.filter(each => world.users.has(each))) {
    world.deliver({ via: 'notification', user, kind, text, atUserIds: [], isAtAll: false, body })
  }
  return oldOk({ task_id: world.notifications.length })
}

const describeNotification: Endpoint = (world, _call, body) => {
  const task = world.notifications[Number(body.task_id) - 1]
  if (task === undefined) return oldError(40035)
  return oldOk({
    send_result: {
      read_user_id_list: [],
      unread_user_id_list: task.people.filter(each => world.users.has(each)),
      failed_user_id_list: [],
      forbidden_list: [],
      invalid_user_id_list: task.people.filter(each => !world.users.has(each)),
    },
  })
}

const recallNotification: Endpoint = (world, _call, body) =>
  world.notifications[Number(body.msg_task_id) - 1] === undefined ? oldError(40035) : oldOk({})

/** Whole days are returned, whatever the time of the question; a wrong person is silently nobody. */
const listResults: Endpoint = (world, _call, body) => {
  const people = Array.isArray(body.userIdList) ? body.userIdList : []
  const offset = Number(body.offset)
  const limit = Number(body.limit)
  const days = readSpan(String(body.workDateFrom).slice(0, 10), String(body.workDateTo).slice(0, 10))
  if (people.length === 0 || people.length > PEOPLE_PER_QUERY || days === undefined) return oldError(40035)
  if (!(limit > 0 && limit <= ROWS_PER_PAGE) || !(offset >= 0)) return oldError(40035)
  const rows = body.isI18n === true ? [] : world.punchResults
  const found = rows.filter(row => people.includes(row.userId) && isWithin(row.workDate, days))
  return oldOk({ hasMore: found.length > offset + limit, recordresult: found.slice(offset, offset + limit) })
}

const listPunches: Endpoint = (world, _call, body) => {
  const people = Array.isArray(body.userIds) ? body.userIds : []
  const span = readSpan(String(body.checkDateFrom), String(body.checkDateTo))
  if (people.length === 0 || people.length > PEOPLE_PER_QUERY || span === undefined) return oldError(40035)
  const found = world.punches.filter(row => people.includes(row.userId) && isWithin(row.userCheckTime, span))
  return oldOk({ recordresult: body.isI18n === true ? [] : found })
}

/** Local times of Asia/Shanghai, seven days at most; a day alone means the whole of it. */
function readSpan(from: string, to: string): { from: number; to: number } | undefined {
  const start = Date.parse(`${from.replace(' ', 'T')}${from.length === 10 ? 'T00:00:00' : ''}+08:00`)
  const end = Date.parse(`${to.replace(' ', 'T')}${to.length === 10 ? 'T23:59:59' : ''}+08:00`)
  return end >= start && end - start <= WEEK_MS ? { from: start, to: end } : undefined
}

function isWithin(instant: number, span: { from: number; to: number }): boolean {
  return instant >= span.from && instant <= span.to
}

export const OFFICE_ENDPOINTS: Record<string, Endpoint> = {
  'GET /v1.0/robot/oToMessages/readStatus': readStatus,
  'POST /v1.0/robot/groupMessages/query': listReaders,
  'POST /v1.0/robot/otoMessages/batchRecall': recall,
  'POST /v1.0/robot/groupMessages/recall': recall,
  'POST /topapi/message/corpconversation/asyncsend_v2': notify,
  'POST /topapi/message/corpconversation/getsendresult': describeNotification,
  'POST /topapi/message/corpconversation/recall': recallNotification,
  'POST /attendance/list': listResults,
  'POST /attendance/listRecord': listPunches,
}
