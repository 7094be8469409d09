import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inStreet } from '../../storage/database.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { insertOutboxItem } from '../../storage/outbox.ts'
import type { ClockView, Stop } from '../../web/shared/simulator-api.ts'
import { openRig, type Rig } from '../simulator/rig.ts'
import { openBrowser, openPage, takePicture } from '../support/browser.ts'

let rig: Rig
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  rig = await openRig({ page: true, demoPaceMs: 30 })
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await rig?.close()
})
beforeEach(async () => {
  page = await openPage(browser)
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await page.goto(`${rig.url}/sim/`)
  await page.getByRole('button', { name: '换人' }).waitFor()
})
afterEach(async () => {
  await page.context().close()
  expect(faults.splice(0)).toEqual([])
})

const lines = () => page.getByRole('log', { name: '聊天记录' })
const records = () => page.getByRole('region', { name: '刚刚记下' })

async function say(text: string): Promise<void> {
  await page.getByLabel('要说的话').fill(text)
  await page.getByRole('button', { name: '发送' }).click()
}

async function play(name: string): Promise<void> {
  await page.getByRole('button', { name: '换人' }).click()
  await page.getByLabel('搜人').fill(name)
  await page.getByRole('dialog').getByRole('button', { name }).first().click()
}

describe('the simulator page', () => {
  test('opens with somebody to play and sentences to try', async () => {
    await page.getByText('这里还没有人说话').waitFor()
    await takePicture(page, 'simulator-first')
    await page.getByRole('button', { name: '到岗了' }).click()
    await page.keyboard.press('Enter')
    await lines().getByText('已记上班打卡').waitFor()
    await records().getByText('上班 08:00 准时').waitFor()
  })

  test('lets anybody of the street speak, found by name', async () => {
    await play('孙燕')
    await page.getByRole('heading', { name: '第三网格工作群' }).waitFor()
    await say('走访了3幢王奶奶，20分钟')
    await lines().getByText('已记走访').waitFor()
    await records().getByText('王奶奶，3幢').click()
    await page.locator('.lit').getByText('走访了3幢王奶奶').waitFor()
  })

  test('prefixes @小格, and shows that the bot hears nothing without', async () => {
    await play('张丽')
    await page.getByLabel('不@').check()
    await say('今天真冷')
    await lines().getByText('它听不到这句话').waitFor()
    await page.getByLabel('不@').uncheck()
    await say('打卡')
    await lines().getByText('@小格 打卡').waitFor()
    const { items } = await rig.read('G02')
    expect(items.map(item => item.text)).not.toContain('今天真冷')
  })

  test('sends a photo, a place and a quote along', async () => {
    const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#786' } })
      .jpeg()
      .toBuffer()
    await play('周明')
    await say('打卡')
    await lines().getByText('已记上班打卡').click()
    await page.getByText('引用：').waitFor()
    await page.getByLabel('照片').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo })
    await page.getByLabel('附上位置').selectOption('网格服务站')
    await say('2号楼下井盖破了，容易绊倒')
    await lines().getByRole('img', { name: '周明发的照片' }).waitFor()
    await lines().getByText('位置：网格服务站').waitFor()
    await lines().locator('blockquote').getByText('已记上班打卡').waitFor()
    await takePicture(page, 'simulator')
  })

  test('presses the buttons of a card', async () => {
    const roster = await loadRoster(rig.street)
    await rig.store.transact(db =>
      insertOutboxItem(inStreet(db, rig.street.street), {
        to: { kind: 'member', memberId: roster.memberByKey('陈桂芳')!.id },
        kind: 'test',
        text: '您是要打卡吗？',
        card: { title: '请选一个', buttons: [{ key: 'on', text: '上班打卡', says: '上班打卡' }] },
        urgency: 'urgent',
        at: rig.timeline.now(),
      }),
    )
    await page.getByRole('navigation', { name: '会话' }).getByRole('button', { name: '陈桂芳' }).click()
    await page.getByRole('button', { name: '上班打卡' }).click()
    await lines().getByText('已记上班打卡').waitFor()
  })

  test('says in words what could not be sent', async () => {
    await page.route('**/sim/api/messages', route => route.abort())
    await say('打卡')
    await page.getByRole('alert').getByText('连不上程序').waitFor()
    expect(await page.getByLabel('要说的话').inputValue()).toBe('打卡')
    faults.splice(0)
  })

  test('jumps in time by its buttons', async () => {
    const { items } = (await rig.call<{ items: Stop[] }>('GET', '/sim/api/stops')).body
    const clock = page.getByRole('region', { name: '模拟时间' })
    await clock.getByRole('button', { name: '15:45' }).click()
    await clock.getByText('到了。').waitFor()
    expect((await rig.call<ClockView>('GET', '/sim/api/clock')).body.now).toBe(items[1]?.at)
    await clock.locator('.now b', { hasText: '15:45' }).waitFor()
  })

  test('has no serious accessibility fault, on a desk and on a phone', async () => {
    const serious = async () =>
      (await new AxeBuilder({ page }).analyze()).violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    expect(await serious()).toEqual([])
    await page.getByRole('button', { name: '换人' }).click()
    expect(await serious()).toEqual([])
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await serious()).toEqual([])
  }, 90_000)

  test('fits a phone: one of three panes at a time, nothing wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const [tab, seen] of [
      ['会话', '梧桐里社区网格工作群'],
      ['记录与时间', '下一次催办'],
      ['聊天', '发送'],
    ] as const) {
      await page.getByRole('navigation', { name: '切换' }).getByRole('button', { name: tab }).click()
      await page.getByText(seen).first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
      await takePicture(page, `simulator-phone-${tab}`)
    }
  })

  test('plays the demo day to its end', async () => {
    await page.getByRole('button', { name: '演示一天' }).click()
    await page.getByRole('button', { name: '停下' }).waitFor()
    await page.getByText('演完了').waitFor({ timeout: 60_000 })
    await takePicture(page, 'simulator-demo')
  }, 90_000)
})
