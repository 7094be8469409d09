/** The addresses of DingTalk that the program calls, as strict as the real ones (open.dingtalk.com: 机器人, 全局错误码, 调用限制). */
import { randomUUID } from 'node:crypto'
import {
  type Call,
  type Endpoint,
  isObject,
  type Json,
  newError,
  ok,
  oldError,
  oldOk,
  type Reply,
} from './dingtalk-answers.ts'
import { OFFICE_ENDPOINTS } from './dingtalk-office.ts'
import type { DeliveredMessage, EmulatedGroup, World } from './dingtalk-world.ts'

const MSG_PARAM_BYTES = 15_000
const HOOK_BODY_BYTES = 20_000
const USERS_PER_CALL = 20
const AT_USERS_PER_MESSAGE = 50

/** What each message of the API must carry. */
const MSG_KEYS: Record<string, string[]> = {
  sampleText: ['content'],
  sampleMarkdown: ['title', 'text'],
  sampleImageMsg: ['photoURL'],
  sampleLink: ['title', 'text', 'picUrl', 'messageUrl'],
  sampleActionCard: ['title', 'text', 'singleTitle', 'singleURL'],
  sampleActionCard2: ['title', 'text', 'actionTitle1', 'actionURL1', 'actionTitle2', 'actionURL2'],
  sampleFile: ['mediaId', 'fileName', 'fileType'],
}
const FILE_TYPES = new Set(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'])

/** `METHOD path`; those not in `OPEN` want a token. */
const ENDPOINTS: Record<string, Endpoint> = {
  ...OFFICE_ENDPOINTS,
  'POST /v1.0/gateway/connections/open': openConnection,
  'POST /v1.0/oauth2/accessToken': giveToken,
  'GET /gettoken': giveOldToken,
  'POST /robot/sendBySession': sendBySession,
  'POST /robot/send': sendByWebhook,
  'POST /v1.0/robot/groupMessages/send': sendToGroup,
  'POST /v1.0/robot/oToMessages/batchSend': sendToPeople,
  'POST /v1.0/robot/messageFiles/download': giveDownload,
  'POST /media/upload': takeUpload,
  'POST /v1.0/card/instances/createAndDeliver': createCard,
  'PUT /v1.0/card/instances': updateCard,
  'POST /v1.0/oauth2/jsapiTickets': () => ok({ jsapiTicket: 'emulated-ticket', expireIn: 7200 }),
  'POST /topapi/v2/user/get': describeUser,
  'POST /topapi/v2/user/getuserinfo': describeVisitor,
}

const OPEN = new Set([
  'POST /v1.0/gateway/connections/open',
  'POST /v1.0/oauth2/accessToken',
  'GET /gettoken',
  'POST /robot/sendBySession',
  'POST /robot/send',
])

/** Counted against the month: everything that is not about tokens, log-in and contacts. */
const UNCOUNTED = /^\w+ \/(v1\.0\/(gateway|oauth2)|gettoken|topapi\/v2\/user|robot\/send)/

export async function answerCall(world: World, call: Call): Promise<Reply> {
  const { entry } = call
  const name = `${entry.method} ${entry.path}`
  if (entry.method === 'GET' && entry.path.startsWith('/file/')) return giveFile(world, call)
  const endpoint = ENDPOINTS[name]
  if (endpoint === undefined) return newError(404, 'InvalidAction.NotFound')
  const isNew = entry.path.startsWith('/v1.0/')
  if (!OPEN.has(name)) {
    const token = isNew ? entry.headers['x-acs-dingtalk-access-token'] : entry.query.access_token
    if (!world.isTokenGood(typeof token === 'string' ? token : undefined)) {
      return isNew ? newError(400, 'InvalidAuthentication') : oldError(40014)
    }
  }
  if (!UNCOUNTED.test(name)) {
    if (!world.mayCall(entry.path)) {
      return isNew ? newError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi') : oldError(90018)
    }
    world.apiCalls += 1
    if (world.apiCalls > world.options.monthlyApiCalls) {
      return isNew ? newError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg') : oldError(90020)
    }
  }
  return endpoint(world, call, isObject(entry.body) ? entry.body : {})
}

function openConnection(world: World, { entry, base }: Call, body: Json): Reply {
  const { clientId, clientSecret } = world.options
  if (body.clientId !== clientId || body.clientSecret !== clientSecret) return newError(401, 'authFailed')
  if (!Array.isArray(body.subscriptions) || body.subscriptions.length === 0) return newError(400, 'invalidParameter')
  if (!String(entry.headers.accept).includes('application/json')) {
    return { status: 200, body: '<response><endpoint/></response>' }
  }
  return ok({ endpoint: `${base.replace('http', 'ws')}/connect`, ticket: world.issueTicket() })
}

function giveToken(world: World, _call: Call, body: Json): Reply {
  const { clientId, clientSecret } = world.options
  if (body.appKey !== clientId || body.appSecret !== clientSecret) return newError(400, 'invalidClientIdOrSecret')
  return ok(world.issueToken())
}

function giveOldToken(world: World, { entry }: Call): Reply {
  const { clientId, clientSecret } = world.options
  if (entry.query.appkey !== clientId || entry.query.appsecret !== clientSecret) return oldError(40089)
  const { accessToken, expireIn } = world.issueToken()
  return oldOk({ access_token: accessToken, expires_in: expireIn })
}

function sendBySession(world: World, call: Call, body: Json): Reply {
  const session = world.sessions.get(call.entry.query.session ?? '')
  if (session === undefined || session.expiresAt <= world.options.now()) return oldError(300001)
  const { group, user } = session
  return takeHookMessage(world, call, body, `session/${group ?? user}`, { via: 'session', group, user })
}

function sendByWebhook(world: World, call: Call, body: Json): Reply {
  const token = call.entry.query.access_token ?? ''
  const group = world.groupOfWebhook(token)
  if (group === undefined) return oldError(300001)
  if (group.isDisbanded) return oldError(400013)
  return takeHookMessage(world, call, body, `webhook/${token}`, { via: 'webhook', group: group.id })
}

/** Ids already used by a webhook: the same one again is answered well and shown once. */
const seenUuids = new WeakMap<World, Set<string>>()

function takeHookMessage(
  world: World,
  { raw }: Call,
  body: Json,
  robot: string,
  target: Pick<DeliveredMessage, 'via' | 'group' | 'user'>,
): Reply {
  if (raw.length > HOOK_BODY_BYTES) return oldError(460101)
  const kind = String(body.msgtype)
  const part = isObject(body[kind]) ? body[kind] : undefined
  const text = kind === 'text' ? part?.content : part?.text
  if (!['text', 'markdown', 'actionCard'].includes(kind) || typeof text !== 'string' || text === '') {
    return oldError(400105)
  }
  if (kind !== 'text' && typeof part?.title !== 'string') return oldError(40035)
  const at = isObject(body.at) ? body.at : {}
  const atUserIds = Array.isArray(at.atUserIds) ? at.atUserIds.map(String) : []
  if (atUserIds.length > AT_USERS_PER_MESSAGE) return oldError(400105)
  if (isForbidden(world, text)) return oldError(430101)
  const uuids = seenUuids.get(world) ?? new Set()
  seenUuids.set(world, uuids)
  if (typeof body.msgUuid === 'string' && uuids.has(body.msgUuid)) return oldOk({})
  if (!world.maySend(robot)) return oldError(130101)
  if (typeof body.msgUuid === 'string') uuids.add(body.msgUuid)
  const picture = /!\[[^\]]*\]\(([^)]+)\)/.exec(text)?.[1]
  world.deliver({
    ...target,
    kind,
    text,
    ...(typeof part?.title === 'string' ? { title: part.title } : {}),
    ...(kind === 'markdown' && picture !== undefined ? { mediaId: picture } : {}),
    // Somebody is @-ed only when the text says so too.
    atUserIds: atUserIds.filter(id => text.includes(`@${id}`)),
    isAtAll: at.isAtAll === true,
    body,
  })
  return oldOk({})
}

function sendToGroup(world: World, _call: Call, body: Json): Reply {
  const fault = findRobotFault(world, body)
  if (fault !== undefined) return fault
  const { openConversationId } = body
  if (typeof openConversationId !== 'string' || openConversationId === '') {
    return newError(400, 'miss.openConversationId')
  }
  const group = world.groups.get(openConversationId)
  if (group === undefined) return newError(400, 'invalid.openConversationId')
  if (group.isDisbanded) return newError(400, 'group.disbanded')
  if (!group.hasRobot) return newError(400, 'chatbotNotInstall')
  const message = readMessage(world, body)
  if ('status' in message) return message
  return ok({ processQueryKey: world.deliver({ via: 'group', group: group.id, ...message }) })
}

function sendToPeople(world: World, _call: Call, body: Json): Reply {
  const fault = findRobotFault(world, body)
  if (fault !== undefined) return fault
  const userIds = Array.isArray(body.userIds) ? body.userIds.map(String) : []
  if (userIds.length === 0) return newError(400, 'miss.param.userIds')
  if (userIds.length > USERS_PER_CALL) return newError(400, 'invalidParameter.userIds.tooMany')
  const message = readMessage(world, body)
  if ('status' in message) return message
  const isKnown = (id: string) => world.users.has(id) && !world.users.get(id)?.isExternal
  const invalid = userIds.filter(id => !isKnown(id))
  if (invalid.length === userIds.length) return newError(400, 'staffId.notExisted')
  const flowControlled = userIds.filter(id => isKnown(id) && world.flowControlled.has(id))
  let key = ''
  for (const user of userIds) {
    if (isKnown(user) && !world.flowControlled.has(user)) key = world.deliver({ via: 'oto', user, ...message })
  }
  return ok({
    processQueryKey: key === '' ? randomUUID() : key,
    invalidStaffIdList: invalid,
    flowControlledStaffIdList: flowControlled,
  })
}

function findRobotFault(world: World, body: Json): Reply | undefined {
  if (typeof body.robotCode !== 'string' || body.robotCode === '') {
    return newError(400, 'invalidParameter.robotCode.empty')
  }
  return body.robotCode === world.options.robotCode ? undefined : newError(400, 'invalidParameter.robotCode.notExsit')
}

/** `msgParam` is the JSON text of an object, with the keys of its kind. */
function readMessage(
  world: World,
  body: Json,
): Reply | Pick<DeliveredMessage, 'kind' | 'text' | 'title' | 'mediaId' | 'atUserIds' | 'isAtAll' | 'body'> {
  const kind = String(body.msgKey)
  const keys = MSG_KEYS[kind]
  if (keys === undefined) return newError(400, 'invalidParameter.msgKey.invalid')
  if (typeof body.msgParam !== 'string') return newError(400, 'invalidParameter.msgParam.invalid')
  if (Buffer.byteLength(body.msgParam) > MSG_PARAM_BYTES) return newError(400, 'invalidParameter.msgParam.tooLong')
  const param = parse(body.msgParam)
  if (param === undefined || keys.some(key => typeof param[key] !== 'string' || param[key] === '')) {
    return newError(400, 'msgParam.invalid')
  }
  if (kind === 'sampleFile' && !FILE_TYPES.has(String(param.fileType))) return newError(400, 'msgParam.invalid')
  const mediaId = param.photoURL ?? param.mediaId
  if (typeof mediaId === 'string' && !mediaId.startsWith('https://') && !world.media.has(mediaId)) {
    return newError(400, 'msgParam.invalid')
  }
  const text = [param.content, param.text].find(each => typeof each === 'string') ?? ''
  if (isForbidden(world, text)) return newError(400, 'contain.notAllowed.text')
  return {
    kind,
    text,
    ...(typeof param.title === 'string' ? { title: param.title } : {}),
    ...(typeof mediaId === 'string' ? { mediaId } : {}),
    atUserIds: [],
    isAtAll: false,
    body: { ...body, msgParam: param },
  }
}

function giveDownload(world: World, { base }: Call, body: Json): Reply {
  if (body.robotCode !== world.options.robotCode) return newError(400, 'invalidParameter.robotCode.auth')
  const code = String(body.downloadCode)
  if (code.startsWith('picture-')) return newError(500, 'system.error')
  if (!world.files.has(code)) return newError(400, 'invalidParameter.robotCode.downloadCode')
  const expires = Math.floor(world.options.now() / 1000) + 300
  return ok({ downloadUrl: `${base}/file/${encodeURIComponent(code)}?Expires=${expires}&Signature=emulated` })
}

function giveFile(world: World, { entry }: Call): Reply {
  const file = world.files.get(decodeURIComponent(entry.path.slice('/file/'.length)))
  if (file === undefined) return newError(404, 'NoSuchKey')
  return { status: 200, body: undefined, bytes: { data: file.bytes, type: file.type } }
}

async function takeUpload(world: World, { entry, raw }: Call): Promise<Reply> {
  const type = String(entry.query.type)
  if (!['image', 'voice', 'video', 'file'].includes(type)) return oldError(40004)
  const headers = { 'content-type': String(entry.headers['content-type']) }
  const form = await new Response(new Uint8Array(raw), { headers }).formData()
  const media = form.get('media')
  if (!(media instanceof File)) return oldError(40035)
  if (type === 'image' && !/^image\/(jpeg|gif|png|bmp)$/.test(media.type)) return oldError(40004)
  const mediaId = `@${randomUUID()}`
  world.media.set(mediaId, {
    bytes: Buffer.from(await media.arrayBuffer()),
    fileName: media.name,
    type: media.type,
  })
  return oldOk({ media_id: mediaId, created_at: world.options.now(), type })
}

function createCard(world: World, _call: Call, body: Json): Reply {
  const { outTrackId, openSpaceId, cardTemplateId } = body
  if (typeof outTrackId !== 'string' || typeof cardTemplateId !== 'string') {
    return newError(400, 'param.templateNotExist')
  }
  if (world.cards.has(outTrackId)) return newError(400, 'param.cardAlreadyExist')
  const space = /^dtv1\.card\/\/(IM_GROUP|IM_ROBOT)\.(.+)$/.exec(String(openSpaceId))
  const [, spaceType, spaceId = ''] = space ?? []
  const group: EmulatedGroup | undefined = world.groups.get(spaceId)
  const isKnown = spaceType === 'IM_GROUP' ? group !== undefined : world.users.has(spaceId)
  if (!isKnown) return newError(400, 'param.openSpaceIdInvalid')
  world.cards.set(outTrackId, body)
  const carrierId = randomUUID()
  return ok({
    success: true,
    result: { outTrackId, deliverResults: [{ spaceType, spaceId, success: true, carrierId, errorMsg: '' }] },
  })
}

function updateCard(world: World, _call: Call, body: Json): Reply {
  const card = world.cards.get(String(body.outTrackId))
  if (card === undefined) return newError(400, 'param.cardNotExist')
  Object.assign(card, body)
  return ok({ success: true, result: true })
}

function describeUser(world: World, _call: Call, body: Json): Reply {
  const user = world.users.get(String(body.userid))
  if (user === undefined) return oldError(60121)
  return oldOk({ result: { userid: user.staffId, unionid: user.unionId, name: user.name, active: true } })
}

/** The log-in code of a user is `code-STAFFID`. */
function describeVisitor(world: World, _call: Call, body: Json): Reply {
  const user = world.users.get(String(body.code).replace(/^code-/, ''))
  if (user === undefined) return oldError(40078)
  const { staffId: userid, unionId: unionid, name } = user
  return oldOk({ result: { userid, unionid, name, sys: false, sys_level: 0 } })
}

function isForbidden(world: World, text: string): boolean {
  return [...world.forbiddenWords].some(word => text.includes(word))
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
