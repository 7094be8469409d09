import { z } from 'zod'
import type { SheetPage } from '../documents/describe-sheet.ts'
import { signLine } from '../documents/notice-sheet.ts'
import { showable } from '../documents/word.ts'
import { pictureFont } from './rasterize.ts'

/** In units of the drawing; a phone shows 720 of them across. */
const WIDTH = 720
const EDGE = 36
const LABEL = 116
const INNER = WIDTH - 2 * EDGE
const PAD = 14
const TEXT = { size: 20, line: 32 }
/** A picture longer than this is scaled down by the chats until nobody can read it: the words stand in the text. */
const MOST_LINES = 14
const MOST_PAGES = 6
const RED = '#c00000'
const INK = '#1f2328'
const FAINT = '#59636e'
const RULE = '#3d444d'

const words = z.string()
const sheetPages: z.ZodType<SheetPage[]> = z.array(
  z.object({
    street: words,
    number: words,
    title: words,
    date: words,
    office: words,
    marks: words,
    rows: z.array(z.object({ name: words, words })),
    attachments: words,
    drafter: words,
    reviewer: words,
    signer: words,
  }),
)

/**
 * The sheet as a picture in the form of the document, one notice below the other.
 *
 * @returns SVG
 * @throws {z.ZodError} where `data` is not the pages of a sheet
 */
export function drawNoticeSheet(data: unknown): string {
  const pages = sheetPages.parse(data)
  const shown = pages.slice(0, MOST_PAGES)
  const parts: string[] = []
  let y = 28
  for (const page of shown) y = drawPage(page, y, parts) + 40
  if (pages.length > shown.length) {
    parts.push(
      text(WIDTH / 2, y, `还有${pages.length - shown.length}份，见文字`, { size: 18, color: FAINT, anchor: 'middle' }),
    )
    y += 40
  }
  const height = Math.ceil(y)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${pictureFont}">${parts.join('')}</svg>`
}

/** @returns where it ends */
function drawPage(page: SheetPage, top: number, parts: string[]): number {
  const { street, number, date, office, marks, title, rows, attachments } = page
  let y = top + 34
  parts.push(text(WIDTH / 2, y, `${street}工作提示单`, { size: 32, color: RED, anchor: 'middle' }))
  y += 34
  const facts = [number, date, office].filter(Boolean).join('　')
  parts.push(text(EDGE, y, facts, { size: 17, color: FAINT }))
  if (marks) parts.push(text(WIDTH - EDGE, y, marks, { size: 17, color: RED, anchor: 'end' }))
  y += 14
  parts.push(`<rect x="${EDGE}" y="${y}" width="${INNER}" height="3" fill="${RED}"/>`)
  y += 14
  for (const line of wrap(title, INNER, 24, 2)) {
    y += 32
    parts.push(text(WIDTH / 2, y, line, { size: 24, color: INK, anchor: 'middle' }))
  }
  y += 22
  for (const { name, words } of [...rows, ...(attachments ? [{ name: '附件', words: attachments }] : [])]) {
    y = drawRow(name, words, y, parts)
  }
  y += 34
  parts.push(text(EDGE, y, signLine(page), { size: 17, color: INK }))
  return y
}

function drawRow(name: string, words: string, top: number, parts: string[]): number {
  const lines = wrap(words, INNER - LABEL - 2 * PAD, TEXT.size, MOST_LINES)
  const height = lines.length * TEXT.line + 2 * PAD - 6
  const frame = `fill="none" stroke="${RULE}" stroke-width="1"`
  parts.push(`<rect x="${EDGE}" y="${top}" width="${LABEL}" height="${height}" fill="#f6f8fa"/>`)
  parts.push(`<rect x="${EDGE}" y="${top}" width="${INNER}" height="${height}" ${frame}/>`)
  parts.push(`<path d="M${EDGE + LABEL} ${top}v${height}" ${frame}/>`)
  const middle = top + height / 2 + TEXT.size * 0.36
  parts.push(text(EDGE + LABEL / 2, middle, name, { size: TEXT.size, color: INK, anchor: 'middle' }))
  lines.forEach((line, index) => {
    const y = top + PAD + TEXT.size + index * TEXT.line
    parts.push(text(EDGE + LABEL + PAD, y, line, { size: TEXT.size, color: INK }))
  })
  return top + height
}

interface Style {
  size: number
  color: string
  anchor?: 'middle' | 'end'
}

function text(x: number, y: number, words: string, { size, color, anchor }: Style): string {
  const escaped = showable(words).replace(/[<>&"]/g, sign => ESCAPES[sign]!)
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}"${anchor ? ` text-anchor="${anchor}"` : ''} xml:space="preserve">${escaped}</text>`
}

const ESCAPES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }
const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })
/** What must not begin a line. */
const CLOSING = /^[，。；：、！？）》”’」』】,.;:!?)\]]$/

/** Lines no wider than `width`, at most `most` of them; what does not fit ends in ……. */
export function wrap(words: string, width: number, size: number, most: number): string[] {
  const lines: string[] = []
  for (const paragraph of words.split('\n')) {
    let line = ''
    let used = 0
    for (const { segment } of segmenter.segment(paragraph)) {
      const advance = size * (/^[\u0020-\u024f]+$/.test(segment) ? 0.58 : 1)
      // A closing mark may hang over: there is room for one in the padding.
      if (used + advance > width && !CLOSING.test(segment)) {
        lines.push(line)
        line = ''
        used = 0
      }
      line += segment
      used += advance
    }
    lines.push(line)
    if (lines.length > most) break
  }
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, -2)}……`]
}
