import { afterEach, describe, expect, it } from 'vitest'
import { phrases } from '../../bot/phrases.ts'
import { RESIDENT_HELP } from '../../handlers/resident/talk.ts'
import { sealAudit, verifyAudit } from '../../storage/audit.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

let street: TestStreet
afterEach(async () => street.dispose())

describe.each(databases)('the conversation on $name', ({ name: database }) => {
  it('handles a message once, however often and however many at once it is delivered', async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
    const said = await Promise.all(
      Array.from({ length: 20 }, () => street.say('李敏', '到岗了', { group: 'G01', id: 'same' })),
    )
    expect(new Set(said.map(({ messageId }) => messageId)).size).toBe(1)
    const rows = await street.db.sql.selectFrom('check_in').select('id').execute()
    expect(rows).toHaveLength(1)
    const answers = await street.db.sql.selectFrom('outbox').select('id').execute()
    expect(answers).toHaveLength(1)
  })

  it('keeps the first of two different messages with one id, and writes the other down', async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
    const first = await street.say('李敏', '走访了3幢王奶奶，20分钟', { group: 'G01', id: 'same' })
    const second = await street.say('李敏', '走访了5幢赵大爷，40分钟', { group: 'G01', id: 'same' })
    await street.say('李敏', '走访了3幢王奶奶，20分钟', { group: 'G01', id: 'same' })
    expect(second.messageId).toBe(first.messageId)
    expect(await street.db.sql.selectFrom('field_record').select('id').execute()).toHaveLength(1)
    const noted = await street.db.sql.selectFrom('audit').selectAll().where('action', '=', 'contradicted').execute()
    expect(noted.map(({ subject_id, detail }) => [subject_id, detail?.includes('赵大爷')])).toEqual([
      [first.messageId, false],
    ])
  })

  it('keeps the messages of many people that come at once apart', async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
    const people = ['李敏', '王强', '张丽', '孙燕', '冯洁', '陈桂芳', '何大勇', '周明', '郑涛']
    const said = await Promise.all(people.map(who => street.say(who, '到岗了', { group: 'G01' })))
    expect(said.every(({ status }) => status === 'handled')).toBe(true)
    const rows = await street.db.sql.selectFrom('check_in').select('member_id').execute()
    expect(new Set(rows.map(row => row.member_id)).size).toBe(people.length)
  })

  it('takes back what a handler that throws had done, keeps the message, and apologises once', async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
    // A table that vanished is the plainest way to make any handler throw in the middle.
    await street.change(async db => {
      await db.sql.schema.alterTable('check_in').renameTo('check_in_gone').execute()
    })
    const said = await street.say('李敏', '到岗了', { group: 'G01' })
    expect(said.status).toBe('failed')
    expect(said.replies.map(({ text }) => text)).toContain(phrases.apology)
    const audit = await street.db.sql.selectFrom('audit').select('id').execute()
    expect(audit).toEqual([])
    await street.change(db => db.sql.schema.alterTable('check_in_gone').renameTo('check_in').execute())
    const again = await street.say('李敏', '到岗了', { group: 'G01' })
    expect(again.status).toBe('handled')
  })

  it('writes audit rows that the sealer chains and a change breaks', async () => {
    street = await openTestStreet({ database, now: '2026-11-18T08:20' })
    await street.say('李敏', '到岗了', { group: 'G01' })
    await street.say('李敏', '走访了3幢王奶奶，20分钟', { group: 'G01' })
    const unsealed = await verifyAudit(street.db)
    expect(unsealed).toMatchObject({ sealed: 0, unsealed: 2 })
    await street.change(sealAudit)
    expect(await verifyAudit(street.db)).toMatchObject({ sealed: 2, unsealed: 0, head: { seq: 2 } })
    await street.change(async db => {
      await db.sql.updateTable('audit').set({ action: 'changed' }).where('seq', '=', 1).execute()
    })
    expect(await verifyAudit(street.db)).toMatchObject({ brokenAt: 1 })
  })
})

describe('an open question', () => {
  it('is answered by the next message of the same person in the same chat', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00' })
    const asked = await street.say('王科', '发个提示单，各网格本月底前完成出租房二维码门牌张贴，要求一户一码')
    expect(asked.status).toBe('asked')
    const answered = await street.say('王科', '漏贴一户扣0.2分')
    expect(answered.status).toBe('handled')
    expect(answered.replies.some(({ target }) => target === '高峰')).toBe(true)
  })

  it('gives way to a clear new wish and waits for its answer', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:00' })
    await street.say('王科', '发个提示单，各网格本月底前完成出租房二维码门牌张贴，要求一户一码')
    const help = await street.say('王科', '帮助')
    expect(help.intent).toBe('help')
    const answered = await street.say('王科', '漏贴一户扣0.2分')
    expect(answered.replies.some(({ target }) => target === '高峰')).toBe(true)
  })

  it('ends with the day', async () => {
    street = await openTestStreet({ now: '2026-11-18T23:50' })
    await street.say('王科', '发个提示单，各网格本月底前完成出租房二维码门牌张贴，要求一户一码')
    street.setTime('2026-11-19T00:01')
    const late = await street.say('王科', '漏贴一户扣0.2分')
    expect(late.replies.some(({ target }) => target === '高峰')).toBe(false)
  })
})

describe('somebody the roster does not know', () => {
  it('gets one line a day, and nothing is recorded as their work', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
    const first = await street.say('路人', '到岗了', { group: 'G01' })
    expect(first.replies.map(({ text }) => text)).toEqual([phrases.stranger])
    expect((await street.say('路人', '到岗了', { group: 'G01' })).replies).toEqual([])
    expect((await street.say('路人', '走访了王奶奶', { group: 'G02' })).replies).toEqual([])
    street.setTime('2026-11-19T08:20')
    expect((await street.say('路人', '到岗了', { group: 'G01' })).replies).toHaveLength(1)
    expect(await street.db.sql.selectFrom('check_in').select('id').execute()).toEqual([])
  })

  it('is spoken to as a resident in a chat of residents', async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
    const said = await street.say('resident:王阿姨', '你好')
    expect(said.replies.map(({ text }) => text)).toEqual([RESIDENT_HELP])
  })

  it('is heard when life is in danger: stored unverified, leader and instructor told', async () => {
    street = await openTestStreet({ now: '2026-11-18T02:10' })
    const said = await street.say('路人', '着火了！3幢二楼冒浓烟有明火 快来人', { group: 'G01' })
    const told = said.replies.filter(({ to }) => to === 'user')
    expect(told.map(({ target }) => target).sort()).toEqual(['徐伟', '陈桂芳'].sort())
    expect(told.every(({ text, urgency }) => text.includes('报告人未核实') && urgency === 'urgent')).toBe(true)
    expect(said.replies.find(({ to }) => to === 'group')?.text).toMatch(/119/)
    const [incident] = await street.db.sql.selectFrom('incident').selectAll().execute()
    expect(incident).toMatchObject({ verified: 0, urgent: 1, reporter_id: null })
  })
})

describe('what nobody asked the bot', () => {
  it('stays unanswered in a group and gets a friendly line in private', async () => {
    street = await openTestStreet({ now: '2026-11-18T12:20' })
    const group = await street.say('李敏', '好的谢谢', { group: 'G01' })
    expect(group).toMatchObject({ intent: 'none', status: 'silent', replies: [] })
    const direct = await street.say('李敏', '好的谢谢')
    expect(direct.replies.map(({ text }) => text)).toEqual([phrases.friendly])
  })
})

describe('characters that turn the direction of a text', () => {
  it('are stored as they were sent and never said again', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:20' })
    const said = await street.say('李敏', '3号楼\u202E路灯坏了', { group: 'G01' })
    const [incident] = await listIncidents(street.db, {})
    expect(incident?.description.reveal()).toContain('\u202E')
    expect(said.replies.length).toBeGreaterThan(0)
    for (const { text } of said.replies) expect(text).not.toContain('\u202E')
  })
})

describe('personal data', () => {
  it('is nowhere in the database as plain text', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:20' })
    await street.say('李敏', '走访了石板巷17号周美凤奶奶，电话13812345678，身份证330106194001011234，20分钟')
    const tables = ['message', 'field_record', 'audit', 'outbox'] as const
    for (const table of tables) {
      const rows = JSON.stringify(await street.db.sql.selectFrom(table).selectAll().execute())
      for (const secret of ['周美凤', '13812345678', '330106194001011234', '石板巷']) expect(rows).not.toContain(secret)
    }
  })

  it('posted in a group brings a private warning and never comes back in the group', async () => {
    street = await openTestStreet({ now: '2026-11-18T10:20' })
    const said = await street.say('李敏', '走访了石板巷17号周奶奶，电话13812345678，20分钟', { group: 'G01' })
    expect(said.replies.filter(({ kind }) => kind === 'privacy-warning')).toMatchObject([
      { to: 'user', target: '李敏' },
    ])
    for (const { to, text } of said.replies) if (to === 'group') expect(text).not.toContain('13812345678')
  })
})
