/** The addresses of WeCom that the program calls, as strict as the real ones (path 90236, 94888, 90253, 99110, 91023, 101521 …). */
import { createHash } from 'node:crypto'
import type { Delivered, EmulatedGroup, LedgerEntry, World } from './wecom-world.ts'

export interface Call {
  entry: LedgerEntry
  raw: Buffer
}

export interface Reply {
  status: number
  body: unknown
  /** In place of JSON. */
  bytes?: { data: Uint8Array; type: string }
}

type Json = Record<string, unknown>
export type Endpoint = (world: World, call: Call, body: Json) => Reply | Promise<Reply>

const TEXT_BYTES = 2048
const MEGABYTE = 1024 * 1024
const MOST_RECEIVERS = 1000

/** Without a token. */
const OPEN: Record<string, Endpoint> = {
  'GET /cgi-bin/gettoken': giveToken,
  'POST /cgi-bin/webhook/send': pushToGroup,
  'POST /cgi-bin/webhook/upload_media': uploadForGroup,
}

const ENDPOINTS: Record<string, Endpoint> = {
  'POST /cgi-bin/message/send': send,
  'POST /cgi-bin/message/update_template_card': updateCard,
  'POST /cgi-bin/message/recall': recall,
  'POST /cgi-bin/media/upload': upload,
  'GET /cgi-bin/media/get': download,
  'GET /cgi-bin/agent/get': describeApp,
  'GET /cgi-bin/get_jsapi_ticket': () => ok({ ticket: 'emulated-corp-ticket', expires_in: 7200 }),
  'GET /cgi-bin/ticket/get': () => ok({ ticket: 'emulated-agent-ticket', expires_in: 7200 }),
  'GET /cgi-bin/auth/getuserinfo': describeVisitor,
  'GET /cgi-bin/user/get': describeMember,
  'POST /cgi-bin/batch/openuserid_to_userid': mapUserIds,
  'POST /cgi-bin/checkin/getcheckindata': listPunches,
  'GET /cgi-bin/getcallbackip': () => ok({ ip_list: ['127.0.0.1'] }),
}

export function ok(body: Json = {}): Reply {
  return { status: 200, body: { errcode: 0, errmsg: 'ok', ...body } }
}

export function fail(errcode: number): Reply {
  const hint = `hint: [${errcode}_emulated], from ip: 127.0.0.1`
  const more = `more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`
  return { status: 200, body: { errcode, errmsg: `emulated fault, ${hint}, ${more}` } }
}

/** @param extra what a test adds, by `METHOD path`; those are asked first and see no token */
export async function answerCall(world: World, call: Call, extra: ReadonlyMap<string, Endpoint>): Promise<Reply> {
  const { method, path, query } = call.entry
  const name = `${method} ${path}`
  const body = asJson(call.entry.body)
  const added = extra.get(name) ?? OPEN[name]
  if (added) return added(world, call, body)
  const endpoint = ENDPOINTS[name]
  if (!endpoint) return { status: 404, body: 'not found' }
  if (query.access_token === undefined) return fail(41001)
  if (!world.isTokenGood(query.access_token)) return fail(40014)
  if (!world.options.isTrustedIp) return fail(60020)
  if (method === 'POST' && isJsonExpected(call) && typeof call.entry.body !== 'object') return fail(40035)
  return endpoint(world, call, body)
}

function giveToken(world: World, { entry }: Call): Reply {
  const given = world.giveToken(entry.query.corpid, entry.query.corpsecret)
  if ('errcode' in given) return fail(given.errcode)
  return ok({ access_token: given.token, expires_in: world.options.tokenLifeSeconds })
}

function send(world: World, { raw }: Call, body: Json): Reply {
  if (world.isAppClosed) return fail(50003)
  if (body.agentid !== world.options.agentId) return fail(40056)
  const asked = asText(body.touser).split('|')
  if (asked[0] === '') return fail(82001)
  if (asked.length > MOST_RECEIVERS) return fail(40058)
  const receivers = asked[0] === '@all' ? [...world.members.values()].map(({ userId }) => userId) : asked
  const known = receivers.flatMap(id => {
    const member = world.findMember(id)
    return member?.isVisible ? [member.userId] : []
  })
  const content = readContent(world, body)
  if ('errcode' in content) return fail(content.errcode)
  if (known.length === 0) return fail(81013)
  const interval = Number(body.duplicate_check_interval ?? 1800)
  if (body.enable_duplicate_check === 1 && world.isRepeated(raw.toString(), interval)) return ok({ msgid: 'repeated' })

  const msgId = `msg-${world.nextId()}`
  for (const user of known) {
    const message = { user, msgId, ...content, card: content.card && structuredClone(content.card) }
    if (world.mayPass(`member ${user}`, world.options.perMemberMinute)) world.deliver(message)
    else world.dropped.push({ ...message, at: world.now(), isRecalled: false })
  }
  const invalid = receivers.filter(id => !known.includes(world.findMember(id)?.userId ?? ''))
  const handle = content.card && { response_code: world.giveHandle(content.card.taskId) }
  const invaliduser = invalid.join('|').toLowerCase()
  return ok({ invaliduser, invalidparty: '', invalidtag: '', unlicenseduser: '', msgid: msgId, ...handle })
}

type Content = Pick<Delivered, 'msgtype' | 'text' | 'mentions' | 'card' | 'bytes'>

function readContent(world: World, body: Json): Content | { errcode: number } {
  const msgtype = String(body.msgtype)
  const part = asJson(body[msgtype])
  const plain = { msgtype, text: '', mentions: [] }
  switch (msgtype) {
    case 'text': {
      const content = asText(part.content)
      if (content === '') return { errcode: 44004 }
      // Cut without a word.
      return { ...plain, text: Buffer.from(content).subarray(0, TEXT_BYTES).toString() }
    }
    case 'image':
    case 'file': {
      const media = world.findMedia(part.media_id)
      if (!media || media.key !== undefined) return { errcode: 40007 }
      return { ...plain, bytes: media.bytes }
    }
    case 'template_card':
      return readCard(world, part)
    default:
      return { errcode: 40008 }
  }
}

function readCard(world: World, card: Json): Content | { errcode: number } {
  const title = asText(asJson(card.main_title).title)
  const buttons = (Array.isArray(card.button_list) ? card.button_list : []).map(asJson)
  const taskId = asText(card.task_id)
  const isGood =
    card.card_type === 'button_interaction' &&
    (title !== '' || typeof card.sub_title_text === 'string') &&
    buttons.length >= 1 &&
    buttons.length <= 6 &&
    buttons.every(({ text, key }) => text && key) &&
    /^[0-9A-Za-z_@-]{1,128}$/.test(taskId) &&
    !world.isTaskTaken(taskId)
  if (!isGood) return { errcode: 40058 }
  const text = typeof card.sub_title_text === 'string' ? { text: card.sub_title_text } : {}
  const shown = {
    taskId,
    title,
    ...text,
    buttons: buttons.map(each => ({ key: String(each.key), text: String(each.text) })),
  }
  return { msgtype: 'template_card', text: [title, text.text].filter(Boolean).join('\n'), mentions: [], card: shown }
}

function updateCard(world: World, _call: Call, body: Json): Reply {
  if (body.agentid !== world.options.agentId) return fail(40056)
  const label = asJson(body.button).replace_name
  if (typeof label !== 'string' || label === '') return fail(40058)
  const taskId = world.spendHandle(body.response_code)
  if (taskId === undefined) return fail(40058)
  const receivers = Array.isArray(body.userids) ? body.userids.map(id => world.findMember(String(id))?.userId) : []
  for (const each of world.delivered) {
    if (each.card?.taskId === taskId && receivers.includes(each.user)) each.card.label = label
  }
  return ok({ invaliduser: [] })
}

function recall(world: World, _call: Call, body: Json): Reply {
  const found = world.delivered.filter(({ msgId }) => msgId === body.msgid)
  if (found.length === 0) return fail(40058)
  for (const each of found) each.isRecalled = true
  return ok()
}

async function upload(world: World, call: Call): Promise<Reply> {
  const kind = call.entry.query.type
  const file = await readUpload(call)
  const most = kind === 'image' ? 10 * MEGABYTE : 20 * MEGABYTE
  if (!file || (kind !== 'image' && kind !== 'file')) return fail(40004)
  if (file.bytes.length <= 5 || file.bytes.length > most) return fail(45001)
  return ok({ type: kind, media_id: world.keepMedia(file), created_at: String(Math.floor(world.now() / 1000)) })
}

function download(world: World, { entry }: Call): Reply {
  const media = world.findMedia(entry.query.media_id)
  if (!media) return fail(40007)
  return { status: 200, body: '', bytes: { data: media.bytes, type: media.mime } }
}

function pushToGroup(world: World, call: Call, body: Json): Reply {
  const group = world.findGroupByKey(call.entry.query.key)
  const fault = findPushFault(world, group)
  if (!group || fault !== undefined) return fail(fault ?? 93000)
  const content = readPush(world, body, group)
  if ('errcode' in content) return fail(content.errcode)
  world.deliver({ group: group.id, ...content })
  return ok()
}

function findPushFault(world: World, group: EmulatedGroup | undefined): number | undefined {
  if (!group?.key) return 93000
  if (group.pushFault !== undefined) return group.pushFault
  return world.mayPass(`push ${group.key}`, world.options.pushesPerMinute) ? undefined : 45009
}

function readPush(world: World, body: Json, group: EmulatedGroup): Content | { errcode: number } {
  const msgtype = String(body.msgtype)
  const part = asJson(body[msgtype])
  if (msgtype === 'text') {
    const text = asText(part.content)
    if (text === '' || Buffer.byteLength(text) > TEXT_BYTES) return { errcode: text === '' ? 44004 : 40058 }
    const mentions = Array.isArray(part.mentioned_list) ? part.mentioned_list.map(String) : []
    // Only who sits in the group can be @-ed; the others stand there without effect.
    return { msgtype, text, mentions: mentions.filter(id => group.members.includes(id) || id === '@all') }
  }
  if (msgtype === 'image') {
    const bytes = Buffer.from(asText(part.base64), 'base64')
    if (bytes.length === 0 || bytes.length > 2 * MEGABYTE) return { errcode: 40009 }
    if (createHash('md5').update(bytes).digest('hex') !== part.md5) return { errcode: 40058 }
    return { msgtype, text: '', mentions: [], bytes }
  }
  if (msgtype === 'file') {
    const media = world.findMedia(part.media_id)
    if (!media || media.key !== group.key) return { errcode: 40007 }
    return { msgtype, text: '', mentions: [], bytes: media.bytes }
  }
  return { errcode: 40008 }
}

async function uploadForGroup(world: World, call: Call): Promise<Reply> {
  const { key, type } = call.entry.query
  const file = await readUpload(call)
  if (!world.findGroupByKey(key)) return fail(93000)
  if (type !== 'file' || !file || file.bytes.length > 20 * MEGABYTE) return fail(40004)
  return ok({ type: 'file', media_id: world.keepMedia({ ...file, key }), created_at: '0' })
}

function describeApp(world: World, { entry }: Call): Reply {
  const { agentId } = world.options
  if (entry.query.agentid !== String(agentId)) return fail(301002)
  const user = [...world.members.values()]
    .filter(({ isVisible }) => isVisible)
    .map(({ userId }) => ({ userid: userId }))
  const range = { allow_userinfos: { user }, allow_partys: { partyid: [] }, allow_tags: { tagid: [] } }
  return ok({
    agentid: agentId,
    name: '网格助手',
    ...range,
    close: world.isAppClosed ? 1 : 0,
    redirect_domain: world.redirectDomain,
  })
}

function describeVisitor(world: World, { entry }: Call): Reply {
  const visitor = world.spendOauthCode(entry.query.code)
  if (!visitor) return fail(40029)
  return visitor.userId === undefined ? ok({ openid: 'oOUTSIDE' }) : ok({ userid: visitor.userId })
}

function describeMember(world: World, { entry }: Call): Reply {
  const member = world.findMember(entry.query.userid ?? '')
  if (!member) return fail(60111)
  if (!member.isVisible) return fail(60011)
  return ok({ userid: member.userId, name: member.name, department: [1], status: 1 })
}

function mapUserIds(world: World, _call: Call, body: Json): Reply {
  const asked = Array.isArray(body.open_userid_list) ? body.open_userid_list.map(String) : []
  if (asked.length === 0 || asked.length > MOST_RECEIVERS) return fail(40058)
  const members = [...world.members.values()]
  const found = asked.flatMap(id => {
    const member = members.find(({ openUserId, isVisible }) => openUserId === id && isVisible)
    return member ? [{ open_userid: id, userid: member.userId }] : []
  })
  const invalid = asked.filter(id => !found.some(({ open_userid }) => open_userid === id))
  return ok({ userid_list: found, invalid_open_userid_list: invalid })
}

function listPunches(world: World, _call: Call, body: Json): Reply {
  const users = Array.isArray(body.useridlist) ? body.useridlist.map(String) : []
  const [from, to] = [Number(body.starttime), Number(body.endtime)]
  if (users.length === 0 || users.length > 100) return fail(301023)
  if (!(to >= from && to - from <= 30 * 86_400)) return fail(301024)
  const rows = world.punches.filter(({ userid, checkin_time }) => {
    return users.includes(userid) && checkin_time >= from && checkin_time <= to
  })
  return ok({ checkindata: rows })
}

async function readUpload({ entry, raw }: Call): Promise<{ bytes: Uint8Array; mime: string } | undefined> {
  const type = entry.headers['content-type']
  if (typeof type !== 'string') return undefined
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  const media = form?.get('media')
  if (!(media instanceof Blob)) return undefined
  return { bytes: new Uint8Array(await media.arrayBuffer()), mime: media.type || 'application/octet-stream' }
}

function isJsonExpected({ entry }: Call): boolean {
  return entry.path !== '/cgi-bin/media/upload'
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}
