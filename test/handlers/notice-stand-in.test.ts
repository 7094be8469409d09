import { afterEach, describe, expect, it } from 'vitest'
import { decideNotice } from '../../handlers/notice/decide-notice.ts'
import { noticeNudge } from '../../jobs/notice-nudge.ts'
import { instantAt } from '../../policy/time.ts'
import type { StreetDb } from '../../storage/database.ts'
import { insertLeave, settleLeave } from '../../storage/leaves.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { listApprovals } from '../../storage/notice-approvals.ts'
import { nextNumber } from '../../storage/settings.ts'
import { asPrivate } from '../support/ctx.ts'
import { draft, draftAndReview, noticeNumbered, sign, WHOLE } from '../support/notice-steps.ts'
import { runJob } from '../support/run-job.ts'
import { openTestStreet, type Said, type TestStreet } from '../support/street.ts'

const DAY = '2026-11-18'
let street: TestStreet
afterEach(() => street.dispose())

/** 代理人 of people, as the roster file names them. */
async function open(standIns: Record<string, string>, now = `${DAY}T09:00`): Promise<void> {
  street = await openTestStreet({
    now,
    prepare: async db => {
      for (const [name, standIn] of Object.entries(standIns)) {
        const { id } = await db.sql.selectFrom('member').select('id').where('name', '=', name).executeTakeFirstOrThrow()
        await db.sql.updateTable('member_role').set({ stand_in: standIn }).where('member_id', '=', id).execute()
      }
    },
  })
}

async function takeLeave(name: string, half?: 'am' | 'pm'): Promise<void> {
  await street.change(async db => {
    const messageId = await anyMessage(db)
    const roster = await loadRoster(db)
    const member = roster.membersNamed(name)[0]!
    const at = instantAt(DAY, '08:00')
    const leave = await insertLeave(db, {
      no: await nextNumber(db, 'leave'),
      memberId: member.id,
      fromDay: DAY,
      toDay: DAY,
      half,
      approverId: member.id,
      askedAt: at,
      messageId,
    })
    await settleLeave(db, leave.id, { status: 'approved', at })
  })
}

async function anyMessage(db: StreetDb): Promise<string> {
  const row = await db.sql.selectFrom('message').select('id').limit(1).executeTakeFirst()
  if (row) return row.id
  const { messageId } = await street.say('曹源', '帮助')
  return messageId
}

const last = ({ replies }: Said) => replies.at(-1)!.text
const askedOf = ({ replies }: Said, kind: string) =>
  replies.filter(reply => reply.kind === kind).map(({ target }) => target)

async function approvalsOf(no: number) {
  const roster = await street.roster()
  const { id } = await noticeNumbered(street, no)
  const name = (memberId: string | undefined) => memberId && roster.memberById(memberId)!.name
  return (await listApprovals(street.db, [id])).map(({ decision, byId, forId }) => [decision, name(byId), name(forId)])
}

describe('an approver on leave is replaced by the 代理人 that the roster names (代签)', () => {
  it('S0-20: the deputy’s stand-in is asked, reviews, and both names are recorded and shown', async () => {
    await open({ 高峰: '梁栋' })
    await street.say('曹源', '帮助')
    await takeLeave('高峰')
    const drafted = await street.say('王科', `【工作提示单】\n${WHOLE}`)
    expect(askedOf(drafted, 'notice-review')).toEqual(['梁栋'])
    expect(drafted.replies[0]!.text).toContain('（高峰请假，请您代签）')
    expect(last(drafted)).toContain('已报高峰审核（高峰请假，由梁栋代审）')
    const reviewed = await street.say('梁栋', '1号提示单同意')
    expect(last(reviewed)).toContain('审核通过（代高峰）')
    expect(reviewed.replies[0]!.text).toContain('梁栋（代高峰）已审核')
    expect(await approvalsOf(1)).toEqual([['approve', '梁栋', '高峰']])
  })

  it('S0-20: the principal’s stand-in signs', async () => {
    await open({ 方正: '高峰' })
    await street.say('曹源', '帮助')
    await takeLeave('方正')
    const no = await draft(street)
    const reviewed = await street.say('高峰', `${no}号提示单同意`)
    expect(askedOf(reviewed, 'notice-sign')).toEqual(['高峰'])
    expect(last(await street.say('高峰', `${no}号提示单签发`))).toContain('（代方正）')
    expect(await approvalsOf(no)).toEqual([
      ['approve', '高峰', undefined],
      ['sign', '高峰', '方正'],
    ])
    expect((await noticeNumbered(street, no)).status).toBe('signed')
  })

  it('needs no number where it is the only thing that waits for the stand-in', async () => {
    await open({ 高峰: '梁栋' })
    await street.say('曹源', '帮助')
    await takeLeave('高峰')
    await draft(street)
    expect(last(await street.say('梁栋', '同意'))).toContain('审核通过（代高峰）')
  })

  it('is for the hours of the leave: after a morning off the deputy acts again', async () => {
    await open({ 高峰: '梁栋' })
    await street.say('曹源', '帮助')
    await takeLeave('高峰', 'am')
    const no = await draft(street)
    street.setTime(`${DAY}T14:00`)
    const said = await street.say('梁栋', `${no}号提示单同意`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('由高峰审核')
    expect(last(await street.say('高峰', `${no}号提示单同意`))).toContain('审核通过，已报')
  })

  it('the one on leave may act all the same', async () => {
    await open({ 高峰: '梁栋' })
    await street.say('曹源', '帮助')
    await takeLeave('高峰')
    const no = await draft(street)
    await street.say('高峰', `${no}号提示单同意`)
    expect(await approvalsOf(no)).toEqual([['approve', '高峰', undefined]])
  })

  it('without a 代理人, or with one on leave too, it stays with who holds the step', async () => {
    await open({ 高峰: '梁栋' })
    await street.say('曹源', '帮助')
    await takeLeave('高峰')
    await takeLeave('梁栋')
    const drafted = await street.say('王科', `【工作提示单】\n${WHOLE}`)
    expect(askedOf(drafted, 'notice-review')).toEqual(['高峰'])
    expect((await street.say('梁栋', '1号提示单同意')).status).toBe('refused')
  })

  it('the nudge goes to who stands in, and 党政办 reads both names', async () => {
    await open({ 高峰: '梁栋', 方正: '高峰' }, `${DAY}T14:00`)
    await street.say('曹源', '帮助')
    await takeLeave('方正')
    await draftAndReview(street)
    const said = await runJob(street, noticeNudge, { due: `${DAY}T15:00` })
    expect(said.map(({ to }) => to)).toEqual(['@高峰', '@林静'])
    expect(said[0]!.text).toContain('方正请假，请您代签')
    expect(said[1]!.text).toContain('待高峰（代方正）签发')
  })
})

describe('nobody passes their own', () => {
  it('S0-20: not as stand-in either', async () => {
    await open({ 高峰: '王科' })
    await street.say('曹源', '帮助')
    await takeLeave('高峰')
    const no = await draft(street)
    const said = await street.say('王科', `${no}号提示单同意`)
    expect(said.status).toBe('refused')
    expect(last(said)).toContain('是您自己起草的，要由别人审签（依据：')
    expect((await noticeNumbered(street, no)).status).toBe('submitted')
  })
})

describe('two approvals at the same moment', () => {
  it.each(['sqlite', 'postgres'] as const)('on %s one wins and the other is told', async database => {
    street = await openTestStreet({ database, now: `${DAY}T09:00` })
    await street.change(db => addPrincipal(db))
    const no = await draftAndReview(street)
    const [a, b] = await Promise.all([sign(street, no), street.say('严明', `${no}号提示单签发`)])
    const texts = [last(a), last(b)].sort((x, y) => Number(y.includes('已签发1号')) - Number(x.includes('已签发1号')))
    expect(texts[0]).toContain('已签发1号提示单')
    expect(texts[1]).toContain('已签发，待下发，这一步现在办不了，没有改动（依据：')
    expect((await approvalsOf(no)).filter(([decision]) => decision === 'sign')).toHaveLength(1)
  })

  it('who read the notice a moment before another passed it is told where it stands now', async () => {
    street = await openTestStreet({ now: `${DAY}T09:00` })
    const no = await draft(street)
    const stale = await noticeNumbered(street, no)
    await street.say('高峰', `${no}号提示单同意`)
    const again = await asPrivate(street, '高峰', '同意', ctx => decideNotice(ctx, stale, { decision: 'approve' }))
    expect(again.refused).toBe('wrong-state')
    expect((await approvalsOf(no)).length).toBe(1)
  })
})

async function addPrincipal(db: StreetDb): Promise<void> {
  const first = await db.sql.selectFrom('member').selectAll().where('name', '=', '方正').executeTakeFirstOrThrow()
  const role = await db.sql
    .selectFrom('member_role')
    .selectAll()
    .where('member_id', '=', first.id)
    .executeTakeFirstOrThrow()
  const id = `${first.id.slice(0, -2)}zz`
  await db.sql
    .insertInto('member')
    .values({ ...first, id, key: '严明', name: '严明' })
    .execute()
  await db.sql
    .insertInto('member_role')
    .values({ ...role, id: `${role.id.slice(0, -2)}zz`, member_id: id })
    .execute()
  await db.sql.updateTable('setting').set({ value: 'two principals' }).where('name', '=', 'roster-version').execute()
}
