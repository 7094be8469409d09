import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PagePlatform } from '../../bot/channels/page-platform.ts'
import { digestPage } from '../../bot/channels/ticket.ts'
import { type DingtalkEmulator, startDingtalkEmulator } from '../emulators/dingtalk.ts'
import { startWecomEmulator, type WecomEmulator } from '../emulators/wecom.ts'
import { dingtalkPages, userAgents, wecomPages } from './platforms.ts'
import { cookiesOf, openPhoneRig, type PhoneRig } from './rig.ts'

let wecom: WecomEmulator
let dingtalk: DingtalkEmulator
let rig: PhoneRig
let platforms: { wecom: PagePlatform; dingtalk: PagePlatform }

beforeAll(async () => {
  wecom = await startWecomEmulator()
  wecom.addMember({ userId: 'limin', name: '李敏' })
  wecom.addMember({ userId: 'nobody', name: '路人' })
  dingtalk = await startDingtalkEmulator()
  dingtalk.addUser({ staffId: 'limin', name: '李敏' })
  dingtalk.addUser({ staffId: 'nobody', name: '路人' })
})
afterAll(async () => {
  await wecom.close()
  await dingtalk.close()
})
beforeEach(async () => {
  rig = await openPhoneRig({
    simulator: 'off',
    publicUrl: 'https://grid.example.cn',
    platforms: ({ machineNow }) => {
      platforms = { wecom: wecomPages(wecom, machineNow), dingtalk: dingtalkPages(dingtalk, machineNow) }
      return Object.values(platforms)
    },
  })
})
afterEach(() => rig.close())

const open = (path: string, app: keyof typeof userAgents, cookie?: string) =>
  rig.call<string>('GET', path, { cookie, headers: { 'User-Agent': userAgents[app] } })

/** Opens a page inside WeCom. @returns the state that was sent along, and the cookie that binds it */
async function beginInWecom(path = '/h5/check-in') {
  const { headers } = await open(path, 'wecom')
  const url = new URL(headers.get('location') ?? '')
  return { url, state: url.searchParams.get('state') ?? '', cookie: cookiesOf(headers) }
}

/** What WeCom would hand the browser of this person; of nobody in the organisation where none is named. */
const codeOf = (userId?: string) => wecom.world.giveOauthCode(userId)

describe('inside WeCom', () => {
  const back = (code: string, state: string, cookie?: string) =>
    open(`/h5/sign-in/wecom?${new URLSearchParams({ code, state })}`, 'wecom', cookie)

  test('a page sends the browser through OAuth, silently, and back to where it wanted to go', async () => {
    const { url, state, cookie } = await beginInWecom()
    expect(url.origin + url.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
    expect(url.hash).toBe('#wechat_redirect')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      appid: wecom.corpId,
      redirect_uri: 'https://grid.example.cn/h5/sign-in/wecom',
      response_type: 'code',
      scope: 'snsapi_base',
      state,
      agentid: String(wecom.agentId),
    })
    expect(state).toMatch(/^[a-zA-Z0-9]{32}$/)
    const entered = await back(codeOf('limin'), state, cookie)
    expect([entered.status, entered.headers.get('location')]).toEqual([302, '/h5/check-in'])
    const page = await open('/h5/check-in', 'wecom', cookiesOf(entered.headers))
    expect([page.status, page.body.includes('李敏')]).toEqual([200, true])
  })

  test.each([
    ['another state', async () => ({ ...(await beginInWecom()), state: 'f'.repeat(32) })],
    ['no state', async () => ({ ...(await beginInWecom()), state: '' })],
    [
      'the state of another browser',
      async () => ({ ...(await beginInWecom()), cookie: (await beginInWecom()).cookie }),
    ],
    ['a state without its cookie', async () => ({ ...(await beginInWecom()), cookie: undefined })],
  ])('a way back with %s leads nowhere', async (_name, begin) => {
    const { state, cookie } = await begin()
    const answer = await back(codeOf('limin'), state, cookie)
    expect([answer.status, answer.body.includes('这次登录已失效')]).toEqual([403, true])
    expect(cookiesOf(answer.headers)).toBe('')
  })

  test('a state is good once, and for ten minutes', async () => {
    const first = await beginInWecom()
    expect((await back(codeOf('limin'), first.state, first.cookie)).status).toBe(302)
    expect((await back(codeOf('limin'), first.state, first.cookie)).status).toBe(403)
    const second = await beginInWecom()
    rig.passMachineTime(11 * 60_000)
    expect((await back(codeOf('limin'), second.state, second.cookie)).status).toBe(403)
  })

  test.each([
    ['a code that is spent or made up', 'code-of-nobody-at-all'],
    ['no code, as when somebody said no', ''],
    ['a code longer than any', 'x'.repeat(600)],
  ])('%s opens no session', async (_name, code) => {
    const { state, cookie } = await beginInWecom()
    const answer = await back(code, state, cookie)
    expect([answer.status, answer.body.includes('没能确认您是谁')]).toEqual([403, true])
    expect(await rig.db.sql.selectFrom('h5_session').selectAll().execute()).toEqual([])
  })

  test('somebody outside the organisation, who comes with an openid alone, opens no session', async () => {
    const { state, cookie } = await beginInWecom()
    expect((await back(codeOf(), state, cookie)).status).toBe(403)
    expect(await rig.db.sql.selectFrom('h5_session').selectAll().execute()).toEqual([])
  })

  test('somebody whom the roster does not know reads which account to tell, and gets no session', async () => {
    const { state, cookie } = await beginInWecom()
    const answer = await back(codeOf('nobody'), state, cookie)
    expect([answer.status, answer.body.includes('（nobody）还不在街道名册里')]).toEqual([403, true])
    expect(await rig.db.sql.selectFrom('h5_session').selectAll().execute()).toEqual([])
  })

  test('a platform that does not answer is told as that, and the person can try again', async () => {
    const mend = wecom.fail('/cgi-bin/auth/getuserinfo', { status: 502 })
    const { state, cookie } = await beginInWecom()
    const answer = await back(codeOf('limin'), state, cookie)
    mend()
    expect([answer.status, answer.body.includes('平台这会儿没有应答')]).toEqual([503, true])
  })
})

describe('inside DingTalk', () => {
  /** Opens a page inside DingTalk. @returns what its script is told, and the cookie that binds it */
  async function beginInDingtalk() {
    const { body, headers } = await open('/h5/visit', 'dingtalk')
    const [, json = '{}'] = /<script id="page-data" type="application\/json">(.*?)<\/script>/.exec(body) ?? []
    return { data: JSON.parse(json) as { app: object; state: string }, cookie: cookiesOf(headers) }
  }
  const enter = (body: object, cookie?: string) =>
    rig.call<{ path: string }>('POST', '/h5/api/sign-in', {
      cookie,
      body,
      headers: { 'User-Agent': userAgents.dingtalk },
    })

  test('a script asks the app for a code, and the session leads on', async () => {
    const { data, cookie } = await beginInDingtalk()
    expect(data.app).toEqual({
      kind: 'dingtalk',
      corpId: 'dingcorp0001',
      agentId: '123456',
      clientId: dingtalk.clientId,
    })
    const entered = await enter({ code: 'code-limin', state: data.state }, cookie)
    expect([entered.status, entered.body]).toEqual([200, { path: '/h5/visit' }])
    const page = await open('/h5/visit', 'dingtalk', cookiesOf(entered.headers))
    expect(page.body).toContain('李敏')
  })

  test('a code without the state of this browser, one that is spent, and somebody unknown open nothing', async () => {
    const { data, cookie } = await beginInDingtalk()
    expect((await enter({ code: 'code-limin', state: data.state })).status).toBe(403)
    expect((await enter({ code: 'code-limin', state: 'f'.repeat(32) }, cookie)).status).toBe(403)
    const again = await beginInDingtalk()
    expect(await enter({ code: 'made-up', state: again.data.state }, again.cookie)).toMatchObject({
      status: 403,
      body: { error: { code: 'bad-code' } },
    })
    const third = await beginInDingtalk()
    expect(await enter({ code: 'code-nobody', state: third.data.state }, third.cookie)).toMatchObject({
      status: 403,
      body: { error: { code: 'not-on-roster', message: expect.stringContaining('（nobody）') } },
    })
    expect(await rig.db.sql.selectFrom('h5_session').selectAll().execute()).toEqual([])
  })
})

describe('a signature', () => {
  const url = 'https://grid.example.cn/h5/check-in?from=card&name=%E6%9D%8E'
  let session: string
  beforeEach(async () => {
    const { state, cookie } = await beginInWecom()
    session = cookiesOf((await back(codeOf('limin'), state, cookie)).headers)
  })
  const back = (code: string, state: string, cookie?: string) =>
    open(`/h5/sign-in/wecom?${new URLSearchParams({ code, state })}`, 'wecom', cookie)
  const sign = (app: keyof typeof userAgents, body: object) =>
    rig.call<{ timestamp: number; nonceStr: string; signature: string }>('POST', '/h5/api/sign', {
      cookie: session,
      body,
      headers: { 'User-Agent': userAgents[app] },
    })

  test('J1: is the digest of the sheet’s vector', () => {
    const given = {
      ticket: 'TICKET',
      nonceStr: 'abc',
      timestamp: 1_700_000_000,
      url: 'https://h5.example.gov/checkin?x=1',
    }
    expect(digestPage(given, 'sha1')).toBe('94f23b27dfb8b0f7fe2cd72016c8cb25ed383d86')
  })

  test('for WeCom is SHA-1 over the address as it is', async () => {
    const { body } = await sign('wecom', { url })
    expect(body.signature).toBe(digestPage({ ticket: 'emulated-corp-ticket', ...body, url }, 'sha1'))
  })

  test.each(['sha256', 'sha1'] as const)(
    'for DingTalk is over the decoded address, in %s where the page asks so',
    async hash => {
      const { body } = await sign('dingtalk', { url, hash })
      expect(body.signature).toBe(digestPage({ ticket: 'emulated-ticket', ...body, url: decodeURI(url) }, hash))
    },
  )

  test('is made for our own pages alone, and only inside an app', async () => {
    expect((await sign('wecom', { url: 'https://evil.example/h5/check-in' })).status).toBe(400)
    expect((await sign('wecom', { url: 'nothing' })).status).toBe(400)
    const outside = await rig.call('POST', '/h5/api/sign', { cookie: session, body: { url } })
    expect(outside.status).toBe(404)
  })

  test('asks for one ticket however many ask at once, and for the next only near its end', async () => {
    const before = wecom.calls('/cgi-bin/get_jsapi_ticket').length
    await Promise.all(Array.from({ length: 20 }, () => sign('wecom', { url })))
    expect(wecom.calls('/cgi-bin/get_jsapi_ticket').length - before).toBe(1)
    rig.passMachineTime(6_000_000)
    await sign('wecom', { url })
    expect(wecom.calls('/cgi-bin/get_jsapi_ticket').length - before).toBe(1)
    rig.passMachineTime(1_000_000)
    await sign('wecom', { url })
    expect(wecom.calls('/cgi-bin/get_jsapi_ticket').length - before).toBe(2)
  })

  test('that cannot be had is asked for again only after a pause', async () => {
    const mend = wecom.fail('/cgi-bin/get_jsapi_ticket', { status: 502 })
    const before = wecom.calls('/cgi-bin/get_jsapi_ticket').length
    expect((await sign('wecom', { url })).status).toBe(503)
    mend()
    expect((await sign('wecom', { url })).status).toBe(503)
    expect(wecom.calls('/cgi-bin/get_jsapi_ticket').length - before).toBe(1)
    rig.passMachineTime(60_000)
    expect((await sign('wecom', { url })).status).toBe(200)
  })
})
