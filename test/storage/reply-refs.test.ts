import { describe, expect, it, onTestFinished } from 'vitest'
import { findLease, releaseLease, takeLease } from '../../storage/leases.ts'
import { findAliased, noteAlias } from '../../storage/platform-aliases.ts'
import { findReplyRef, insertReplyRef, isAnswerDue, restoreReplyRef, spendReplyRef } from '../../storage/reply-refs.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet } from '../support/street.ts'

describe.each(databases)('on $name', ({ name }) => {
  async function open() {
    const street = await openTestStreet({ database: name })
    onTestFinished(() => street.dispose())
    return street
  }

  it('a way to answer is found while it lasts, is sealed, and is spent once', async () => {
    const street = await open()
    const { messageId } = await street.say('李敏', '打卡', { group: 'G01' })
    await street.change(db => insertReplyRef(db, { messageId, ref: 'secret-url', expiresAt: 2_000 }, 1_000))
    expect(await findReplyRef(street.db, messageId, 1_999)).toMatchObject({ ref: 'secret-url', chatPlatformId: 'G01' })
    expect(await findReplyRef(street.db, messageId, 2_000)).toBeUndefined()
    const row = await street.db.sql.selectFrom('reply_ref').select('ref').executeTakeFirstOrThrow()
    expect(row.ref).not.toContain('secret')
    expect(await street.change(db => spendReplyRef(db, messageId, 1_500))).toBe(true)
    expect(await street.change(db => spendReplyRef(db, messageId, 1_500))).toBe(false)
    expect(await findReplyRef(street.db, messageId, 1_600)).toBeUndefined()
    await street.change(db => restoreReplyRef(db, messageId))
    expect(await findReplyRef(street.db, messageId, 1_600)).toBeDefined()
  })

  it('a way that ended is forgotten with the next one', async () => {
    const street = await open()
    const first = await street.say('李敏', '打卡', { group: 'G01' })
    const second = await street.say('李敏', '查一下我的考勤', { group: 'G01' })
    await street.change(db => insertReplyRef(db, { messageId: first.messageId, ref: 'a', expiresAt: 10 }, 1))
    await street.change(db => insertReplyRef(db, { messageId: second.messageId, ref: 'b', expiresAt: 30 }, 20))
    expect(await street.db.sql.selectFrom('reply_ref').select('id').execute()).toEqual([{ id: second.messageId }])
  })

  it('an answer is due while it waits to leave in the chat of its message, not where it goes elsewhere or later', async () => {
    const street = await open()
    const inGroup = await street.say('李敏', '打卡', { group: 'G01' })
    const later = await street.say('王强', '打卡', { group: 'G01' })
    const inPrivate = await street.say('张丽', '打卡')
    const now = street.now()
    expect(await isAnswerDue(street.db, inGroup.messageId, now)).toBe(true)
    expect(await isAnswerDue(street.db, later.messageId, now)).toBe(false)
    expect(await isAnswerDue(street.db, inPrivate.messageId, now)).toBe(true)
    await street.change(db => db.sql.updateTable('outbox').set({ state: 'sent' }).execute())
    expect(await isAnswerDue(street.db, inGroup.messageId, now)).toBe(false)
  })

  it('a lease has one holder until it ends or is given back', async () => {
    const street = await open()
    const take = (holder: string, now: number) => street.change(db => takeLease(db, 'line', holder, now, 1_000))
    expect(await take('a', 0)).toBe(true)
    expect(await take('b', 1_000)).toBe(false)
    expect(await take('a', 500)).toBe(true)
    expect(await take('b', 1_501)).toBe(true)
    await street.change(db => releaseLease(db, 'line', 'a'))
    expect(await findLease(street.db, 'line')).toEqual({ holder: 'b', until: 2_501 })
    await street.change(db => releaseLease(db, 'line', 'b'))
    expect(await findLease(street.db, 'line')).toBeUndefined()
    await take('c', 0)
    await street.change(db => releaseLease(db, 'line'))
    expect(await findLease(street.db, 'line')).toBeUndefined()
  })

  it('an alias is believed for as long as asked', async () => {
    const street = await open()
    const alias = { channel: 'wecom', alias: 'woX' }
    await street.change(db => noteAlias(db, { ...alias, platformId: 'woX', at: 10 }))
    await street.change(db => noteAlias(db, { ...alias, platformId: 'lisi', at: 20 }))
    expect(await findAliased(street.db, { ...alias, since: 20 })).toBe('lisi')
    expect(await findAliased(street.db, { ...alias, since: 21 })).toBeUndefined()
    expect(await findAliased(street.db, { channel: 'dingtalk', alias: 'woX', since: 0 })).toBeUndefined()
  })
})
