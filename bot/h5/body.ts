import type { IncomingMessage } from 'node:http'
import getRawBody from 'raw-body'
import { z } from 'zod'
import { PHOTOS_AT_ONCE, type PhonePost } from '../../web/shared/phone-api.ts'
import { Refusal } from './refusal.ts'

const JSON_LIMIT_BYTES = 64 * 1024
/** A month: what lies longer on a phone is no daily record any more. */
const LONGEST_WAIT_MS = 31 * 24 * 60 * 60_000
const LONGEST_TEXT = 4_000
const INCOMPLETE = '请求不完整，请再试一次。'

export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, '编号不对。')
const no = z.number('缺少编号。').int('编号应是整数。').positive('编号应是正数。')
const words = (longest: number) => z.string().trim().max(longest, `文字太长，最多 ${longest} 个字。`)
/** A field that was left empty is one that was not filled in. */
const optionalWords = (longest: number) =>
  words(longest)
    .optional()
    .transform(text => text || undefined)

const form = z.discriminatedUnion('is', [
  z.object({ is: z.literal('checkIn'), kind: z.enum(['on', 'off']) }),
  z.object({
    is: z.literal('incident'),
    text: words(LONGEST_TEXT).min(1, '请写一句发生了什么。'),
    place: optionalWords(200),
    urgent: z.literal(true).optional(),
    gridNo: no.optional(),
  }),
  z
    .object({
      is: z.literal('visit'),
      person: optionalWords(60),
      place: optionalWords(200),
      minutes: z.number().int('分钟数应是整数。').min(1, '至少 1 分钟。').max(600, '最多 600 分钟。').optional(),
      findings: optionalWords(2_000),
      at: z
        .string()
        .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, '时间不对。')
        .optional(),
      gridNo: no.optional(),
    })
    .refine(({ person, place }) => person ?? place, '请写走访了谁，或者去了哪里。'),
  z.object({ is: z.literal('notice'), step: z.enum(['acknowledge', 'done']), no }),
  z.object({ is: z.literal('incidentStep'), step: z.enum(['accept', 'resolve']), no, text: optionalWords(1_000) }),
  z
    .object({
      is: z.literal('decision'),
      of: z.enum(['notice', 'leave']),
      no,
      decision: z.enum(['approve', 'sign', 'reject']),
      reason: optionalWords(500),
    })
    .refine(({ decision, reason }) => decision !== 'reject' || reason !== undefined, '退回要写一句原因。'),
  z.object({ is: z.literal('undo') }),
  z.object({ is: z.literal('words'), text: words(LONGEST_TEXT).min(1, '请写一句。') }),
])

const degrees = (most: number) => z.number('位置不对。').min(-most, '位置不对。').max(most, '位置不对。')

const post: z.ZodType<PhonePost> = z.object({
  id: uuid,
  waitedMs: z.number().min(0).max(LONGEST_WAIT_MS, '这一条放得太久了，请在聊天里补报。'),
  form,
  photos: z
    .array(z.union([z.object({ upload: uuid }), z.object({ media: z.string().min(1).max(512) })]))
    .max(PHOTOS_AT_ONCE, `一次最多 ${PHOTOS_AT_ONCE} 张照片。`)
    .optional(),
  location: z
    .object({ lat: degrees(90), lng: degrees(180), datum: z.enum(['WGS-84', 'GCJ-02']), name: optionalWords(200) })
    .optional(),
}) as z.ZodType<PhonePost>

export const schemas = {
  post,
  sign: z.object({ url: z.string().max(2_000), hash: z.enum(['sha1', 'sha256']).optional() }),
  signIn: z.object({ code: z.string().min(1).max(512), state: z.string().max(128) }),
  nothing: z.object({}),
}

/** @throws {Refusal} 400 with the first fault as a sentence, 413 */
export async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const bytes = await readBytes(request, JSON_LIMIT_BYTES)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal(400, 'bad-body', INCOMPLETE)
  }
  // What no field has words for is no fault of the person's: the page sent it.
  const parsed = schema.safeParse(value, { error: () => INCOMPLETE })
  if (parsed.success) return parsed.data
  throw new Refusal(400, 'bad-body', parsed.error.issues[0]?.message ?? INCOMPLETE)
}

/** @throws {Refusal} 413, and 400 where the line broke: nothing of such a body is kept */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  try {
    return await getRawBody(request, { limit, length: request.headers['content-length'] })
  } catch (error) {
    if ((error as { status?: number }).status === 413) throw new Refusal(413, 'too-large', '内容太大了。')
    throw new Refusal(400, 'cut-off', '没传完，请再试一次。')
  }
}
