import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { listNotices } from '../../storage/notices.ts'
import type { ChatItem } from '../../web/shared/simulator-api.ts'
import { openRig, type Rig } from '../simulator/rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await openRig({ now: '2026-11-18T14:00' })
})
afterEach(() => rig.close())

const FORM = [
  ['工作内容', '清点防汛物资'],
  ['任务要求', '数量要准，逐项登记'],
  ['时间节点', '12月4日前'],
  ['考核规定', '迟报扣0.5分'],
]
const dataUrl = (bytes: Uint8Array) => `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`

/** The four parts as offices write them: a heading and a table of two columns. */
async function makeForm(rows: readonly (readonly string[])[] = FORM): Promise<string> {
  const table = new Table({
    rows: rows.map(
      cells => new TableRow({ children: cells.map(words => new TableCell({ children: [new Paragraph(words)] })) }),
    ),
  })
  const document = new Document({ sections: [{ children: [new Paragraph('工作提示单'), table] }] })
  return dataUrl(await Packer.toBuffer(document))
}

const heard = async (chat: string): Promise<ChatItem[]> =>
  (await rig.read(chat)).items.filter(({ from }) => from === 'bot')
const texts = async (chat: string) => (await heard(chat)).map(({ text }) => text)
const move = (now: string) => rig.call('POST', '/sim/api/clock', { now: `${now}:00+08:00` })

async function fetchBytes(path: string): Promise<{ bytes: Uint8Array; name: string }> {
  const response = await fetch(`${rig.url}${path}`)
  const name = decodeURIComponent(response.headers.get('content-disposition') ?? '')
  return { bytes: new Uint8Array(await response.arrayBuffer()), name }
}

describe('a notice that comes as a document', () => {
  it('is read after the commit, drafted from, and its drafter is told', async () => {
    const files = [{ name: '防汛物资.docx', data: await makeForm() }]
    const asked = await rig.post('@贾雪梅', '贾雪梅', '按这个发个提示单，发给第3网格', { files })
    expect(asked.body.replies.map(({ text }) => text)).toEqual([
      '收到《防汛物资.docx》，正在读，读好就接着起草，您不用再发。',
    ])
    await rig.settle()
    expect((await texts('@贾雪梅')).at(-1)).toContain('已报高文远审核')
    const [notice] = await listNotices(rig.street)
    expect(notice).toMatchObject({
      status: 'submitted',
      content: '清点防汛物资',
      requirement: '数量要准，逐项登记',
      due: '2026-12-04',
      appraisal: '迟报扣0.5分',
    })
    expect(notice!.gridIds).toHaveLength(1)
  })

  it.each(['防汛物资.docx', undefined])(
    'that is quoted in a group (named %s) is fetched and read as well',
    async fileName => {
      const bytes = Buffer.from((await makeForm()).split(',')[1]!, 'base64')
      const ref = await rig.channel.media.keep(bytes)
      await rig.channel.post({
        channel: 'simulator',
        robot: 'simulator',
        id: 'quoting',
        chat: { id: 'G03', kind: 'group' },
        sender: { platformId: '贾雪梅', name: '贾雪梅' },
        at: rig.timeline.now(),
        text: '按这个发个提示单',
        mentions: [],
        media: [],
        quote: { id: 'earlier', media: [{ kind: 'file', ref, ...(fileName ? { fileName } : {}) }] },
      })
      await rig.settle()
      expect((await texts('G03')).at(-1)).toContain('已报高文远审核')
      expect((await listNotices(rig.street))[0]).toMatchObject({ content: '清点防汛物资', status: 'submitted' })
    },
  )

  it('sent without a word is drafted from where it plainly is a notice', async () => {
    await rig.post('@贾雪梅', '贾雪梅', '', { files: [{ name: '提示单.docx', data: await makeForm() }] })
    await rig.settle()
    expect((await texts('@贾雪梅')).at(-1)).toContain('已报高文远审核')
  })

  it('with a part missing is asked about, and goes on with the answer', async () => {
    const files = [{ name: '提示单.docx', data: await makeForm(FORM.slice(0, 3)) }]
    await rig.post('@贾雪梅', '贾雪梅', '按这个发提示单', { files })
    await rig.settle()
    expect((await texts('@贾雪梅')).at(-1)).toContain('还缺：考核规定')
    await rig.post('@贾雪梅', '贾雪梅', '迟报扣0.5分')
    expect((await listNotices(rig.street))[0]!.status).toBe('submitted')
  })

  it('that cannot be read is told of, with what to do instead', async () => {
    await rig.post('@贾雪梅', '贾雪梅', '按这个发提示单', {
      files: [{ name: '提示单.docx', data: dataUrl(Buffer.from('no document')) }],
    })
    await rig.settle()
    expect((await texts('@贾雪梅')).at(-1)).toContain('《提示单.docx》里的字没能读出来')
    expect(await listNotices(rig.street)).toEqual([])
  })

  it('makes nothing of a document that is something else', async () => {
    await rig.post('@贾雪梅', '贾雪梅', '', {
      files: [{ name: '年终总结.docx', data: await makeForm([['今年', '很忙']]) }],
    })
    await rig.settle()
    expect(await listNotices(rig.street)).toEqual([])
  })

  it('is nobody’s who may not draft', async () => {
    const { body } = await rig.post('@resident:路人', 'resident:路人', '按这个发提示单', {
      files: [{ name: '提示单.docx', data: await makeForm() }],
    })
    expect(body.error).toBeUndefined()
    await rig.settle()
    expect(await rig.street.sql.selectFrom('message_file').select('id').execute()).toEqual([])
  })
})

const SHEET =
  '【工作提示单】\n工作内容：清点防汛物资\n任务要求：数量要准，联系13812345678\n时间节点：12月4日前\n考核规定：迟报扣0.5分'
const TABLE = Buffer.from('a table')

async function issueWith(more: object = {}): Promise<void> {
  await rig.post('@贾雪梅', '贾雪梅', SHEET, more)
  await rig.post('@高文远', '高文远', '1号提示单同意')
  await rig.post('@方明哲', '方明哲', '1号提示单签发')
  await move('2026-11-18T16:10')
}

describe('what goes along with a notice', () => {
  it('S0-21: the sheet as a picture in the office’s form, telephone numbers hidden', async () => {
    await issueWith()
    const sheet = (await heard('G01')).at(-1)!
    expect(sheet.text).toContain('138****5678')
    expect(sheet.images).toHaveLength(1)
    const { bytes } = await fetchBytes(sheet.images[0]!)
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 1440 })
  })

  it('files and photos of the draft reach every group behind the sheet, and come again in private', async () => {
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
    await issueWith({ files: [{ name: '排查表.xlsx', data: dataUrl(TABLE) }], images: [dataUrl(photo)] })
    for (const chat of ['G01', 'G21']) {
      const [sheet, image, file] = (await heard(chat)).slice(-3)
      expect(sheet!.text).toContain('附件：2个，随后发出；没看到请私聊我发“提示单1 附件”')
      expect(image!.text).toBe('1号提示单《清点防汛物资》附图')
      expect(image!.images).toHaveLength(1)
      expect(file!.text).toBe('1号提示单《清点防汛物资》附件《排查表.xlsx》')
      const { bytes, name } = await fetchBytes(file!.files![0]!)
      expect(Buffer.from(bytes)).toEqual(TABLE)
      expect(name).toContain('排查表.xlsx')
    }
    await rig.post('@林静', '林静', '提示单1 附件')
    await rig.settle()
    expect((await heard('@林静')).filter(({ files, images }) => files?.length || images.length)).not.toEqual([])
  })

  it('the document to keep goes to 党政办 with the proof line, whole', async () => {
    await issueWith()
    const proof = (await heard('@林静')).find(({ text }) => text.includes('下发情况'))!
    const { bytes, name } = await fetchBytes(proof.files![0]!)
    expect(name).toContain('工作提示单1号.docx')
    const text = await readDocument(bytes)
    expect(text).toContain('任务要求：数量要准，联系13812345678')
    expect(text).toContain('签发：方明哲')
  })

  it('the office’s own form takes the place of the built-in one', async () => {
    mkdirSync(join(rig.dataDir, 'templates'), { recursive: true })
    const lines = ['本街道专用', '{{编号}}', '{{工作内容}}', '{{任务要求}}', '{{时间节点}}', '{{考核规定}}']
    const template = new Document({ sections: [{ children: lines.map(line => new Paragraph(line)) }] })
    writeFileSync(join(rig.dataDir, 'templates', 'notice-sheet.docx'), await Packer.toBuffer(template))
    await issueWith()
    const proof = (await heard('@林静')).find(({ text }) => text.includes('下发情况'))!
    expect(await readDocument((await fetchBytes(proof.files![0]!)).bytes)).toContain('本街道专用\n第1号\n清点防汛物资')
  })

  it('a form that cannot be used is told to 党政办, and the built-in one is used', async () => {
    mkdirSync(join(rig.dataDir, 'templates'), { recursive: true })
    writeFileSync(join(rig.dataDir, 'templates', 'notice-sheet.docx'), 'no document')
    await issueWith()
    const proof = (await heard('@林静')).find(({ text }) => text.includes('下发情况'))!
    expect(proof.text).toContain('提示单模板 templates/notice-sheet.docx 用不了：不是Word的.docx文件')
    expect(await readDocument((await fetchBytes(proof.files![0]!)).bytes)).toContain('工作提示单')
  })
})
