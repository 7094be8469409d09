import { createHash } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createWecomApi, createWecomTokens } from '../../bot/channels/wecom/api.ts'
import { fetchAppMedia } from '../../bot/channels/wecom/media.ts'
import { listCheckIns } from '../../storage/check-ins.ts'
import { listIncidents } from '../../storage/incidents.ts'
import { type DingtalkEmulator, startDingtalkEmulator } from '../emulators/dingtalk.ts'
import { startWecomEmulator, type WecomEmulator } from '../emulators/wecom.ts'
import { AGENT_ID, CORP_ID, dingtalkPages, userAgents, wecomPages } from '../h5/platforms.ts'
import { openPhoneRig, type PhoneRig } from '../h5/rig.ts'
import { openBrowser } from '../support/browser.ts'
import { fakeChannel } from '../support/fake-channel.ts'
import { bundlePhone, openPhone, type PhonePage } from './phone-page.ts'

interface BridgeCall {
  name: string
  params: Record<string, string>
}

/** What the stub in the page does; runs in the browser before the page's own scripts. */
interface BridgeScript {
  answers: Record<string, Record<string, unknown>>
}

let browser: Browser
let assets: ReadonlyMap<string, string>
let wecom: WecomEmulator
let dingtalk: DingtalkEmulator
let rig: PhoneRig
let phone: PhonePage

beforeAll(async () => {
  browser = await openBrowser()
  assets = await bundlePhone()
  wecom = await startWecomEmulator()
  wecom.addMember({ userId: 'limin', name: '李敏' })
  dingtalk = await startDingtalkEmulator()
  dingtalk.addUser({ staffId: 'limin', name: '李敏' })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await wecom?.close()
  await dingtalk?.close()
})
afterEach(async () => {
  const faults = phone?.faults.splice(0) ?? []
  await phone?.context.close()
  await rig?.close()
  expect(faults).toEqual([])
})

const center = { center_lat: 30.2741, center_lng: 120.1551, center_datum: 'WGS-84' } as const
const calls = () => phone.page.evaluate(() => (window as unknown as { bridgeCalls: BridgeCall[] }).bridgeCalls)
const callsOf = async (name: string) => (await calls()).filter(call => call.name === name)
const photo = () =>
  sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#687' } })
    .jpeg()
    .toBuffer()
const lastEntry = async () => {
  const query = rig.db.sql.selectFrom('message').select('platform_id').orderBy('id', 'desc')
  return (await query.executeTakeFirstOrThrow()).platform_id.split('/')[1]!
}

async function openRig(): Promise<void> {
  const { apiBase, corpId, secret } = wecom
  const tokens = createWecomTokens({ apiBase, corpId, secret, machineNow: Date.now })
  const api = createWecomApi({ apiBase, tokens })
  const channel = { ...fakeChannel('wecom'), fetchMedia: fetchAppMedia }
  rig = await openPhoneRig({
    now: '2026-11-18T08:17',
    simulator: 'off',
    channels: [{ ...channel, fetchMedia: (ref, most) => fetchAppMedia(ref, most, api) }, fakeChannel('dingtalk')],
    platforms: ({ machineNow }) => [wecomPages(wecom, machineNow), dingtalkPages(dingtalk, machineNow)],
    prepare: async db => {
      await db.sql.updateTable('grid').set(center).where('grid_no', '=', 1).execute()
    },
  })
}

describe('inside WeCom', () => {
  /** A WeCom client: its user agent, its bridge, and the way through OAuth, which the browser would go on the platform. */
  async function openInWecom(path: string, answers: BridgeScript['answers']): Promise<void> {
    await openRig()
    phone = await openPhone(browser, assets, { userAgent: userAgents.wecom })
    // The browser does not come back from a redirect that leaves the server: the platform's answer is put in its place.
    await phone.context.route(`${rig.url}/h5/*`, async route => {
      const response = await route.fetch({ maxRedirects: 0 })
      const away = response.headers().location
      if (!away?.startsWith('https://open.weixin.qq.com/')) return route.fulfill({ response })
      const { searchParams } = new URL(away)
      const back = new URL(searchParams.get('redirect_uri') ?? '')
      back.port = new URL(rig.url).port
      back.searchParams.set('code', wecom.world.giveOauthCode('limin'))
      back.searchParams.set('state', searchParams.get('state') ?? '')
      return route.fulfill({ status: 302, headers: { ...response.headers(), location: back.href } })
    })
    await phone.context.addInitScript(
      ({ answers }: BridgeScript) => {
        const seen: BridgeCall[] = []
        const bridge = {
          invoke(name: string, params: Record<string, string>, callback: (result: unknown) => void) {
            seen.push({ name, params })
            const answer = answers[name] ?? { err_msg: `${name}:fail` }
            setTimeout(() => callback({ err_msg: `${name}:ok`, ...answer }), 10)
          },
          on() {},
        }
        Object.assign(window, { bridgeCalls: seen, WeixinJSBridge: bridge })
      },
      { answers },
    )
    await phone.page.goto(`${rig.url}${path}`)
    await phone.page.getByRole('navigation', { name: '页面' }).waitFor()
  }

  const READY = { preVerifyJSAPI: {} }
  /** Until the app's library is there, the button is the browser's own field. */
  const takePhotos = async () => {
    await phone.page.getByRole('button', { name: '扫码' }).waitFor()
    await phone.page.getByRole('button', { name: '拍照或选照片' }).click()
  }

  test('somebody is signed in without a word, and checks in with place and distance; the signature is the one WeCom checks', async () => {
    await openInWecom('/h5/check-in', {
      ...READY,
      geoLocation: { latitude: '30.2750', longitude: '120.1551', accuracy: '15' },
    })
    await phone.page.getByRole('button', { name: '附上我的位置' }).click()
    await phone.page.getByText('已附上位置（误差约 15 米）').waitFor()
    await phone.page.getByLabel('这是哪儿').fill('社区服务站')
    await phone.page.getByRole('button', { name: '上班打卡' }).click()
    await phone.page.getByText('已记上班打卡 08:17。').waitFor()
    const [saved] = await listCheckIns(rig.db)
    expect(saved).toMatchObject({ source: 'h5', distanceM: 100 })
    expect(saved?.place?.reveal()).toBe('社区服务站')
    const [verified] = await callsOf('preVerifyJSAPI')
    const { verifyAppId, verifyNonceStr, verifyTimestamp, verifySignature } = verified!.params
    const signed = `jsapi_ticket=emulated-corp-ticket&noncestr=${verifyNonceStr}&timestamp=${verifyTimestamp}&url=${rig.url}/h5/check-in`
    expect([verifyAppId, verifySignature]).toEqual([wecom.corpId, createHash('sha1').update(signed).digest('hex')])
  })

  test('a photo whose bytes the app hands out is made small here and sent from here', async () => {
    const localData = (await photo()).toString('base64')
    await openInWecom('/h5/incident', {
      ...READY,
      chooseImage: { localIds: ['local-1'] },
      getLocalImgData: { localData },
    })
    await phone.page.getByLabel('发生了什么').fill('井盖破了')
    await takePhotos()
    await phone.page.getByRole('img', { name: '第 1 张照片' }).waitFor()
    await phone.page.getByRole('button', { name: '上报' }).last().click()
    await phone.page.getByText('已上报：事件 #1').waitFor()
    const [stored] = await rig.photosOf('李敏', await lastEntry())
    expect(await sharp(stored).metadata()).toMatchObject({ width: 1600, height: 800 })
    expect(await callsOf('uploadImage')).toEqual([])
  })

  test('a photo that only the app can read goes to WeCom, and the server fetches it there', async () => {
    const serverId = wecom.world.keepMedia({ bytes: await photo(), mime: 'image/jpeg', fileName: 'a.jpg' } as never)
    await openInWecom('/h5/incident', {
      ...READY,
      chooseImage: { localIds: ['local-1'] },
      getLocalImgData: { err_msg: 'getLocalImgData:fail' },
      uploadImage: { serverId },
    })
    await phone.page.getByLabel('发生了什么').fill('井盖破了')
    await takePhotos()
    await phone.page.getByText('第 1 张').waitFor()
    await phone.page.getByRole('button', { name: '上报' }).last().click()
    await phone.page.getByText('已上报：事件 #1').waitFor()
    expect(await rig.photosOf('李敏', await lastEntry())).toHaveLength(1)
  })

  test('a code fills in the place, and going back from the photos is no fault', async () => {
    await openInWecom('/h5/incident', {
      ...READY,
      // As iPhones answer; the SDK unwraps it.
      scanQRCode: { resultStr: JSON.stringify({ scan_code: { scan_result: '3号楼2单元' } }) },
      chooseImage: { err_msg: 'chooseImage:cancel' },
    })
    await phone.page.getByRole('button', { name: '扫码' }).click()
    await expect.poll(() => phone.page.getByLabel('在哪里').inputValue()).toBe('3号楼2单元')
    await takePhotos()
    await expect.poll(() => callsOf('chooseImage')).toHaveLength(1)
    await phone.page.getByRole('button', { name: '拍照或选照片' }).waitFor()
    expect(await phone.page.getByRole('alert').count()).toBe(0)
    await phone.page.getByLabel('发生了什么').fill('路灯坏了')
    await phone.page.getByRole('button', { name: '上报' }).last().click()
    await phone.page.getByText('已上报：事件 #1').waitFor()
    const [incident] = await listIncidents(rig.db)
    expect(incident?.place?.reveal()).toBe('3号楼2单元')
  })

  test('where the app refuses the page, the browser’s own ways serve', async () => {
    await openInWecom('/h5/incident', { preVerifyJSAPI: { err_msg: 'preVerifyJSAPI:invalid signature' } })
    await phone.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await photo() })
    await phone.page.getByRole('img', { name: '第 1 张照片' }).waitFor()
    expect(await phone.page.getByRole('button', { name: '扫码' }).count()).toBe(0)
    // The SDK itself writes of the refusal.
    phone.faults.splice(0)
  })

  test('a code that holds a link is no place', async () => {
    const resultStr = JSON.stringify({ scan_code: { scan_result: 'https://example.com/menu' } })
    await openInWecom('/h5/incident', { ...READY, scanQRCode: { resultStr } })
    await phone.page.getByRole('button', { name: '扫码' }).click()
    await phone.page.getByRole('alert').getByText('这个码里没有写地点').waitFor()
    expect(await phone.page.getByLabel('在哪里').inputValue()).toBe('')
  })

  test('where the app hands out no photo, the next touch takes the browser’s own field', async () => {
    await openInWecom('/h5/incident', { ...READY, chooseImage: { err_msg: 'chooseImage:fail no permission' } })
    await takePhotos()
    await phone.page.getByRole('alert').getByText('请再选一次').waitFor()
    const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await photo() }
    await phone.page.locator('input[type=file]').setInputFiles(file)
    await phone.page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  })

  test('axe finds no serious fault in the form as the app shows it', async () => {
    await openInWecom('/h5/incident', READY)
    await phone.page.getByRole('button', { name: '扫码' }).waitFor()
    const { violations } = await new AxeBuilder({ page: phone.page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })
})

describe('inside DingTalk', () => {
  async function openInDingtalk(path: string, answers: BridgeScript['answers']): Promise<void> {
    await openRig()
    phone = await openPhone(browser, assets, { userAgent: userAgents.dingtalk })
    await phone.context.addInitScript(
      ({ answers }: BridgeScript) => {
        const seen: BridgeCall[] = []
        const bridge = {
          init() {},
          registerHandler() {},
          callHandler(name: string, params: Record<string, unknown>, callback: (result: unknown) => void) {
            seen.push({ name, params: JSON.parse(JSON.stringify(params)) })
            const result = answers[name]
            setTimeout(() => callback(result ? { errorCode: '0', result } : { errorCode: '3', errorMessage: 'no' }), 10)
          },
        }
        Object.assign(window, { bridgeCalls: seen, WebViewJavascriptBridge: bridge })
      },
      { answers },
    )
    await phone.page.goto(`${rig.url}${path}`)
  }

  const CODE = { 'runtime.permission.requestAuthCodeV2': { code: 'code-limin' } }
  const READY = { ...CODE, 'runtime.permission.requestJsApis': {} }

  test('somebody is signed in by a code, and checks in with an address and the distance, converted from the map’s datum', async () => {
    const found = {
      latitude: '30.27173',
      longitude: '120.15989',
      accuracy: '20',
      address: '杭州市上城区望江街道',
      city: '',
      province: '',
    }
    await openInDingtalk('/h5/check-in', { ...READY, 'device.geolocation.get': found })
    await phone.page.getByRole('button', { name: '附上我的位置' }).click()
    await expect.poll(() => phone.page.getByLabel('这是哪儿').inputValue()).toBe(found.address)
    await phone.page.getByRole('button', { name: '上班打卡' }).click()
    await phone.page.getByText('已记上班打卡 08:17。').waitFor()
    const [saved] = await listCheckIns(rig.db)
    expect(saved?.distanceM).toBeLessThan(20)
    const [message] = await rig.db.sql
      .selectFrom('message')
      .select(['channel', 'robot', 'sender_platform_id'])
      .execute()
    expect(message).toEqual({ channel: 'dingtalk', robot: 'h5', sender_platform_id: 'limin' })
    const [configured] = await callsOf('runtime.permission.requestJsApis')
    const { agentId, corpId, timeStamp, nonceStr, signature } = configured!.params
    const signed = `jsapi_ticket=emulated-ticket&noncestr=${nonceStr}&timestamp=${timeStamp}&url=${rig.url}/h5/check-in`
    expect([agentId, corpId, signature]).toEqual([AGENT_ID, CORP_ID, createHash('sha256').update(signed).digest('hex')])
  })

  test('an app that knows only the older call signs in all the same', async () => {
    await openInDingtalk('/h5/visit', {
      ...READY,
      'runtime.permission.requestAuthCodeV2': undefined as never,
      'runtime.permission.requestAuthCode': { code: 'code-limin' },
    })
    await phone.page.getByRole('heading', { name: '记走访' }).waitFor()
  })

  test('a signature that is refused leaves the browser’s own ways, and the next page tries the other hash', async () => {
    await openInDingtalk('/h5/incident', CODE)
    await phone.page.getByRole('heading', { name: '上报事件' }).waitFor()
    await expect.poll(() => phone.page.evaluate(() => localStorage.getItem('xiaoge-dingtalk-hash'))).toBe('sha1')
    const [first] = await callsOf('runtime.permission.requestJsApis')
    expect(String(first?.params.signature)).toHaveLength(64)
    await phone.page.reload()
    await expect.poll(async () => (await callsOf('runtime.permission.requestJsApis')).length).toBe(1)
    const [second] = await callsOf('runtime.permission.requestJsApis')
    expect(String(second?.params.signature)).toHaveLength(40)
    phone.faults.splice(0)
  })

  test('a report with a photo is an incident with its photo', async () => {
    await openInDingtalk('/h5/incident', READY)
    await phone.page.getByLabel('发生了什么').fill('井盖破了')
    await phone.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: await photo() })
    await phone.page.getByRole('img', { name: '第 1 张照片' }).waitFor()
    await phone.page.getByRole('button', { name: '上报' }).last().click()
    await phone.page.getByText('已上报：事件 #1').waitFor()
    expect(await rig.photosOf('李敏', await lastEntry())).toHaveLength(1)
  })

  test('where the app tells no code, the page says so and offers to try again', async () => {
    await openInDingtalk('/h5/mine', {})
    await phone.page.getByRole('heading', { name: '没能登录' }).waitFor()
    await phone.page.getByRole('button', { name: '再试一次' }).waitFor()
    phone.faults.splice(0)
  })
})
