import type { IncomingMessage } from 'node:http'
import getRawBody from 'raw-body'
import { z } from 'zod'
import { FILES_AT_ONCE, IMAGES_AT_ONCE } from './media.ts'
import { Rejection } from './rejection.ts'

/** Nine pictures of ten megabytes, as base64, with room for the text. */
const BODY_LIMIT_BYTES = 128 * 1024 * 1024

const optional = <T extends z.ZodType>(type: T) => type.nullish().transform(value => value ?? undefined)

/** What may be posted. `text` may be empty (a bare @), but something must be there. */
export const postSchema = z
  .object({
    group: z.string('group 应是会话 ID，或 @人员标识。').min(1, 'group 不能为空。'),
    user: z.string('user 应是人员标识。').min(1, 'user 不能为空。').max(200, 'user 太长。'),
    text: optional(z.string('text 应是文字。')),
    images: optional(
      z
        .array(z.string('images 应是 data: 地址的列表。'), 'images 应是 data: 地址的列表。')
        .max(IMAGES_AT_ONCE, `一次最多 ${IMAGES_AT_ONCE} 张图片。`),
    ),
    files: optional(
      z
        .array(
          z.object({
            name: z.string('files[].name 应是文件名。').min(1).max(200),
            data: z.string('files[].data 应是 data: 地址。'),
          }),
          'files 应是 {"name","data"} 的列表。',
        )
        .max(FILES_AT_ONCE, `一次最多 ${FILES_AT_ONCE} 个文件。`),
    ),
    location: optional(
      z.object(
        {
          lat: z
            .number('location.lat 应是数字。')
            .min(-90, '纬度应在 -90 到 90 之间。')
            .max(90, '纬度应在 -90 到 90 之间。'),
          lng: z
            .number('location.lng 应是数字。')
            .min(-180, '经度应在 -180 到 180 之间。')
            .max(180, '经度应在 -180 到 180 之间。'),
          name: optional(z.string('location.name 应是文字。').max(200, '地名太长。')),
        },
        'location 应是 {"lat","lng"}。',
      ),
    ),
    quote: optional(z.string('quote 应是消息 ID。')),
    id: optional(z.string('id 应是文字。').min(1, 'id 不能为空。').max(200, 'id 太长。')),
  })
  .refine(
    ({ text, images, files, location }) => text !== undefined || images?.length || files?.length || location,
    'text、images、files、location 至少要有一个。',
  )

export interface Post {
  /** Chat id, or `@KEY`. */
  group: string
  user: string
  text?: string
  /** `data:` URLs. */
  images?: string[]
  /** Documents, each a `data:` URL with its name. */
  files?: { name: string; data: string }[]
  /** WGS-84. */
  location?: { lat: number; lng: number; name?: string }
  /** Id of a message, of a delivered text, or of a card. */
  quote?: string
  /** Makes a repeated post one message. */
  id?: string
}

export const pressSchema = z.object({
  user: z.string('user 应是人员标识。').min(1, 'user 不能为空。'),
  key: z.string('key 应是按钮的标识。').min(1, 'key 不能为空。'),
})

export const moveSchema = z.object({
  now: optional(z.string('now 应是时刻，例如 2026-11-18T15:45:00+08:00。')),
  mode: optional(z.enum(['run', 'hold'], 'mode 只能是 run 或 hold。')),
})

export const enterSchema = z.object({ token: z.string() })

/** @throws {Rejection} 400 with the first fault as a sentence; 413 */
export async function readBody<T extends z.ZodType>(request: IncomingMessage, schema: T): Promise<z.infer<T>> {
  return parse(schema, await readJson(request))
}

/** The same for a form of the page. */
export async function readForm<T extends z.ZodType>(request: IncomingMessage, schema: T): Promise<z.infer<T>> {
  return parse(schema, Object.fromEntries(new URLSearchParams((await readBytes(request)).toString('utf8'))))
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Rejection(
    400,
    'bad-body',
    issue?.path.length || issue?.code === 'custom' ? issue.message : '请求体应是 JSON 对象。',
  )
}

function readBytes(request: IncomingMessage): Promise<Buffer> {
  const length = request.headers['content-length']
  return getRawBody(request, { limit: BODY_LIMIT_BYTES, length }).catch((error: { status?: number }) => {
    if (error.status === 413) throw new Rejection(413, 'too-large', '请求太大。')
    throw new Rejection(400, 'cut-off', '请求不完整。')
  })
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Rejection(400, 'bad-body', '请求体应是 UTF-8 的 JSON。')
  }
}
