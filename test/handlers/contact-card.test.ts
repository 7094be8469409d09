import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '../../bot/documents/read-docx.ts'
import { createEnclose } from '../../bot/enclosures.ts'
import { cardReprint } from '../../jobs/card-reprint.ts'
import { giveRole, markLeft } from '../../storage/leavers.ts'
import { touchRoster } from '../../storage/load-roster.ts'
import { listOutbox, runJob } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'
import type { BuiltInPack } from '../support/street-data.ts'
import { testVault } from '../support/vault.ts'

const TODAY = '2026-11-18'
let street: TestStreet
const last = ({ replies }: Said) => replies.at(-1)!.text
const reasonOf = async ({ messageId }: Said) =>
  (await street.db.sql.selectFrom('message').select('reason').where('id', '=', messageId).executeTakeFirst())?.reason

async function open(pack?: BuiltInPack, database?: 'sqlite' | 'postgres'): Promise<void> {
  street = await openTestStreet({
    database,
    now: `${TODAY}T10:00`,
    pack,
    prepare: async db => {
      for (const [name, phone] of [
        ['陈桂芳', '13800001111'],
        ['李敏', '13800002222'],
      ] as const)
        await setPhone(db, name, phone)
    },
  })
}

async function setPhone(db: TestStreet['db'], name: string, phone: string): Promise<void> {
  const { id } = await db.sql.selectFrom('member').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  const sealed = db.vault.seal(phone, { table: 'member', column: 'phone', id })
  await db.sql.updateTable('member').set({ phone: sealed }).where('id', '=', id).execute()
}

/** The words of the document that went with the last answer. */
async function readPaper(): Promise<{ fileName: string; words: string }> {
  const attachment = (await listOutbox(street)).findLast(item => item.attachment)!.attachment!
  const enclose = createEnclose({ store: street.store, vault: testVault(), clock: { now: street.now }, dataDir: '' })
  const { file } = await enclose(attachment, street.db.street)
  return { fileName: file!.fileName, words: await readDocument(file!.bytes) }
}

afterEach(() => street.dispose())

describe('联系卡', () => {
  it('S3B-02: is a document with the grid’s people, their telephones, and the numbers to call', async () => {
    await open('five-tier')
    const said = await street.say('陈桂芳', '联系卡 1网格', { group: 'G01' })
    expect(said.replies.map(({ to }) => to)).toEqual(['user'])
    expect(last(said)).toContain('桃源社区第1网格的民情联系卡做好了')
    expect(last(said)).toContain('依据：2：网格责任人应及时向群众发放联系卡')
    const { fileName, words } = await readPaper()
    expect(fileName).toBe('民情联系卡-桃源社区1网格.docx')
    for (const word of ['望江街道网格民情联系卡', '陈桂芳', '13800001111', '12345', '110', '119', '120'])
      expect(words).toContain(word)
  })

  it('S3B-02: what goes through the outbox holds row ids alone', async () => {
    await open()
    await street.say('陈桂芳', '联系卡')
    const { attachment } = (await listOutbox(street)).at(-1)!
    expect(JSON.stringify(attachment)).not.toMatch(/陈桂芳|1380/)
  })

  it('says whose telephone the roster lacks, and gives a community’s lead all its grids', async () => {
    await open()
    expect(last(await street.say('沈国华', '联系卡'))).toContain('3个网格的民情联系卡')
    expect(last(await street.say('沈国华', '联系卡 2网格'))).toContain('卡上留空的：何大勇、张丽')
  })

  it.each(databases.map(({ name }) => name))(
    'S3B-02: cards given out are counted for the grid, and one count is taken back, on %s',
    async database => {
      await open('five-tier', database)
      expect(last(await street.say('陈桂芳', '发放联系卡 20张'))).toBe('已记发放联系卡20张，第1网格累计20张。')
      expect(last(await street.say('陈桂芳', '发放联系卡 15张'))).toContain('累计35张')
      expect(last(await street.say('陈桂芳', '撤销'))).toBe('已撤销：第1网格发放联系卡15张。')
      expect(last(await street.say('陈桂芳', '联系卡'))).toContain('已发放20张')
    },
  )

  it.each([
    ['陈桂芳', '联系卡 4网格', 'not-yours'],
    ['陈桂芳', '联系卡 44网格', 'unknown-grid'],
    ['王科', '发放联系卡 20张', 'which-grid'],
    ['陈桂芳', '发放联系卡 0张', 'wrong-count'],
    ['沈国华', '发放联系卡 20张', 'which-grid'],
    ['赵志远', '公示牌 2网格', 'not-yours'],
  ])('%s: “%s” is refused as %s', async (who, words, reason) => {
    await open()
    expect(await reasonOf(await street.say(who, words))).toBe(reason)
  })
})

describe('公示牌', () => {
  beforeEach(() => open('county-center'))

  it('S4D-08: names grid, posts and duties, and no telephone of anybody', async () => {
    expect(last(await street.say('陈桂芳', '公示牌 1网格'))).toContain('依据：利津县 四(二)')
    const { fileName, words } = await readPaper()
    expect(fileName).toBe('上岗公示-桃源社区1网格.docx')
    for (const word of ['望江街道网格员上岗公示', 'WJ001', '陈桂芳', '李敏', '采集基础信息', '12345'])
      expect(words).toContain(word)
    expect(words).not.toContain('1380000')
    expect(words).not.toContain('赵志远')
  })

  it('S4D-08: asks for nothing but the own grids', async () => {
    expect(await reasonOf(await street.say('李敏', '公示牌 3网格'))).toBe('not-yours')
  })
})

describe('what is to be printed anew', () => {
  beforeEach(() => open('five-tier'))

  it('S3B-02: a changed telephone is told to the leader once', async () => {
    await street.say('陈桂芳', '发放联系卡 20张')
    expect(await runJob(street, cardReprint, { due: '2026-11-19T09:20' })).toEqual([])
    await street.change(async db => {
      await setPhone(db, '李敏', '13900009999')
      await touchRoster(db, 'phone')
    })
    const [said, ...more] = await runJob(street, cardReprint, { due: '2026-11-20T09:20' })
    expect([said!.to, more]).toEqual(['@陈桂芳', []])
    expect(said!.text).toContain('第1网格的联系卡、公示牌要重印：李敏的电话变了。旧卡已发放20张。')
    expect(said!.text).not.toContain('1390')
    expect(await runJob(street, cardReprint, { due: '2026-11-23T09:20' })).toEqual([])
  })

  it('S4D-08: a change of staff is told, from whatever source it came', async () => {
    await street.say('陈桂芳', '公示牌 1网格')
    const roster = await street.roster()
    const [leaver] = roster.membersNamed('李敏')
    const [taker] = roster.membersNamed('张丽')
    await street.change(async db => {
      const source = { now: street.now(), by: 'import' }
      await markLeft(db, leaver!, { ...source, today: '2026-11-19' })
      await giveRole(db, taker!, leaver!.roles[0]!, '2026-11-19', source)
    })
    const [said] = await runJob(street, cardReprint, { due: '2026-11-20T09:20' })
    expect(said!.text).toMatch(/要重印：\S+李敏不再担任，张丽任\S+。回“联系卡 1网格”/)
  })

  it('is silent about grids whose card nobody ever printed', async () => {
    const [leaver] = (await street.roster()).membersNamed('张丽')
    await street.change(db => markLeft(db, leaver!, { now: street.now(), today: TODAY, by: 'import' }))
    expect(await runJob(street, cardReprint, { due: '2026-11-20T09:20' })).toEqual([])
  })

  it('tells 社区书记 where the grid has no leader', async () => {
    await street.say('陈桂芳', '联系卡')
    const [leader] = (await street.roster()).membersNamed('陈桂芳')
    await street.change(db => markLeft(db, leader!, { now: street.now(), today: TODAY, by: 'import' }))
    const [said] = await runJob(street, cardReprint, { due: '2026-11-20T09:20' })
    expect(said!.to).toBe('@沈国华')
  })

  it('also where the old ones were given out after the change', async () => {
    await street.say('陈桂芳', '联系卡')
    const [leaver] = (await street.roster()).membersNamed('李敏')
    await street.change(db => markLeft(db, leaver!, { now: street.now(), today: TODAY, by: 'import' }))
    await street.say('陈桂芳', '发放联系卡 20张')
    const [said] = await runJob(street, cardReprint, { due: '2026-11-20T09:20' })
    expect(said!.text).toContain('李敏不再担任。旧卡已发放20张。')
  })
})
