import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  GRIDS,
  groupOf,
  openWecomStreet,
  people,
  silentGroup,
  streetGroup,
  type WecomStreet,
} from '../support/wecom-street.ts'

/** A street's day over WeCom: the self-built app in, private messages by the app and group texts by push addresses out. */
describe('a day on WeCom', { timeout: 120_000 }, () => {
  let street: WecomStreet
  beforeAll(async () => {
    street = await openWecomStreet()
  }, 60_000)
  afterAll(async () => {
    await street?.dispose()
  })

  const groupTexts = (id: string) => street.emulator.deliveredTo({ group: id }).map(({ text }) => text)

  it('has its address saved in the console', async () => {
    expect(await street.emulator.saveCallback(street.url)).toBe(true)
  })

  it('greets whoever opens the app, once a day', async () => {
    for (let times = 0; times < 3; times += 1) {
      await street.emulator.tell({ kind: 'event', from: people.leader(1), event: 'enter_agent' }, { url: street.url })
    }
    await street.settle()
    expect(street.readBy(people.leader(1))).toEqual([expect.stringMatching(/^您好，网格长1号。/)])
  })

  it('takes a check-in and answers in the app, whatever the case of the user id', async () => {
    await street.moveTo('2026-11-18T08:10:00')
    await street.say(people.worker(1).toLowerCase(), '到岗了')
    expect(street.readBy(people.worker(1)).at(-1)).toMatch(/08:10/)
    const { items } = await street.get<{ items: { member: string; result: string }[] }>('/api/check-ins')
    expect(items).toMatchObject([{ member: people.worker(1), result: 'onTime' }])
  })

  it('says the words of a menu button', async () => {
    const fields = { EventKey: '帮助' }
    await street.emulator.tell({ kind: 'event', from: people.worker(2), event: 'click', fields }, { url: street.url })
    await street.settle()
    expect(street.readBy(people.worker(2)).at(-1)).toContain('直接说一句就行')
  })

  it('takes a notice from draft through two pressed cards to every grid group before 16:00', async () => {
    await street.moveTo('2026-11-18T10:00:00')
    const sheet = '【工作提示单】\n工作内容：开展沿街店铺液化气瓶安全排查\n任务要求：逐户上门，一店一档'
    await street.say(people.office, `${sheet}\n时间节点：12月4日（周五）17:00前\n考核规定：漏查一家扣0.5分`)
    expect((await street.press(people.deputy, 'approve')).label).toBe('✓ 同意')
    expect((await street.press(people.principal, 'sign')).label).toBe('✓ 签发')
    expect(await street.moveTo('2026-11-18T15:45:00')).toContain('notice-broadcast')
    for (let grid = 1; grid <= GRIDS; grid += 1) {
      expect(groupTexts(groupOf(grid)).filter(text => text.includes('液化气瓶'))).toHaveLength(1)
    }
    expect(await street.get('/api/notices/1')).toMatchObject({ status: 'broadcast', deferred: false, late: false })
    await street.say(people.worker(1), '1号收到')
    expect(await street.get('/api/notices/1')).toMatchObject({ acknowledged: 1 })
  })

  it('asks for the reason of a pressed 退回 and takes it in the same conversation', async () => {
    await street.say(
      people.office,
      '【工作提示单】\n工作内容：排查楼道堆物\n任务要求：逐幢排查\n时间节点：12月11日17:00前\n考核规定：漏一幢扣0.2分',
    )
    const card = await street.press(people.deputy, 'reject')
    expect(card.label).toBeUndefined()
    expect(street.readBy(people.deputy).at(-1)).toContain('原因')
    await street.say(people.deputy, '任务要求写得太笼统，请写明频次')
    expect(await street.get('/api/notices/2')).toMatchObject({ status: 'rejected' })
    expect(street.readBy(people.office).at(-1)).toContain('请写明频次')
  })

  it('reaches leader and instructor with an urgent incident; who takes it ends the card in both hands', async () => {
    await street.moveTo('2026-11-18T16:30:00')
    await street.say(people.worker(2), '快！塘下弄14号二楼冒浓烟有明火')
    const card = street.emulator.world.newestCard(people.instructor(2))
    expect(card?.buttons).toEqual([{ key: 'accept', text: '受理' }])
    const pressed = await street.press(people.leader(2), 'accept')
    expect(pressed.label).toBe('✓ 受理')
    expect(street.emulator.world.newestCard(people.instructor(2))?.label).toBe('网格长2号 ✓ 受理')
    expect(await street.get('/api/incidents/1')).toMatchObject({ status: 'accepted', holder: people.leader(2) })
  })

  it('is told a photo, and fetches it', async () => {
    const bytes = Buffer.from(ONE_PIXEL, 'base64')
    const mediaId = street.emulator.world.keepMedia({ bytes, mime: 'image/png' })
    await street.emulator.tell({ kind: 'image', from: people.worker(3), mediaId }, { url: street.url })
    await street.settle()
    expect(street.emulator.calls('/cgi-bin/media/get')).toHaveLength(1)
  })

  it('gives up loudly what it cannot say in a group without a push address', async () => {
    await street.moveTo('2026-11-23T08:31:00')
    expect(groupTexts(streetGroup).some(text => text.includes('上周小结'))).toBe(true)
    expect(street.emulator.deliveredTo({ group: streetGroup }).some(({ msgtype }) => msgtype === 'image')).toBe(true)
    const { items } = await street.get<{ items: { state: string; error: string }[] }>('/api/outbox?state=dead')
    expect(items.length).toBeGreaterThan(0)
    expect(items[0]?.error).toContain('推送地址')
    expect(street.emulator.deliveredTo({ group: silentGroup })).toEqual([])
    expect(street.readBy(people.admin).some(text => text.includes('推送地址'))).toBe(true)
  })

  it('marks who was deleted from the organisation as a leaver, and says so', async () => {
    const fields = { ChangeType: 'delete_user', UserID: people.worker(3) }
    const told = { kind: 'event', from: 'sys', event: 'change_contact', fields } as const
    await street.emulator.tell(told, { url: street.url, times: 2 })
    await street.settle()
    const { items } = await street.get<{ items: { key: string; status: string }[] }>('/api/members')
    expect(items.find(({ key }) => key === people.worker(3))?.status).toBe('left')
    expect(street.readBy(people.admin).filter(text => text.includes('专职甲3号'))).toHaveLength(1)
    const { total } = await street.get<{ total: number }>('/api/audit?subject=member')
    expect(total).toBeGreaterThan(0)
  })

  it('warns the administrator when the platform is about to stop the app', async () => {
    await street.emulator.tell({ kind: 'event', from: 'sys', event: 'inactive_alert' }, { url: street.url })
    await street.settle()
    expect(street.readBy(people.admin).at(-1)).toContain('将被停用')
  })

  it('is ready, and counts what it refused', async () => {
    expect(await street.get('/readyz')).toMatchObject({ ready: true, checks: { wecom: { ok: true } } })
    await street.emulator.tell({ kind: 'text', from: 'x', text: 'x' }, { url: street.url, spoilt: 'signature' })
    const metrics = await fetch(street.url.replace('/wecom/app', '/metrics')).then(response => response.text())
    expect(metrics).toContain('xiaoge_callback_rejected_total{channel="wecom",reason="signature-wrong"} 1')
    for (const path of ['/wecom/bot', '/wechat/account', '/dingtalk/callback']) {
      expect((await fetch(street.url.replace('/wecom/app', path), { method: 'POST' })).status).toBe(404)
    }
  })
})

const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
