import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { createEnclose } from '../../bot/enclosures.ts'
import { toldTo } from '../support/replies.ts'
import { listOutbox } from '../support/run-job.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'
import { testVault } from '../support/vault.ts'

let street: TestStreet
beforeEach(async () => {
  street = await openTestStreet({ now: '2026-11-18T10:00', pack: 'town-visits' })
})
afterEach(() => street.dispose())

describe('S3A-33: the paper for the leadership', () => {
  it('is a Word document with what happened, what was done, how far it is and room for the decision', async () => {
    await street.say('李敏', '3幢两户邻里纠纷，吵了三个月，王大爷要上访')
    await street.say('陈桂芳', '受理1号事件')
    await street.say('李敏', '调解 #1 双方同意各出一半')
    await street.say('李敏', '原因 #1 公共管道老化')
    expect(toldTo(await street.say('陈桂芳', '呈报 #1'), '陈桂芳')).toContain('五、需要领导决定的事项')
    const attachment = (await listOutbox(street)).at(-1)!.attachment!
    const enclose = createEnclose({ store: street.store, vault: testVault(), clock: { now: street.now }, dataDir: '' })
    const { file } = await enclose(attachment, street.db.street)
    expect(file).toMatchObject({ fileName: '呈报件-事件1.docx' })
    const text = await readDocument(file!.bytes)
    for (const words of ['望江街道网格事项呈报件', '王大爷', '各出一半', '公共管道老化', '时限', '领导批示'])
      expect(text).toContain(words)
  })

  it('is not made of a case that is gone', async () => {
    const enclose = createEnclose({ store: street.store, vault: testVault(), clock: { now: street.now }, dataDir: '' })
    const gone = { kind: 'incident-submission', data: { incidentId: 'nobody' } }
    await expect(enclose(gone, street.db.street)).rejects.toThrow('the incident is gone')
  })
})
