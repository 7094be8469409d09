/** The messages that people send, in DingTalk's own form (open.dingtalk.com, 机器人接收消息). */
import { randomBytes } from 'node:crypto'
import type { World } from './dingtalk-world.ts'

export interface Saying {
  /** The sender's staff id. */
  from: string
  /** The group; a private chat with the robot when left out. */
  group?: string
  text?: string
  /** Nodes of a rich text; pictures as `{ picture: bytes }`. */
  richText?: ({ text: string } | { picture: Uint8Array } | { at: string })[]
  picture?: Uint8Array
  /** `''` for a voice that was not recognised. */
  audio?: { recognition?: string }
  file?: { bytes: Uint8Array; fileName: string }
  video?: Uint8Array
  /** Staff ids of members @-ed beside the robot. */
  mentions?: string[]
  /** A group hears the robot only when it is @-ed; `false` shows that nothing arrives. */
  mentionsRobot?: boolean
  /** The message being replied to, in the platform's form. */
  repliedMsg?: Record<string, unknown>
  msgId?: string
  createAt?: number
  /** Keys laid over the finished payload; `undefined` takes one away. */
  payload?: Record<string, unknown>
}

const ROBOT_ID = '$:LWCP_v1:$robot'

/** undefined where the platform would not deliver it: a group message that does not @ the robot, or a kind groups cannot send to it. */
export function buildRobotMessage(world: World, base: string, saying: Saying): Record<string, unknown> | undefined {
  const { group: groupId } = saying
  const group = groupId === undefined ? undefined : world.groups.get(groupId)
  if (groupId !== undefined && group === undefined) throw new Error(`no such group: ${groupId}`)
  const user = world.users.get(saying.from)
  if (user === undefined) throw new Error(`no such user: ${saying.from}`)
  if (group !== undefined) {
    if (!group.hasRobot || group.isDisbanded || saying.mentionsRobot === false) return undefined
    if (saying.audio !== undefined || saying.video !== undefined || saying.file !== undefined) return undefined
  }
  const { now, corpId, robotCode } = world.options
  const session = world.openSession(group === undefined ? { user: user.staffId } : { group: group.id })
  const atUsers = [ROBOT_ID, ...(saying.mentions ?? [])].map(id => {
    if (id === ROBOT_ID) return { dingtalkId: ROBOT_ID }
    const mentioned = world.users.get(id)
    if (mentioned === undefined) throw new Error(`no such user: ${id}`)
    const { dingtalkId, unionId, staffId } = mentioned
    return mentioned.isExternal ? { dingtalkId } : { dingtalkId, staffId, unionId }
  })
  const payload: Record<string, unknown> = {
    conversationId: group?.id ?? `cid-direct-${user.staffId}==`,
    conversationType: group === undefined ? '1' : '2',
    ...(group === undefined
      ? {}
      : { conversationTitle: group.title, openThreadId: group.id, atUsers, isInAtList: true }),
    msgId: saying.msgId ?? `msg${randomBytes(9).toString('base64')}==`,
    createAt: saying.createAt ?? now(),
    senderPlatform: 'Android',
    senderId: user.dingtalkId,
    ...(user.isExternal ? {} : { senderStaffId: user.staffId, senderUnionId: user.unionId, isAdmin: false }),
    senderNick: user.name,
    senderCorpId: user.isExternal ? 'dingother' : corpId,
    chatbotCorpId: corpId,
    chatbotUserId: ROBOT_ID,
    robotCode,
    sessionWebhook: `${base}/robot/sendBySession?session=${session.id}`,
    sessionWebhookExpiredTime: session.expiresAt,
    ...buildContent(world, saying, group !== undefined),
    ...saying.payload,
  }
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined))
}

function buildContent(world: World, saying: Saying, isGroup: boolean): Record<string, unknown> {
  if (saying.richText !== undefined) {
    const richText = saying.richText.map(node => {
      if ('text' in node) return { text: node.text }
      if ('picture' in node) return { type: 'picture', ...keepPicture(world, node.picture) }
      const user = world.users.get(node.at)
      return { type: 'at', atName: user?.name ?? node.at, atUserId: user?.dingtalkId ?? node.at }
    })
    return { msgtype: 'richText', content: { richText } }
  }
  if (saying.picture !== undefined) return { msgtype: 'picture', content: keepPicture(world, saying.picture) }
  if (saying.audio !== undefined) {
    const downloadCode = keepFile(world, Buffer.from('#!AMR\n'), 'voice.amr', 'audio/amr')
    return { msgtype: 'audio', content: { duration: 4000, downloadCode, ...saying.audio } }
  }
  if (saying.video !== undefined) {
    const downloadCode = keepFile(world, Buffer.from(saying.video), 'video.mp4', 'video/mp4')
    return { msgtype: 'video', content: { duration: 4000, downloadCode, videoType: 'mp4' } }
  }
  if (saying.file !== undefined) {
    const { bytes, fileName } = saying.file
    const downloadCode = keepFile(world, Buffer.from(bytes), fileName, 'application/octet-stream')
    return { msgtype: 'file', content: { downloadCode, fileName, fileId: '2153301', spaceId: '284144' } }
  }
  const reply = saying.repliedMsg === undefined ? {} : { isReplyMsg: true, repliedMsg: saying.repliedMsg }
  // The linked @ of the robot vanishes from the text and leaves its space.
  const content = `${isGroup ? ' ' : ''}${saying.text ?? ''}`
  return { msgtype: 'text', text: { content, ...reply } }
}

function keepPicture(world: World, bytes: Uint8Array): { downloadCode: string; pictureDownloadCode: string } {
  const downloadCode = keepFile(world, Buffer.from(bytes), 'picture.file', 'image/jpeg')
  return { downloadCode, pictureDownloadCode: `picture-${downloadCode}` }
}

/** @returns the download code */
export function keepFile(world: World, bytes: Buffer, fileName: string, type: string): string {
  const code = randomBytes(12).toString('base64')
  world.files.set(code, { bytes, fileName, type })
  return code
}
