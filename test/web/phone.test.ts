import { randomBytes } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { openPhoneRig, type PhoneRig } from '../h5/rig.ts'
import { openBrowser, takePicture } from '../support/browser.ts'
import { bundlePhone, openAs, openPhone, type PhonePage } from './phone-page.ts'

let browser: Browser
let assets: ReadonlyMap<string, string>
let rig: PhoneRig
let phone: PhonePage
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  assets = await bundlePhone()
}, 120_000)
afterAll(async () => {
  await browser?.close()
})
beforeEach(async () => {
  rig = await openPhoneRig({ now: '2026-11-18T08:17' })
  phone = await openPhone(browser, assets)
  page = phone.page
})
afterEach(async () => {
  const faults = phone?.faults ?? []
  await phone?.context.close()
  await rig?.close()
  expect(faults).toEqual([])
})

const alert = () => page.getByRole('alert')
const lastEntry = async () => {
  const { platform_id } = await rig.db.sql
    .selectFrom('message')
    .select('platform_id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return platform_id.split('/')[1]!
}
/** A photo too large to send as it is, with what a camera writes into it. */
const takePhoto = async () =>
  sharp(randomBytes(2400 * 1800 * 3), { raw: { width: 2400, height: 1800, channels: 3 } })
    .withExif({ IFD0: { Make: 'PhoneMaker' } })
    .jpeg({ quality: 60 })
    .toBuffer()
const attach = async (photo: Buffer) => {
  await page.locator('input[type=file]').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo })
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
}

describe('checking in on the phone page', () => {
  test('is one touch, and says what was recorded', async () => {
    await openAs(page, rig, '李敏', '/h5/check-in')
    await page.getByText('上班 还没打').waitFor()
    await page.getByRole('button', { name: '上班打卡' }).click()
    await page.getByRole('heading', { name: '记好了' }).waitFor()
    await page.getByText('已记上班打卡 08:17。').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('记好了')
    await page.getByRole('button', { name: '返回打卡' }).click()
    await page.getByText('上班 08:17 按时，下班 还没打').waitFor()
    await page.getByRole('button', { name: '下班打卡' }).waitFor()
    expect(await listCheckIns(rig.db)).toMatchObject([{ source: 'h5', distanceM: undefined }])
  })

  test('asks for no position by itself, and sends one only where it was attached', async () => {
    await rig.store.transact(async db => {
      const center = { center_lat: 30.27, center_lng: 120.15, center_datum: 'WGS-84' as const }
      await db.sql.updateTable('grid').set(center).where('grid_no', '=', 1).execute()
      await db.sql.updateTable('setting').set({ value: 'centres' }).where('name', '=', 'roster-version').execute()
    })
    await phone.context.grantPermissions(['geolocation'])
    await phone.context.setGeolocation({ latitude: 30.2709, longitude: 120.15, accuracy: 12 })
    await openAs(page, rig, '李敏', '/h5/check-in')
    await page.getByRole('button', { name: '附上我的位置' }).click()
    await page.getByText('已附上位置（误差约 12 米）').waitFor()
    await page.getByLabel('这是哪儿').fill('社区服务站')
    await page.getByRole('button', { name: '上班打卡' }).click()
    await page.getByRole('heading', { name: '记好了' }).waitFor()
    const [saved] = await listCheckIns(rig.db)
    expect(saved?.place?.reveal()).toBe('社区服务站')
    expect(saved?.distanceM).toBe(100)
  })

  test('works without a position where the phone refuses one', async () => {
    await openAs(page, rig, '李敏', '/h5/check-in')
    await page.getByRole('button', { name: '附上我的位置' }).click()
    await alert().getByText('可以不附').waitFor()
    await page.getByRole('button', { name: '上班打卡' }).click()
    await page.getByRole('heading', { name: '记好了' }).waitFor()
  })

  test('shows somebody who need not clock in no button', async () => {
    await openAs(page, rig, '赵志远', '/h5/check-in')
    await page.getByText('您无需打卡').waitFor()
    expect(await page.getByRole('button', { name: /打卡/ }).count()).toBe(0)
  })
})

describe('reporting on the phone page', () => {
  test('takes words and photos; a photo leaves small and without what the camera wrote into it', async () => {
    await openAs(page, rig, '李敏', '/h5/incident')
    await page.getByLabel('发生了什么').fill('2号楼下井盖破了，容易绊倒人')
    await attach(await takePhoto())
    await page.getByLabel('在哪里').fill('2号楼下')
    await page.getByRole('button', { name: '上报' }).last().click()
    await page.getByText('已上报：事件 #1').waitFor()
    expect(await listIncidents(rig.db)).toMatchObject([{ category: 'facility', urgent: false }])
    const [stored] = await rig.photosOf('李敏', await lastEntry())
    const { width, height, exif } = await sharp(stored).metadata()
    expect({ width, height, exif }).toEqual({ width: 1600, height: 1200, exif: undefined })
  })

  test('goes on with a photo where the line broke, sending no piece twice', async () => {
    await openAs(page, rig, '李敏', '/h5/incident')
    const pieces: string[] = []
    await page.route('**/h5/api/uploads/**', async route => {
      const request = route.request()
      if (request.method() !== 'PUT') return route.continue()
      pieces.push(new URL(request.url()).searchParams.get('offset') ?? '')
      if (pieces.length !== 3) return route.continue()
      await page.getByText(/正在传照片 1\/1（[1-9]\d?%）/).waitFor()
      return route.abort()
    })
    await page.getByLabel('发生了什么').fill('井盖破了')
    await attach(await takePhoto())
    await page.getByRole('button', { name: '上报' }).last().click()
    await page.getByRole('heading', { name: '先记下了' }).waitFor()
    expect(pieces).toHaveLength(3)
    await page.getByRole('button', { name: '现在发' }).click()
    await page.getByText('还有 1 条没发出').waitFor({ state: 'detached' })
    expect(await listIncidents(rig.db)).toHaveLength(1)
    // Only the piece that was cut off came again.
    expect(new Set(pieces).size).toBe(pieces.length - 1)
    expect(await rig.photosOf('李敏', await lastEntry())).toHaveLength(1)
    phone.faults.splice(0)
  })

  test('says what is missing and puts the finger on it', async () => {
    await openAs(page, rig, '李敏', '/h5/incident')
    await page.getByRole('button', { name: '上报' }).last().click()
    await alert().getByText('请写一句发生了什么。').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('what')
  })

  test('refuses what is no photo in words', async () => {
    await openAs(page, rig, '李敏', '/h5/incident')
    const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') }
    await page.locator('input[type=file]').setInputFiles(file)
    await alert().getByText('这张照片打不开，请换一张。').waitFor()
  })

  test('answers a question on the page itself', async () => {
    await openAs(page, rig, '沈国华', '/h5/incident')
    await page.getByLabel('发生了什么').fill('路灯坏了一排')
    await page.getByRole('button', { name: '上报' }).last().click()
    await page.getByRole('heading', { name: '还差一句' }).waitFor()
    await page.getByLabel('您的回答').fill('2')
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText('已归到第2网格').waitFor()
  })
})

describe('without a line', () => {
  test('a visit is kept on the phone, told as kept, and leaves by itself when the line is back', async () => {
    await openAs(page, rig, '李敏', '/h5/visit')
    await phone.context.setOffline(true)
    await page.getByText('现在没有网络').waitFor()
    await page.getByLabel('走访了谁').fill('王奶奶')
    await page.getByRole('button', { name: '20分钟' }).click()
    await page.getByRole('button', { name: '记下来' }).click()
    await page.getByRole('heading', { name: '先记下了' }).waitFor()
    await page.getByText('还有 1 条没发出').waitFor()
    expect(await listFieldRecords(rig.db, { kind: 'visit' })).toEqual([])
    await phone.context.setOffline(false)
    await page.getByText('还有 1 条没发出').waitFor({ state: 'detached' })
    expect(await listFieldRecords(rig.db, { kind: 'visit' })).toMatchObject([{ minutes: 20 }])
    phone.faults.splice(0)
  })

  test('an entry whose answer was lost is sent again and is one record', async () => {
    await openAs(page, rig, '李敏', '/h5/check-in')
    await page.route(
      '**/h5/api/messages',
      async route => {
        await route.fetch()
        await route.abort()
      },
      { times: 1 },
    )
    await page.getByRole('button', { name: '上班打卡' }).click()
    await page.getByRole('heading', { name: '先记下了' }).waitFor()
    await page.getByRole('button', { name: '现在发' }).click()
    await page.getByText('还有 1 条没发出').waitFor({ state: 'detached' })
    expect(await listCheckIns(rig.db)).toHaveLength(1)
    phone.faults.splice(0)
  })

  test('what waits outlives the page, and on a shared phone leaves only under its own name', async () => {
    await openAs(page, rig, '李敏', '/h5/visit')
    await page.route('**/h5/api/messages', route => route.abort())
    await page.getByLabel('走访了谁').fill('王奶奶')
    await page.getByRole('button', { name: '记下来' }).click()
    await page.getByRole('heading', { name: '先记下了' }).waitFor()
    await page.unroute('**/h5/api/messages')
    await phone.context.clearCookies()
    await openAs(page, rig, '孙燕', '/h5/mine')
    await page.getByText('手上没有待办').waitFor()
    expect(await page.getByText('没发出').count()).toBe(0)
    await phone.context.clearCookies()
    await openAs(page, rig, '李敏', '/h5/mine')
    await expect.poll(() => listFieldRecords(rig.db, { kind: 'visit' })).toHaveLength(1)
    phone.faults.splice(0)
  })

  test('a session that ended keeps the entry, signs in anew and sends it', async () => {
    await openAs(page, rig, '李敏', '/h5/check-in')
    await rig.store.transact(db => db.sql.deleteFrom('h5_session').execute())
    await page.getByRole('button', { name: '上班打卡' }).click()
    await page.getByRole('heading', { name: '换谁来看' }).waitFor()
    await page.getByRole('button', { name: '李敏' }).click()
    await expect.poll(() => listCheckIns(rig.db)).toHaveLength(1)
    phone.faults.splice(0)
  })
})

describe('my day', () => {
  test('is where what waits is done with: taken, finished, taken back', async () => {
    await rig.post(await rig.signInAs('李敏'), { is: 'incident', text: '3号楼路灯坏了' })
    await openAs(page, rig, '陈桂芳', '/h5/mine')
    await page.getByRole('button', { name: '受理' }).click()
    await page.getByRole('status').getByText('事件 #1').waitFor()
    await page.getByRole('button', { name: '办结' }).click()
    await page.getByLabel('怎么处理的').fill('已换灯泡')
    await page.getByRole('button', { name: '办结' }).click()
    await page.getByText('手上没有待办').waitFor()
    expect(await listIncidents(rig.db)).toMatchObject([{ status: 'resolved' }])
  })

  test('takes back only what was recorded last', async () => {
    const cookie = await rig.signInAs('李敏')
    await rig.post(cookie, { is: 'checkIn', kind: 'on' })
    await rig.post(cookie, { is: 'visit', person: '王奶奶' })
    await openAs(page, rig, '李敏', '/h5/mine')
    expect(await page.getByRole('button', { name: '撤销' }).count()).toBe(1)
    await page.getByRole('button', { name: '撤销' }).click()
    await page.getByText('已撤销：走访').waitFor()
    expect(await listFieldRecords(rig.db, { kind: 'visit' })).toEqual([])
  })

  test('asks for a reason before something is sent back', async () => {
    await rig.post(await rig.signInAs('李敏'), { is: 'words', text: '明天请假一天，看病' })
    await openAs(page, rig, '沈国华', '/h5/mine')
    await page.getByRole('button', { name: '退回' }).click()
    expect(await page.getByRole('button', { name: '退回' }).isDisabled()).toBe(true)
    await page.getByLabel('退回原因').fill('明天有检查')
    await page.getByRole('button', { name: '退回' }).click()
    await page.getByText('等您审批').waitFor({ state: 'detached' })
    const [leave] = await rig.db.sql.selectFrom('leave_request').select('status').execute()
    expect(leave?.status).toBe('rejected')
  })

  test('says in words what could not be done', async () => {
    await rig.post(await rig.signInAs('李敏'), { is: 'incident', text: '3号楼路灯坏了' })
    await openAs(page, rig, '陈桂芳', '/h5/mine')
    await page.route('**/h5/api/messages', route =>
      route.fulfill({ status: 400, json: { error: { message: '不行。' } } }),
    )
    await page.getByRole('button', { name: '受理' }).click()
    await alert().getByText('不行。').waitFor()
    phone.faults.splice(0)
  })

  test('ends with signing out', async () => {
    await openAs(page, rig, '李敏', '/h5/mine')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '换谁来看' }).waitFor()
  })
})

test('each page as it looks, in test/output', async () => {
  // The font that lets a bare browser write Chinese is none of ours: this one context lets it in.
  const { page: shown, context } = await openPhone(browser, assets, { bypassCSP: true })
  const cookie = await rig.signInAs('李敏')
  await rig.post(cookie, { is: 'incident', text: '紧急！5幢3楼着火了' })
  await rig.post(cookie, { is: 'visit', person: '王奶奶', place: '3幢', minutes: 20 })
  await rig.broadcast('排查出租房', '陈桂芳', { due: '2026-11-20' })
  await openAs(shown, rig, '陈桂芳', '/h5/mine')
  for (const [path, heading] of [
    ['/h5/check-in', '打卡'],
    ['/h5/incident', '上报事件'],
    ['/h5/visit', '记走访'],
    ['/h5/mine', '我的一天'],
  ] as const) {
    await shown.goto(`${rig.url}${path}`)
    await shown.getByRole('heading', { name: heading, exact: true }).waitFor()
    await takePicture(shown, `phone-${path.slice(4)}`)
  }
  await shown.goto(`${rig.url}/h5/check-in`)
  await shown.getByRole('button', { name: '上班打卡' }).click()
  await shown.getByRole('heading', { name: '记好了' }).waitFor()
  await takePicture(shown, 'phone-done')
  await context.close()
})

describe('for thumbs and older eyes', () => {
  const PAGES = ['/h5/check-in', '/h5/incident', '/h5/visit', '/h5/mine']
  const serious = async () =>
    (await new AxeBuilder({ page }).analyze()).violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)

  test('axe finds no serious fault on any page, in a result, a question, or an error', async () => {
    await rig.post(await rig.signInAs('李敏'), { is: 'incident', text: '紧急！5幢3楼着火了' })
    await openAs(page, rig, '陈桂芳', '/h5/mine')
    for (const path of PAGES) {
      await page.goto(`${rig.url}${path}`)
      expect([path, await serious()]).toEqual([path, []])
    }
    await page.goto(`${rig.url}/h5/incident`)
    await page.getByRole('button', { name: '上报' }).last().click()
    await alert().waitFor()
    expect(await serious()).toEqual([])
    await page.getByLabel('发生了什么').fill('路灯坏了')
    await page.getByRole('button', { name: '上报' }).last().click()
    await page.getByRole('heading', { name: /记好了|还差一句/ }).waitFor()
    expect(await serious()).toEqual([])
    await phone.context.clearCookies()
    await page.goto(`${rig.url}/h5/mine`)
    expect(await serious()).toEqual([])
  }, 120_000)

  test.each([
    ['a small phone', 320, 112.5],
    ['text twice as large', 360, 225],
  ])('nothing is wider than %s', async (_name, width, percent) => {
    await rig.post(await rig.signInAs('李敏'), {
      is: 'incident',
      text: '3号楼路灯坏了，一到晚上整条路都看不见，老人摔了两次',
    })
    await openAs(page, rig, '陈桂芳', '/h5/mine')
    await page.setViewportSize({ width, height: 740 })
    for (const path of PAGES) {
      await page.goto(`${rig.url}${path}`)
      await page.evaluate(size => document.documentElement.style.setProperty('font-size', `${size}%`), percent)
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width])
    }
  })

  test('letters are at least 18 pixels, and what is touched at least 48', async () => {
    await openAs(page, rig, '李敏', '/h5/mine')
    for (const path of PAGES) {
      await page.goto(`${rig.url}${path}`)
      const small = await page.evaluate(() => {
        const touched = [...document.querySelectorAll('button, a, input, select, textarea, summary, label.second')]
        const seen = touched.filter(one => one.checkVisibility() && !one.matches('[type=checkbox], label input'))
        return [
          ...seen.filter(one => one.getBoundingClientRect().height < 48).map(one => one.outerHTML),
          Number.parseFloat(getComputedStyle(document.body).fontSize) < 18 ? 'body' : [],
        ].flat()
      })
      expect([path, small]).toEqual([path, []])
    }
  })

  test('a page is whole before its script has come', async () => {
    await openAs(page, rig, '李敏', '/h5/mine')
    await page.route('**/assets/phone.js', route => route.abort())
    await page.goto(`${rig.url}/h5/check-in`)
    // To be read; touched only when something would come of it.
    await page.getByRole('button', { name: '上班打卡' }).waitFor()
    expect(await page.getByRole('button', { name: '上班打卡' }).isDisabled()).toBe(true)
    phone.faults.splice(0)
  })
})
