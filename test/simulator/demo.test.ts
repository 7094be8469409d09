import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DemoView, Page, Person, RecordEntry } from '../../web/shared/simulator-api.ts'
import { openRig, type Rig } from './rig.ts'

const view = async (rig: Rig) => (await rig.call<DemoView>('GET', '/sim/api/demo')).body

async function playToTheEnd(rig: Rig): Promise<DemoView> {
  expect((await rig.call('POST', '/sim/api/demo')).status).toBe(202)
  for (;;) {
    const now = await view(rig)
    if (now.state !== 'playing') return now
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

describe('演示一天', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig.close())
  const texts = async (chat: string) =>
    (await rig.read(chat)).items.filter(({ from }) => from === 'bot').map(({ text }) => text)
  const keyOf = async (test: (person: Person) => boolean) =>
    (await rig.call<{ items: Person[] }>('GET', '/sim/api/people')).body.items.find(test)!.key

  test('plays to its end without a word that the bot does not understand', async () => {
    expect(await playToTheEnd(rig)).toMatchObject({ state: 'done' })
    const odd = await rig.store.read.sql
      .selectFrom('message')
      .select(['intent', 'status', 'reason'])
      .where('status', 'not in', ['handled', 'asked'])
      .execute()
    expect(odd).toEqual([])
  }, 60_000)

  test('shows all five capabilities in the groups', async () => {
    expect((await texts('G01')).join('\n')).toMatch(/已记上班打卡[\s\S]*已记走访[\s\S]*工作提示单 第1号/)
    expect((await texts('C01')).join('\n')).toMatch(/会议通知[\s\S]*会议提醒[\s\S]*纪要[\s\S]*周?小结/)
    expect((await texts('G03')).join('\n')).toMatch(/紧急[\s\S]*已受理[\s\S]*已办结/)
    const summary = (await rig.read('S01')).items.at(-1)
    expect(summary).toMatchObject({
      at: '2026-11-23T08:30:00+08:00',
      images: [expect.stringContaining('/sim/api/pictures/')],
    })
  })

  test('tells late-comers, leaders and the general office in private', async () => {
    const late = await keyOf(
      ({ homeChat, roleCode, role }) => homeChat === 'G03' && roleCode === 'worker' && role.includes('兼职'),
    )
    expect((await texts(`@${late}`)).join('\n')).toContain('迟到')
    const deputy = await texts(`@${await keyOf(({ roleCode }) => roleCode === 'deputy')}`)
    expect(deputy.join('\n')).toMatch(/待审核[\s\S]*16:00前/)
    const office = await texts(`@${await keyOf(({ roleCode }) => roleCode === 'generalOffice')}`)
    expect(office.join('\n')).toMatch(/21\/21个群/)
  })

  test('leaves its records in the list, each with its message', async () => {
    const seen = new Set<string>()
    for (let after = '0'.repeat(22); ; ) {
      const { items, next } = (await rig.call<Page<RecordEntry>>('GET', `/sim/api/records?after=${after}`)).body
      for (const { type, kind, messageId } of items) {
        if (kind === 'created') expect(messageId).toBeDefined()
        seen.add(type)
      }
      if (next === null || next === after) break
      after = next
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'checkIn',
        'visit',
        'patrol',
        'infoItem',
        'incident',
        'notice',
        'leave',
        'meeting',
        'acknowledgement',
      ]),
    )
  })

  test('plays again on the next working day, with the numbers that the street has got to', async () => {
    expect(await playToTheEnd(rig)).toMatchObject({ state: 'done' })
    expect((await texts('G01')).join('\n')).toContain('工作提示单 第2号')
  }, 60_000)
})

describe('a demo under way', () => {
  let rig: Rig
  beforeAll(async () => {
    rig = await openRig({ demoPaceMs: 60_000 })
  })
  afterAll(() => rig.close())

  test('is told with its progress, is not started twice, and stops', async () => {
    expect(await view(rig)).toMatchObject({ state: 'idle', step: 0 })
    await rig.call('POST', '/sim/api/clock', { mode: 'run' })
    await rig.call('POST', '/sim/api/demo')
    expect(await rig.call('POST', '/sim/api/demo')).toMatchObject({ status: 409, body: { error: { code: 'playing' } } })
    while ((await view(rig)).step === 0) await new Promise(resolve => setTimeout(resolve, 20))
    expect(await view(rig)).toMatchObject({ state: 'playing', step: 1, scene: expect.stringContaining('打卡') })
    expect((await rig.call('DELETE', '/sim/api/demo')).body).toMatchObject({ state: 'stopped' })
    expect((await rig.call('GET', '/sim/api/clock')).body).toMatchObject({ mode: 'run' })
  })
})

// A gate before notices, no instructors, six instructors wanted: the packs least like the one the day is written for.
test.each(['county-grid', 'five-tier', 'village-grid'] as const)(
  '演示一天 plays to its end under %s',
  async pack => {
    const rig = await openRig({ pack })
    try {
      expect(await playToTheEnd(rig)).toMatchObject({ state: 'done' })
      const failed = await rig.store.read.sql
        .selectFrom('message')
        .select('text')
        .where('status', '=', 'failed')
        .execute()
      expect(failed).toEqual([])
    } finally {
      await rig.close()
    }
  },
  60_000,
)
