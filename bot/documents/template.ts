import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PatchType, patchDocument, TextRun } from 'docx'
import JSZip from 'jszip'
import type { SheetPage } from './describe-sheet.ts'
import { showable } from './word.ts'

/** Where the office's own form lies, below DATA_DIR. */
const TEMPLATE = join('templates', 'notice-sheet.docx')
const BODY = 'word/document.xml'
/** A form without these would lose what the document demands of a notice. Source: S0-22 */
const NEEDED = ['编号', '工作内容', '任务要求', '时间节点', '考核规定']

/** The office's template cannot be used; `message` is for the office: what is wrong with it. */
export class TemplateFault extends Error {}

/** The bytes of the office's own form; undefined where none was put there. */
export async function findTemplate(dataDir: string): Promise<Buffer | undefined> {
  return readFile(join(dataDir, TEMPLATE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new TemplateFault('文件读不出来', { cause: error })
  })
}

/**
 * The notices in the office's own form, one after the other, each beginning a page. Placeholders stand as `{{编号}}`; a part the
 * notice does not have leaves its place empty.
 *
 * @throws {TemplateFault}
 */
export async function fillTemplate(template: Uint8Array, pages: readonly SheetPage[]): Promise<Uint8Array> {
  const present = await listPlaceholders(template)
  const lacking = NEEDED.filter(name => !present.has(name))
  if (lacking.length > 0) throw new TemplateFault(`缺少占位符${lacking.map(name => `{{${name}}}`).join('、')}`)
  try {
    const filled: Uint8Array[] = []
    for (const page of pages) filled.push(await fillPage(template, valuesOf(page), present))
    return await joinDocuments(filled)
  } catch (error) {
    throw new TemplateFault('填写时出错，请用Word另存为.docx后再放', { cause: error })
  }
}

function valuesOf(page: SheetPage): Record<string, string> {
  const { street, number, title, date, office, marks, rows, attachments, drafter, reviewer, signer } = page
  return {
    街道: street,
    编号: number,
    标题: title,
    日期: date,
    科室: office,
    标记: marks,
    ...Object.fromEntries(rows.map(({ name, words }) => [name, words])),
    附件: attachments,
    拟稿: drafter,
    审核: reviewer,
    签发: signer,
  }
}

async function fillPage(
  template: Uint8Array,
  values: Record<string, string>,
  present: ReadonlySet<string>,
): Promise<Uint8Array> {
  // One place is filled after the other: words of a person that look like a place must not be filled in their turn.
  const patches = [...present].map(name => {
    const lines = showable(values[name] ?? '')
      .replaceAll('{{', '｛｛')
      .split('\n')
    const children = lines.map((text, index) => new TextRun({ text, ...(index > 0 ? { break: 1 } : {}) }))
    return [name, { type: PatchType.PARAGRAPH, children }] as const
  })
  const patched = await patchDocument({
    outputType: 'uint8array',
    data: template,
    patches: Object.fromEntries(patches),
    keepOriginalStyles: true,
    recursive: false,
  })
  return patched
}

async function openTemplate(bytes: Uint8Array): Promise<{ zip: JSZip; body: string }> {
  const zip = await JSZip.loadAsync(bytes).catch(error => {
    throw new TemplateFault('不是Word的.docx文件', { cause: error })
  })
  const body = await zip.file(BODY)?.async('string')
  if (body === undefined) throw new TemplateFault('不是Word的.docx文件')
  return { zip, body }
}

/** Word may cut a placeholder into several runs; read without the marks between them it is whole. */
async function listPlaceholders(template: Uint8Array): Promise<Set<string>> {
  const { body } = await openTemplate(template)
  const words = body.replace(/<[^>]*>/g, '')
  return new Set([...words.matchAll(/\{\{\s*([^{}]{1,12}?)\s*\}\}/g)].map(([, name]) => name!))
}

const PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

/** All come from one template, so their styles and references are the same: only what stands in the bodies differs. */
async function joinDocuments(filled: readonly Uint8Array[]): Promise<Uint8Array> {
  const [first, ...others] = await Promise.all(filled.map(openTemplate))
  if (!first) throw new Error('no notice to write')
  if (others.length === 0) return filled[0]!
  const inner = others.map(({ body }) => splitBody(body).inner)
  const { head, inner: own, tail } = splitBody(first.body)
  first.zip.file(BODY, [head, [own, ...inner].join(PAGE_BREAK), tail].join(''))
  return first.zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
}

/** The last section's properties belong to the whole document and stay at its end. */
function splitBody(body: string): { head: string; inner: string; tail: string } {
  const start = body.indexOf('>', body.indexOf('<w:body')) + 1
  const section = body.lastIndexOf('<w:sectPr')
  const end = section > start ? section : body.lastIndexOf('</w:body>')
  return { head: body.slice(0, start), inner: body.slice(start, end), tail: body.slice(end) }
}
