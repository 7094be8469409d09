import fc from 'fast-check'
import JSZip from 'jszip'
import { describe, expect, it } from 'vitest'
import { readDocument, UnreadableDocument } from '../../bot/documents/read-docx.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>'
const TAIL = '<w:sectPr/></w:body></w:document>'

async function docx(body: string, whole = `${HEAD}${body}${TAIL}`): Promise<Uint8Array> {
  const zip = new JSZip()
  zip.file('word/document.xml', whole)
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
}
const p = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`
const cell = (...words: string[]) => `<w:tc><w:tcPr/>${words.map(p).join('')}</w:tc>`

describe('the words of a Word document', () => {
  it('are its paragraphs, also where Word cut them into runs', async () => {
    const body =
      '<w:p><w:r><w:t>工作</w:t></w:r><w:r><w:t xml:space="preserve">内容： </w:t></w:r><w:r><w:t>排查</w:t></w:r></w:p>'
    expect(await readDocument(await docx(`${body}${p('二')}`))).toBe('工作内容： 排查\n二')
  })

  it('are a line for each row of a form, named by its first cell', async () => {
    const table = `<w:tbl><w:tr>${cell('工作内容')}${cell('排查出租房', '逐户登记')}</w:tr><w:tr>${cell('时间节点：')}${cell('12月4日前')}</w:tr></w:tbl>`
    expect(await readDocument(await docx(table))).toBe('工作内容：排查出租房；逐户登记\n时间节点：12月4日前')
  })

  it('keep numbers and signs as they are written, without what was struck out', async () => {
    const body = `${p('0012 &lt;A&gt; &amp; &#20013;')}<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p>`
    expect(await readDocument(await docx(body))).toBe('0012 <A> & 中\n新')
  })

  it('do not open what an entity leads to', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "${'哈'.repeat(50)}"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="w"><w:body>${p('&b;')}</w:body></w:document>`
    const text = await readDocument(await docx('', bomb)).catch(error => String(error))
    expect(text).not.toContain('哈哈')
  })

  it.each([
    ['no archive', async () => Buffer.from('PK but no')],
    ['an archive without a document', async () => new JSZip().file('a.txt', 'a').generateAsync({ type: 'uint8array' })],
    ['a document that is cut off', async () => docx('', `${HEAD}<w:p><w:r><w:t>半`)],
    ['one that unpacks to more than any form has', async () => docx(p('大'.repeat(4_000_000)))],
  ])('%s is unreadable', async (_name, make) => {
    await expect(readDocument(await make())).rejects.toThrow(UnreadableDocument)
  })

  it('never fails in another way, whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => {
        await expect(readDocument(bytes)).rejects.toThrow(UnreadableDocument)
      }),
      { numRuns: 50 },
    )
  })
})
