import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DingtalkEmulator, startDingtalkEmulator } from '../emulators/dingtalk.ts'
import { openWecomStreet, people, type WecomStreet } from '../support/wecom-street.ts'

const DINGTALK_ID = 'd-worker1'
const LEADER_DINGTALK_ID = 'd-leader1'

/** The same person with 钉钉ID and 企微ID in the roster is one member, whichever phone app they take out. */
describe('a street on DingTalk and WeCom at once', { timeout: 120_000 }, () => {
  let dingtalk: DingtalkEmulator
  let street: WecomStreet
  beforeAll(async () => {
    dingtalk = await startDingtalkEmulator({ callsPerSecond: 1000 })
    dingtalk.addUser({ staffId: DINGTALK_ID, name: '专职甲1号' })
    dingtalk.addUser({ staffId: LEADER_DINGTALK_ID, name: '网格长1号' })
    street = await openWecomStreet({
      dingtalkIds: { [people.worker(1)]: DINGTALK_ID, [people.leader(1)]: LEADER_DINGTALK_ID },
      env: {
        DINGTALK_CLIENT_ID: dingtalk.clientId,
        DINGTALK_CLIENT_SECRET: dingtalk.clientSecret,
        DINGTALK_MODE: 'webhook',
        DINGTALK_API_BASE: dingtalk.apiBase,
        DINGTALK_OAPI_BASE: dingtalk.oapiBase,
      },
    })
  }, 60_000)
  afterAll(async () => {
    await street?.dispose()
    await dingtalk?.close()
  })

  const overDingtalk = async (text: string) => {
    const url = street.url.replace('/wecom/app', '/dingtalk/callback')
    const { responses } = await dingtalk.post({ from: DINGTALK_ID, text }, { url })
    expect(responses[0]?.status).toBe(200)
    await street.settle()
  }
  const readOnDingtalk = () => dingtalk.deliveredTo({ user: DINGTALK_ID }).map(({ text }) => text)

  it('on with one and off with the other is one day of one person', async () => {
    await street.moveTo('2026-11-18T08:10:00')
    await overDingtalk('到岗了')
    await street.moveTo('2026-11-18T17:40:00')
    await street.say(people.worker(1), '下班')
    const { items } = await street.get<{ items: { member: string; kind: string }[] }>('/api/check-ins')
    expect(items.map(({ kind }) => kind)).toEqual(['on', 'off'])
    expect(items.map(({ member }) => member)).toEqual([DINGTALK_ID, DINGTALK_ID])
    const found = await street.get<{ items: { dingtalkId?: string; wecomId?: string }[] }>('/api/members')
    expect(found.items.filter(({ wecomId }) => wecomId === people.worker(1))).toEqual([
      expect.objectContaining({ key: DINGTALK_ID, dingtalkId: DINGTALK_ID }),
    ])
  })

  it('each answer goes where it was asked, and nothing twice', () => {
    const answers = (texts: string[]) => texts.filter(text => text.includes('打卡'))
    expect(answers(readOnDingtalk())).toEqual([expect.stringContaining('08:10')])
    expect(answers(street.readBy(people.worker(1)))).toEqual([expect.stringContaining('17:40')])
  })

  it('what nobody asked for goes to DingTalk first, and from then on to the platform last used', async () => {
    const told = (texts: string[], place: string) => texts.filter(text => text.includes(place)).length
    const onDingtalk = () => dingtalk.deliveredTo({ user: LEADER_DINGTALK_ID }).map(({ text }) => text)
    await street.moveTo('2026-11-18T17:45:00')
    await street.say(people.worker(2), '快！第1网格塘下弄14号二楼冒浓烟有明火')
    expect([told(onDingtalk(), '塘下弄14号'), told(street.readBy(people.leader(1)), '塘下弄14号')]).toEqual([1, 0])
    expect(onDingtalk().at(-1)).toContain('可直接回：“受理1号事件”')

    await street.say(people.leader(1), '受理1号事件')
    await street.say(people.worker(2), '快！第1网格沿河巷3号厨房着火了')
    expect([told(onDingtalk(), '沿河巷3号'), told(street.readBy(people.leader(1)), '沿河巷3号')]).toEqual([0, 1])
    expect(street.emulator.world.newestCard(people.leader(1))?.buttons).toEqual([{ key: 'accept', text: '受理' }])
  })
})
