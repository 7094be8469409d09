import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWecomEmulator, type WecomEmulator } from './wecom.ts'
import type { WorldOptions } from './wecom-world.ts'

const CARD = {
  card_type: 'button_interaction',
  main_title: { title: '9号' },
  button_list: [{ text: '同意', key: 'approve' }],
  task_id: 'task-1',
}

async function open(options: Partial<WorldOptions> = {}) {
  let now = Date.parse('2026-11-18T10:00:00+08:00')
  const emulator = await startWecomEmulator({ now: () => now, ...options })
  onTestFinished(() => emulator.close())
  emulator.addMember({ userId: 'LiMin', name: '李敏' })
  emulator.addMember({ userId: 'outside', name: '范围外', isVisible: false })
  emulator.addGroup({ id: 'wrG1', members: ['LiMin'] })
  const { token } = await get(emulator, 'gettoken', { corpid: emulator.corpId, corpsecret: emulator.secret }).then(
    ({ access_token }) => ({ token: String(access_token) }),
  )
  const send = (body: object) => post(emulator, `message/send?access_token=${token}`, body)
  const text = (touser: string, content = '你好') =>
    send({ touser, msgtype: 'text', agentid: emulator.agentId, text: { content } })
  const card = (change: object = {}) =>
    send({
      touser: 'LiMin',
      msgtype: 'template_card',
      agentid: emulator.agentId,
      template_card: { ...CARD, ...change },
    })
  return {
    emulator,
    token,
    send,
    text,
    card,
    shift: (byMs: number) => {
      now += byMs
    },
  }
}

async function get({ apiBase }: WecomEmulator, path: string, query: Record<string, string> = {}) {
  const response = await fetch(`${apiBase}/cgi-bin/${path}?${new URLSearchParams(query)}`)
  return (await response.json()) as Record<string, unknown>
}

async function post({ apiBase }: WecomEmulator, path: string, body: object) {
  const response = await fetch(`${apiBase}/cgi-bin/${path}`, { method: 'POST', body: JSON.stringify(body) })
  return (await response.json()) as Record<string, unknown>
}

describe('the emulated WeCom', () => {
  it('gives a token for the right secret alone, and shuts out who goes on with a wrong one', async () => {
    const { emulator } = await open()
    const ask = (corpsecret: string, corpid = emulator.corpId) => get(emulator, 'gettoken', { corpid, corpsecret })
    expect(await ask('x', 'wwother')).toMatchObject({ errcode: 40013 })
    for (let tries = 0; tries < 5; tries += 1) expect(await ask('wrong')).toMatchObject({ errcode: 40001 })
    expect(await ask(emulator.secret)).toMatchObject({ errcode: 45009 })
  })

  it('takes no call without a good token, from an unknown address, or of another app', async () => {
    const { emulator, send, shift } = await open()
    expect(await post(emulator, 'message/send', {})).toMatchObject({ errcode: 41001 })
    expect(await post(emulator, 'message/send?access_token=made-up', {})).toMatchObject({ errcode: 40014 })
    expect(await send({ touser: 'LiMin', msgtype: 'text', agentid: 9, text: { content: 'x' } })).toMatchObject({
      errcode: 40056,
      errmsg: expect.stringContaining('hint: ['),
    })
    emulator.world.options.isTrustedIp = false
    expect(await send({})).toMatchObject({ errcode: 60020 })
    shift(7_200_000)
    expect(await send({})).toMatchObject({ errcode: 40014 })
  })

  it('delivers to those it can and lists the others in lower case; to nobody is 81013', async () => {
    const { text, emulator } = await open()
    expect(await text('limin|Outside|Nobody')).toMatchObject({ errcode: 0, invaliduser: 'outside|nobody' })
    expect(emulator.deliveredTo({ user: 'LiMin' })).toHaveLength(1)
    expect(await text('outside')).toMatchObject({ errcode: 81013 })
    expect(await text('')).toMatchObject({ errcode: 82001 })
    expect(await text('LiMin', '')).toMatchObject({ errcode: 44004 })
  })

  it('cuts a text at 2,048 bytes and drops what is over thirty a minute, both without a word', async () => {
    const { text, emulator, shift } = await open()
    expect(await text('LiMin', '字'.repeat(700))).toMatchObject({ errcode: 0 })
    expect(Buffer.byteLength(emulator.delivered[0]?.text ?? '')).toBeLessThanOrEqual(2050)
    for (let nth = 0; nth < 40; nth += 1) expect(await text('LiMin', `${nth}`)).toMatchObject({ errcode: 0 })
    expect([emulator.delivered.length, emulator.world.dropped.length]).toEqual([30, 11])
    shift(60_001)
    await text('LiMin')
    expect(emulator.delivered).toHaveLength(31)
  })

  it('drops an equal body within the interval only where that was asked for', async () => {
    const { send, emulator, shift } = await open()
    const body = { touser: 'LiMin', msgtype: 'text', agentid: emulator.agentId, text: { content: '一样' } }
    const checked = { ...body, enable_duplicate_check: 1, duplicate_check_interval: 60 }
    for (const each of [body, body, checked, checked]) expect(await send(each)).toMatchObject({ errcode: 0 })
    expect(emulator.delivered).toHaveLength(3)
    shift(61_000)
    await send(checked)
    expect(emulator.delivered).toHaveLength(4)
  })

  it('takes a card with one to six good buttons and a task of its own, and changes it once within 72 hours', async () => {
    const { card, emulator, token, shift } = await open()
    for (const bad of [
      { card_type: 'text_notice' },
      { button_list: [] },
      { button_list: Array(7).fill({ text: 'x', key: 'y' }) },
      { button_list: [{ text: 'x' }] },
      { task_id: '任务' },
      { main_title: {} },
    ])
      expect(await card(bad)).toMatchObject({ errcode: 40058 })
    const { response_code } = await card()
    expect(await card()).toMatchObject({ errcode: 40058 })
    const change = { userids: ['limin'], agentid: emulator.agentId, response_code, button: { replace_name: '✓ 同意' } }
    const update = (body: object) => post(emulator, `message/update_template_card?access_token=${token}`, body)
    expect(await update({ ...change, button: {} })).toMatchObject({ errcode: 40058 })
    expect(await update(change)).toMatchObject({ errcode: 0 })
    expect(emulator.world.newestCard('LiMin')?.label).toBe('✓ 同意')
    expect(await update(change)).toMatchObject({ errcode: 40058 })
    const late = await card({ task_id: 'task-2' })
    shift(72 * 3_600_000)
    const fresh = await get(emulator, 'gettoken', { corpid: emulator.corpId, corpsecret: emulator.secret })
    const path = `message/update_template_card?access_token=${String(fresh.access_token)}`
    expect(await post(emulator, path, { ...change, response_code: late.response_code })).toMatchObject({
      errcode: 40058,
    })
  })

  it('recalls what it sent', async () => {
    const { text, emulator, token } = await open()
    const { msgid } = await text('LiMin')
    expect(await post(emulator, `message/recall?access_token=${token}`, { msgid })).toMatchObject({ errcode: 0 })
    expect(emulator.delivered[0]?.isRecalled).toBe(true)
  })

  it('takes twenty pushes a minute of a known key, and @s only who is there', async () => {
    const { emulator } = await open()
    const key = emulator.world.groups.get('wrG1')?.key
    const push = (content: string, mentioned_list: string[] = [], at = key) =>
      post(emulator, `webhook/send?key=${at}`, { msgtype: 'text', text: { content, mentioned_list } })
    expect(await push('x', [], 'unknown')).toMatchObject({ errcode: 93000 })
    expect(await push('字'.repeat(683))).toMatchObject({ errcode: 40058 })
    expect(await push('收到', ['LiMin', 'outside'])).toMatchObject({ errcode: 0 })
    expect(emulator.delivered[0]?.mentions).toEqual(['LiMin'])
    for (let nth = 0; nth < 18; nth += 1) await push(`${nth}`)
    expect(await push('one more')).toMatchObject({ errcode: 45009 })
  })

  it('knows each log-in code once, for five minutes, and who is outside', async () => {
    const { emulator, token, shift } = await open()
    const ask = (code: string) => get(emulator, 'auth/getuserinfo', { access_token: token, code })
    const code = emulator.world.giveOauthCode('LiMin')
    expect(await ask(code)).toMatchObject({ userid: 'LiMin' })
    expect(await ask(code)).toMatchObject({ errcode: 40029 })
    expect(await ask(emulator.world.giveOauthCode())).toMatchObject({ openid: 'oOUTSIDE' })
    const old = emulator.world.giveOauthCode('LiMin')
    shift(300_001)
    expect(await ask(old)).toMatchObject({ errcode: 40029 })
  })

  it('maps the encrypted user ids of visible members; plain ones are invalid', async () => {
    const { emulator, token } = await open()
    const open_userid_list = [
      emulator.world.findMember('LiMin')?.openUserId,
      emulator.world.findMember('outside')?.openUserId,
      'LiMin',
    ]
    const answer = await post(emulator, `batch/openuserid_to_userid?access_token=${token}`, { open_userid_list })
    expect(answer.userid_list).toEqual([{ open_userid: open_userid_list[0], userid: 'LiMin' }])
    expect(answer.invalid_open_userid_list).toEqual(open_userid_list.slice(1))
  })

  it('posts three times in all where it is not taken, each time sealed anew', async () => {
    const { emulator } = await open()
    const queries: string[] = []
    const url = await listen(request => {
      queries.push(request.url ?? '')
      return 503
    })
    const { answers } = await emulator.tellUntilTaken({ kind: 'text', from: 'LiMin', text: '打卡' }, { url })
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
    expect(new Set(queries).size).toBe(3)
  })

  it('takes an address only for the exact text', async () => {
    const { emulator } = await open()
    expect(await emulator.saveCallback(await listen(() => 200))).toBe(false)
  })
})

async function listen(answer: (request: { url?: string }) => number): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(answer(request))
    response.end('success')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/app`
}
