import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { undoables } from '../../handlers/undoable.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { toldTo } from '../support/replies.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

describe('every kind of record that is made can be taken back', () => {
  /** `record('created', { type: 'visit', … })` wherever it stands in the source. */
  function listCreatedTypes(source: string): string[] {
    return [...source.matchAll(/record\(\s*'created',\s*\{\s*type:\s*(?:'(\w+)'|([^,]+)),/gu)].map(
      ([, name, expression]) => name ?? expression!,
    )
  }

  const files = ['handlers', 'jobs', 'bot'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => join(folder, name)),
  )
  const types = new Set(files.flatMap(file => listCreatedTypes(readFileSync(file, 'utf8'))))

  it('finds the kinds in the source', () => {
    expect([...types]).toEqual(expect.arrayContaining(['visit', 'patrol', 'checkIn', 'incident', 'correction']))
    expect(listCreatedTypes("await ctx.record('created', { type: 'newKind', id })")).toEqual(['newKind'])
  })

  // `kind.type`: a correction makes a record of the kind it corrects.
  it.each([...types].filter(type => type !== 'kind.type'))('%s', type => {
    expect(Object.keys(undoables)).toContain(type)
  })
})

describe('taking back by name and by reply', () => {
  let street: TestStreet
  beforeEach(async () => {
    street = await openTestStreet({ now: '2026-11-18T08:20' })
  })
  afterEach(() => street.dispose())
  const answered = async (who: string, text: string, options = {}) => toldTo(await street.say(who, text, options), who)

  it.each(['撤销 走访', '撤销走访', '撤销刚才的走访', '撤回走访记录', '取消 走访'])(
    '“%s” means the last visit, whatever was told since',
    async words => {
      await street.say('李敏', '走访了3幢王奶奶')
      await street.say('李敏', '到岗了')
      expect(await answered('李敏', words)).toBe('已撤销：走访 王奶奶 08:20。')
      expect(await listCheckIns(street.db)).toHaveLength(1)
    },
  )

  it('S0-25: “撤销 打卡” takes the last punch back and records none', async () => {
    await street.say('李敏', '到岗了')
    await street.say('李敏', '走访了3幢王奶奶')
    expect(await answered('李敏', '撤销 打卡')).toBe('已撤销：上班打卡 08:20。')
    expect(await answered('李敏', '撤销打卡')).toBe('今天没有可撤销的记录。')
    expect(await listCheckIns(street.db)).toEqual([])
  })

  it('tells coming from going', async () => {
    await street.say('李敏', '到岗了')
    street.setTime('2026-11-18T08:40')
    await street.say('李敏', '下班打卡')
    expect(await answered('李敏', '撤销 上班打卡')).toBe('已撤销：上班打卡 08:20。')
  })

  it('a reply names the record, in the message or in its answer', async () => {
    const first = await street.say('李敏', '走访了3幢王奶奶')
    const second = await street.say('李敏', '走访了5幢刘大爷')
    await street.say('李敏', '到岗了')
    expect(await answered('李敏', '撤销', { quote: { id: first.messageId } })).toBe('已撤销：走访 王奶奶 08:20。')
    const rows = await street.db.sql
      .selectFrom('outbox')
      .select('id')
      .where('message_id', '=', second.messageId)
      .execute()
    expect(await answered('李敏', '撤销', { quote: { id: rows[0]!.id } })).toBe('已撤销：走访 刘大爷 08:20。')
    expect(await answered('李敏', '撤销', { quote: { id: first.messageId } })).toContain('已经撤销或更正过了')
    expect(await listFieldRecords(street.db)).toEqual([])
  })

  it('a reply to somebody else’s record changes nothing', async () => {
    const other = await street.say('王强', '走访了3幢王奶奶')
    await street.say('李敏', '走访了5幢刘大爷')
    const said = await street.say('李敏', '撤销', { quote: { id: other.messageId } })
    expect([said.status, toldTo(said, '李敏')]).toEqual(['refused', expect.stringContaining('谁报的由谁撤销')])
    expect(await listFieldRecords(street.db)).toHaveLength(2)
  })

  it('says after the minutes how it can be corrected', async () => {
    await street.say('李敏', '走访了3幢王奶奶')
    street.setTime('2026-11-18T09:00')
    expect(await answered('李敏', '撤销 走访')).toMatch(/已过 30 分钟，不能自己撤销；.*“更正 … 作废”/u)
  })
})
