import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createBudget } from '../../bot/budget.ts'
import { createDelivery } from '../../bot/delivery.ts'
import { createEnclose, type Enclose, NotThereYet } from '../../bot/enclosures.ts'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { type Attachment, insertOutboxItem } from '../../storage/outbox.ts'
import { manualClock } from '../support/clock.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { databases } from '../support/stores.ts'
import { insertStreet, STREET } from '../support/street-data.ts'
import { testVault } from '../support/vault.ts'

const toClose: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of toClose.splice(0)) await close()
})

const FILE = { bytes: Buffer.from('a table'), mime: 'application/pdf', fileName: '表.pdf' }

async function open(enclose: Enclose) {
  const { store, dispose } = await databases[0]!.open()
  toClose.push(dispose)
  const clock = manualClock('2026-11-18T10:00')
  await store.transact(db => insertStreet(inStreet(db, STREET), clock.now()))
  const channel = fakeChannel()
  const channels = new Map([[channel.name, channel]])
  const log = pino({ level: 'silent' })
  const delivery = createDelivery({ store, clock, channels, budget: createBudget({}), enclose, log })
  const member = (await loadRoster(inStreet(store.read, STREET))).membersNamed('林静')[0]!
  const say = (attachment: Attachment) =>
    store.transact(db =>
      insertOutboxItem(inStreet(db, STREET), {
        to: { kind: 'member', memberId: member.id },
        kind: 'notice-file',
        text: '附件',
        urgency: 'answer',
        attachment,
        at: clock.now(),
      }),
    )
  return { store, clock, channel, delivery, say }
}

describe('what goes along with a text', () => {
  it('is handed to the channel as a picture or a document, with the street it belongs to', async () => {
    const asked: unknown[] = []
    const { delivery, channel, say } = await open(async (attachment, street) => {
      asked.push([attachment.kind, street])
      return { file: FILE, note: '模板用不了' }
    })
    await say({ kind: 'file', data: {} })
    await delivery.deliverDue()
    expect(asked).toEqual([['file', STREET]])
    expect(channel.sent[0]).toMatchObject({ file: FILE, text: '附件\n模板用不了' })
  })

  it('that cannot be made does not keep the words back', async () => {
    const { delivery, channel, say } = await open(async () => {
      throw new Error('no font')
    })
    await say({ kind: 'notice-sheet', data: {} })
    await delivery.deliverDue()
    expect(channel.sent[0]).toMatchObject({ text: '附件\n（附的图片或文件没能取到）' })
  })

  it('that is still being fetched is waited for', async () => {
    let isThere = false
    const { delivery, channel, clock, say } = await open(async () => {
      if (!isThere) throw new NotThereYet('soon')
      return { file: FILE }
    })
    await say({ kind: 'file', data: {} })
    await delivery.deliverDue()
    expect(channel.sent).toEqual([])
    isThere = true
    clock.advance((await delivery.nextInstant(clock.now()))! - clock.now())
    await delivery.deliverDue()
    expect(channel.sent[0]).toMatchObject({ text: '附件', file: FILE })
  })

  it.each([
    ['of an unknown kind', { kind: 'hologram', data: {} }],
    ['that names no notice', { kind: 'notice-sheet', data: { noticeIds: ['none'] } }],
    ['of an older form', { kind: 'notice-document', data: { notices: 12 } }],
    ['that was never stored', { kind: 'photo', data: { photoId: 'none' } }],
  ])('%s is refused', async (_name, attachment) => {
    const { store, clock } = await open(async () => ({}))
    const enclose = createEnclose({ store, vault: testVault(), clock, dataDir: '/nowhere' })
    await expect(enclose(attachment, STREET)).rejects.toThrow()
  })
})
