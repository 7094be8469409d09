import { createHash } from 'node:crypto'
import type { Attachment } from '../../storage/outbox.ts'
import { rasterize } from './rasterize.ts'

/** One drawing for each kind of attachment: data in, SVG out. Loaded when the first picture is wanted. */
const drawings: Record<string, () => Promise<(data: unknown) => string>> = {
  'weekly-chart': async () => (await import('./weekly-chart.ts')).drawWeeklyChart,
  'notice-pages': async () => (await import('./notice-sheet.ts')).drawNoticeSheet,
}

/** One summary goes to a handful of chats and tries: the newest pictures are kept. */
const KEPT = 16
const drawn = new Map<string, Promise<Uint8Array>>()

/**
 * The picture of an attachment as PNG bytes; the same figures are drawn once.
 *
 * @throws where the kind is unknown or the data is not of its form
 */
export function drawPicture({ kind, data }: Attachment): Promise<Uint8Array> {
  const key = createHash('sha256')
    .update(JSON.stringify([kind, data]))
    .digest('base64')
  const known = drawn.get(key)
  if (known) return known
  const picture = draw(kind, data)
  picture.catch(() => drawn.delete(key))
  drawn.set(key, picture)
  if (drawn.size > KEPT) drawn.delete(drawn.keys().next().value ?? '')
  return picture
}

async function draw(kind: string, data: unknown): Promise<Uint8Array> {
  const drawing = await drawings[kind]?.()
  if (!drawing) throw new Error(`no drawing for attachments of kind ${kind}`)
  return rasterize(drawing(data))
}
