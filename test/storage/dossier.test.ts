import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inStreet } from '../../storage/database.ts'
import { findDiaryNote, insertDiary, insertDiaryNote, listDiaries, listDiaryNotes } from '../../storage/diaries.ts'
import { currentFacts, findGridFact, listGridFacts, saveGridFact } from '../../storage/grid-facts.ts'
import { endQuiz, insertQuiz, insertQuizAnswer, listQuizAnswers, listQuizzes } from '../../storage/knowledge-quizzes.ts'
import { listChoosers, saveChoice } from '../../storage/member-choices.ts'
import { listReceipts } from '../../storage/notice-receivers.ts'
import { insertOutboxItem, listToldSince } from '../../storage/outbox.ts'
import { voidRecord } from '../../storage/records.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

const DAY = '2026-11-18'
const NOW = 1_795_000_000_000

describe.each(databases.map(({ name }) => name))('what belongs to dossier and diary on %s', database => {
  let street: TestStreet
  let memberId: string
  let gridId: string
  let messageId: string
  beforeEach(async () => {
    street = await openTestStreet({ database, now: '2026-11-18T10:00' })
    messageId = (await street.say('李敏', '谢谢', { group: 'G01' })).messageId
    const roster = await street.roster()
    memberId = roster.membersNamed('李敏')[0]!.id
    gridId = roster.gridsNumbered(1)[0]!.id
  })
  afterEach(() => street.dispose())
  const elsewhere = () => inStreet(street.store.read, 'another street')

  it('keeps every fact, sealed, and picks the newest that stands and what contradicts it', async () => {
    const told = { gridId, name: '出租房', at: NOW, byId: memberId, messageId }
    await street.change(db => saveGridFact(db, { ...told, count: 12, note: '3幢张伟家', state: 'stands' }, NOW))
    const doubtful = await street.change(db =>
      saveGridFact(db, { ...told, count: 30, unit: '户', state: 'doubtful' }, NOW + 1),
    )
    const facts = await listGridFacts(street.db, [gridId])
    expect(currentFacts(facts)).toMatchObject([{ name: '出租房', fact: { count: 12 }, doubtful: { count: 30 } }])
    expect(facts[0]!.note?.reveal()).toBe('3幢张伟家')
    const { note } = await street.db.sql.selectFrom('grid_fact').select('note').orderBy('id').executeTakeFirstOrThrow()
    expect(note).not.toContain('张伟')
    await street.change(db => voidRecord(db, 'grid_fact', doubtful.id, { at: NOW + 2, by: memberId }))
    expect(currentFacts(await listGridFacts(street.db, [gridId]))[0]!.doubtful).toBeUndefined()
    expect((await findGridFact(street.db, doubtful.id))?.voided).toEqual({ at: NOW + 2, by: memberId })
    expect(await listGridFacts(elsewhere(), [gridId])).toEqual([])
    expect(await listGridFacts(street.db, [])).toEqual([])
  })

  it('keeps each confirmation of a day beside the one before, and notes that can be taken back', async () => {
    const range = { memberIds: [memberId], from: DAY, to: DAY }
    await street.change(async db => {
      for (const stamp of ['a', 'b'])
        await insertDiary(db, { memberId, day: DAY, stamp, confirmedAt: NOW, messageId }, NOW)
    })
    expect((await listDiaries(street.db, range)).map(({ stamp }) => stamp)).toEqual(['a', 'b'])
    const note = await street.change(db =>
      insertDiaryNote(db, { memberId, day: DAY, text: '整理台账', at: NOW, messageId }, NOW),
    )
    expect((await listDiaryNotes(street.db, range)).map(({ text }) => text.reveal())).toEqual(['整理台账'])
    await street.change(db => voidRecord(db, 'diary_note', note.id, { at: NOW, by: memberId }))
    expect(await listDiaryNotes(street.db, range)).toEqual([])
    expect((await findDiaryNote(street.db, note.id))?.voided?.by).toBe(memberId)
    expect(await listDiaries(elsewhere(), range)).toEqual([])
    expect(await listDiaries(street.db, { ...range, memberIds: [] })).toEqual([])
  })

  it('takes the first answer to a question alone', async () => {
    const question = { text: '出租房有多少？', choices: ['12户', '14户'], answer: 'A' }
    const quiz = await street.change(db =>
      insertQuiz(db, { no: 1, memberId, gridId, questions: [question], begunAt: NOW, messageId }),
    )
    const give = (choice: string) =>
      street.change(db =>
        insertQuizAnswer(db, { quizId: quiz.id, place: 1, choice, correct: choice === 'A', at: NOW, messageId }),
      )
    expect([await give('B'), await give('A')]).toEqual([true, false])
    expect(await listQuizAnswers(street.db, [quiz.id])).toMatchObject([{ place: 1, choice: 'B', correct: false }])
    expect(await listQuizzes(street.db, { memberIds: [memberId], open: true })).toMatchObject([
      { questions: [question] },
    ])
    await street.change(db => endQuiz(db, quiz.id, NOW))
    expect(await listQuizzes(street.db, { memberIds: [memberId], open: true })).toEqual([])
    expect(await listQuizzes(elsewhere(), { no: 1 })).toEqual([])
  })

  it('holds the newest choice of each', async () => {
    const choose = (on: boolean) =>
      street.change(db => saveChoice(db, { memberId, name: 'morningLine', on, at: NOW, messageId }))
    await choose(true)
    await choose(false)
    expect([...(await listChoosers(street.db, 'morningLine', 'off'))]).toEqual([memberId])
    expect((await listChoosers(street.db, 'morningLine', 'on')).size).toBe(0)
    expect((await listChoosers(street.db, 'diaryDraft', 'off')).size).toBe(0)
    expect((await listChoosers(elsewhere(), 'morningLine', 'off')).size).toBe(0)
  })

  it('finds who was told something in private since an instant', async () => {
    const to = { kind: 'member', memberId } as const
    const say = (at: number) =>
      street.change(db => insertOutboxItem(db, { to, kind: 'morning-line', text: '早报', urgency: 'normal', at }))
    await say(NOW)
    await say(NOW + 5)
    expect([...(await listToldSince(street.db, 'morning-line', NOW))]).toEqual([[memberId, NOW + 5]])
    expect((await listToldSince(street.db, 'morning-line', NOW + 6)).size).toBe(0)
    expect((await listToldSince(elsewhere(), 'morning-line', NOW)).size).toBe(0)
  })

  it('has no receipts where nothing was sent', async () => {
    expect(await listReceipts(street.db, { memberId }, NOW)).toEqual([])
    expect(await listReceipts(street.db, { gridId }, NOW)).toEqual([])
  })
})
