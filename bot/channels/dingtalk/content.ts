/** What a message says, by its kind: text, pictures, voice, files (open.dingtalk.com, 机器人接收消息). */
import type { MediaRef } from '../channel.ts'
import { asArray, asId, asObject, asObjectOrJson, asText, type JsonObject, parseJson } from '../json.ts'

export interface Content {
  text: string
  media: MediaRef[]
  /** Names of mentioned people by their opaque id, where the rich text shows them. */
  names: Map<string, string>
  /** A kind that we cannot read. */
  isUnsupported?: true
}

/** What decoding needs to know beside the content. */
export interface ContentFacts {
  /** Download codes belong to the robot that got the message. */
  robot: string
  /** The robot's own opaque id: its mention is no part of the text. */
  robotId?: string
}

/** `kind` is `msgtype` of a message or `msgType` of a quoted one; `text` and `content` are its fields of these names. */
export function decodeContent(
  kind: string | undefined,
  parts: { text?: unknown; content?: unknown },
  facts: ContentFacts,
): Content {
  const content = asObjectOrJson(parts.content) ?? {}
  switch (kind) {
    case 'text':
    case 'reply':
      return says(readPlainText(parts, content))
    case 'richText':
      return decodeRichText(content, facts)
    case 'picture':
      return says('', readMedia('image', content, facts))
    case 'audio': {
      const heard = asText(content.recognition) ?? ''
      // Voice that the platform could not turn into words is as unreadable to us as an unknown kind.
      return heard.trim() === ''
        ? { ...says('', readMedia('audio', content, facts)), isUnsupported: true }
        : says(heard, readMedia('audio', content, facts))
    }
    case 'video':
      return says('', readMedia('video', content, facts))
    case 'file':
      return says('', readMedia('file', content, facts))
    default:
      return { ...says(''), isUnsupported: true }
  }
}

function says(text: string, media: MediaRef[] = []): Content {
  return { text: text.trim() === '' ? '' : text, media, names: new Map() }
}

/** `text.content`; older HTTP samples have a bare `content`, quoted messages `content.text`. */
function readPlainText(parts: { text?: unknown; content?: unknown }, content: JsonObject): string {
  return (
    asText(asObject(parts.text)?.content) ??
    asText(content.text) ??
    asText(content.content) ??
    asText(parts.content) ??
    asText(parts.text) ??
    ''
  )
}

/** Nodes of a message carry `type` and `text`, those of a quoted one `msgType` and `content`. */
function decodeRichText(content: JsonObject, facts: ContentFacts): Content {
  const nodes = asArray(content.richText) ?? asArray(asObject(content.richText)?.richTextList) ?? []
  const result: Content = { text: '', media: [], names: new Map() }
  for (const value of nodes) {
    const node = asObject(value) ?? {}
    const kind = asText(node.type) ?? asText(node.msgType)
    if (kind === 'picture') {
      result.media.push(...readMedia('image', { ...asObject(node.content), ...node }, facts))
    } else if (kind === 'at') {
      const name = asText(node.atName) ?? ''
      const id = asId(node.atUserId)
      if (id !== undefined && id === facts.robotId) continue
      if (id !== undefined && name !== '') result.names.set(id, name)
      if (name !== '') result.text += `@${name}`
    } else {
      result.text += asText(node.text) ?? asText(node.content) ?? ''
    }
  }
  if (result.text.trim() === '') result.text = ''
  return result
}

/** Only `downloadCode`: the download call answers 500 to a `pictureDownloadCode`. */
function readMedia(kind: MediaRef['kind'], content: JsonObject, facts: ContentFacts): MediaRef[] {
  const code = asText(content.downloadCode)
  if (code === undefined || code === '') return []
  const fileName = asText(content.fileName)
  return [{ kind, ref: encodeMediaRef(facts.robot, code), ...(fileName === undefined ? {} : { fileName }) }]
}

/** The channel's own form of `MediaRef.ref`: robot code and download code. */
export function encodeMediaRef(robot: string, downloadCode: string): string {
  return JSON.stringify([robot, downloadCode])
}

export function decodeMediaRef(ref: string): { robotCode: string; downloadCode: string } | undefined {
  const [robotCode, downloadCode] = asArray(parseJson(ref)) ?? []
  return typeof robotCode === 'string' && typeof downloadCode === 'string' ? { robotCode, downloadCode } : undefined
}
