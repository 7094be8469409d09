import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWechatEmulator, type WechatEmulator } from '../emulators/wechat.ts'
import { type ChildProgram, createChildProgram } from '../support/child-program.ts'

const WANG = 'oWangAyi'
const LI = 'oLiShu'
const PHONE = '13812345678'

/**
 * A resident's report from the first follow to the mark at the end, through the account's own callback, the whole program in a process
 * of its own, and the delivery that answers in the open request or by customer-service message.
 */
describe.each([
  ['plain', false],
  ['secure', true],
] as const)('a resident of the official account in %s mode', { timeout: 120_000 }, (_mode, secure) => {
  let account: WechatEmulator
  let program: ChildProgram
  let folder: string

  beforeAll(async () => {
    account = await startWechatEmulator({ secure, now: () => Date.now() })
    account.pictures.set('photo-1', Buffer.from(ONE_PIXEL, 'base64'))
    folder = mkdtempSync(join(tmpdir(), 'xiaoge-wechat-'))
    writeRoster(join(folder, 'roster'))
    program = await createChildProgram(folder, {
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${join(folder, 'street.db')}`,
      DATA_DIR: join(folder, 'data'),
      ROSTER_DIR: join(folder, 'roster'),
      SIMULATOR: 'on',
      SIMULATOR_START: '2026-11-18T09:00:00+08:00',
      SIMULATOR_CLOCK: 'hold',
      ADMIN_TOKEN: 'wechat-street-admin-token',
      WECHAT_APP_ID: account.appId,
      WECHAT_SECRET: account.secret,
      WECHAT_TOKEN: account.token,
      WECHAT_API_BASE: account.apiBase,
      ...(secure && { WECHAT_AES_KEY: account.aesKey }),
    })
    await program.start()
  }, 60_000)
  afterAll(async () => {
    await program?.stop()
    await account?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** What everybody reads, once all that follows was delivered: a move to the present does what is due and waits for it. */
  async function readNext(act: () => Promise<unknown>): Promise<WechatEmulator['delivered']> {
    const before = account.delivered.length
    await act()
    const { now } = await program.get<{ now: string }>('/sim/api/clock')
    await program.post('/sim/api/clock', { now })
    return account.delivered.slice(before)
  }
  const resident = (openId: string, said: string | { xml: string }, msgId?: string) =>
    readNext(async () => {
      expect(await account.say(`${program.base}/wechat/account`, openId, said, { msgId })).toBe(200)
    })
  const worker = (user: string, text: string) =>
    readNext(() => program.post('/sim/api/messages', { group: `@${user}`, user, text }))
  const groupTexts = async () => {
    const { items } = await program.get<{ items: { text: string }[] }>('/sim/api/chats/G1/messages')
    return items.map(({ text }) => text)
  }

  it('S2-52: who follows the account is told how it works, in the request itself', async () => {
    const follow = { xml: '<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event>' }
    expect(await resident(WANG, follow)).toEqual([
      { openId: WANG, via: 'reply', text: expect.stringContaining('说一句就行') },
    ])
  })

  it('S2-52, S3A-02: a report gets its number in the request, and a repeat by the platform changes nothing', async () => {
    const words = `第1网格3幢楼道的灯坏了，我电话${PHONE}`
    expect(await resident(WANG, words, '24150000000007777')).toEqual([
      { openId: WANG, via: 'reply', text: expect.stringMatching(/编号 #1。已转给第1网格办理/) },
    ])
    expect(await resident(WANG, words, '24150000000007777')).toEqual([])
    expect(await program.get('/api/incidents')).toMatchObject({ total: 1 })
  })

  it('a picture that follows is fetched, opened and kept with the report', async () => {
    const picture = { xml: '<MsgType><![CDATA[image]]></MsgType><MediaId><![CDATA[photo-1]]></MediaId>' }
    expect(await resident(WANG, picture)).toEqual([{ openId: WANG, via: 'reply', text: '已补充到 #1，谢谢您。' }])
    expect(await program.get('/api/incidents/1')).toMatchObject({
      status: 'reported',
      verified: false,
      photos: [{ state: 'stored' }],
    })
  })

  it('S3A-25: hears that it was accepted and resolved as customer-service messages, and asks how it stands in between', async () => {
    expect(await worker('网格长1号', '受理1号事件')).toEqual([
      { openId: WANG, via: 'custom', text: expect.stringContaining('#1已由网格长网格长1号受理') },
    ])
    expect(await resident(WANG, '进度')).toEqual([
      { openId: WANG, via: 'reply', text: expect.stringContaining('：已受理') },
    ])
    expect(await worker('网格长1号', '1号事件已办结，灯换好了')).toEqual([
      { openId: WANG, via: 'custom', text: expect.stringMatching(/办结。满意请回“1号满意”，没修好请回“1号没修好”/) },
    ])
  })

  it('another resident learns nothing of it by its number', async () => {
    for (const words of ['进度1', '1号满意', '1号没修好']) {
      expect(await resident(LI, words)).toEqual([
        { openId: LI, via: 'reply', text: expect.stringContaining('没有查到您反映的 #1') },
      ])
    }
    expect(await program.get('/api/incidents/1')).toMatchObject({ status: 'resolved' })
  })

  it('S4D-39: not fixed reopens it, and S4B-02: 满意 ends it', async () => {
    const [unfixed] = await resident(WANG, '还是不亮')
    expect(unfixed?.text).toContain('#1 已重新办理')
    await worker('网格长1号', '1号事件已办结，线路修好了')
    expect(await resident(WANG, '满意')).toEqual([
      { openId: WANG, via: 'reply', text: expect.stringContaining('#1 评价 5 分') },
    ])
    expect(await program.get('/api/incidents/1')).toMatchObject({ status: 'closed' })
  })

  it('S3A-18: nothing of who reported stands in a group or in the log, nor does any secret', async () => {
    const [danger] = await resident(LI, `我是李大海，电话${PHONE}，第1网格5幢302着火了`)
    expect(danger?.text).toContain('110/119/120')
    const inGroup = await groupTexts()
    expect(inGroup).toEqual([expect.stringContaining('【紧急】事件 #2')])
    for (const text of inGroup) expect(text).not.toMatch(/李大海|1381234|302/)
    for (const secret of [PHONE, WANG, LI, account.secret, account.aesKey, 'mp-token'])
      expect(program.log()).not.toContain(secret)
  })

  it('is ready, counts what came in, and lost nothing', async () => {
    expect(await program.get('/readyz')).toMatchObject({ ready: true, checks: { wechat: { ok: true } } })
    const metrics = await fetch(`${program.base}/metrics`).then(response => response.text())
    expect(metrics).toContain('xiaoge_messages_received_total{channel="wechat",outcome="duplicate"} 1')
    for (const state of ['failed', 'dead'])
      expect(await program.get(`/api/outbox?state=${state}`)).toMatchObject({ total: 0 })
  })
})

function writeRoster(folder: string): void {
  const write = (file: string, lines: string[]) => writeFileSync(join(folder, file), `${lines.join('\n')}\n`)
  mkdirSync(folder)
  write('grids.csv', ['网格号,网格名称,社区,类型,网格编码,户数,常住人口', '1,第1网格,桃源社区,普通,TY001,300,900'])
  write('members.csv', [
    '姓名,角色,社区,网格号,手机,钉钉ID,企微ID,状态,入职日期',
    '网格长1号,网格长,桃源社区,1,,,,在岗,2026-01-01',
    '专职1号,专职网格员,桃源社区,1,,,,在岗,2026-01-01',
  ])
  write('groups.csv', ['群名,平台,会话ID,范围,社区,网格号,推送地址', '第1网格群,模拟,G1,网格,桃源社区,1,'])
}

const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
