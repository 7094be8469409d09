import { describe, expect, it, onTestFinished } from 'vitest'
import { type DingtalkEmulator, type EmulatorOptions, startDingtalkEmulator } from './dingtalk.ts'

async function start(options: EmulatorOptions = {}): Promise<DingtalkEmulator> {
  const emulator = await startDingtalkEmulator(options)
  onTestFinished(() => emulator.close())
  emulator.addUser({ staffId: 'u1', name: '李敏' })
  emulator.addGroup({ id: 'cidA==', members: ['u1'] })
  return emulator
}

async function post(
  emulator: DingtalkEmulator,
  path: string,
  body: unknown,
  token = '',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const separator = path.includes('?') ? '&' : '?'
  const url = `${emulator.apiBase}${path}${path.startsWith('/v1.0') ? '' : `${separator}access_token=${token}`}`
  const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const GROUP_SEND = '/v1.0/robot/groupMessages/send'
const OTO_SEND = '/v1.0/robot/oToMessages/batchSend'
const text = { robotCode: 'dingemulated', msgKey: 'sampleText', msgParam: '{"content":"x"}' }

describe('the emulated DingTalk', () => {
  it('hands out one token until it ends, and refuses any other', async () => {
    const emulator = await start()
    const ask = () =>
      post(emulator, '/v1.0/oauth2/accessToken', { appKey: 'dingemulated', appSecret: 'emulated-secret' })
    const first = String((await ask()).body.accessToken)
    expect((await ask()).body.accessToken).toBe(first)
    const group = { ...text, openConversationId: 'cidA==' }
    expect((await post(emulator, GROUP_SEND, group, first)).status).toBe(200)
    expect(await post(emulator, GROUP_SEND, group, 'other')).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication' },
    })
    expect((await post(emulator, '/topapi/v2/user/get', { userid: 'u1' }, 'other')).body.errcode).toBe(40014)
    expect((await post(emulator, '/v1.0/oauth2/accessToken', { appKey: 'x' })).body.code).toBe(
      'invalidClientIdOrSecret',
    )
  })

  it.each([
    ['an unknown robot', { robotCode: 'x' }, 'invalidParameter.robotCode.notExsit'],
    ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.empty'],
    ['an unknown group', { openConversationId: 'x' }, 'invalid.openConversationId'],
    ['an unknown kind', { msgKey: 'x' }, 'invalidParameter.msgKey.invalid'],
    ['parameters that are an object', { msgParam: { content: 'x' } }, 'invalidParameter.msgParam.invalid'],
    ['parameters that lack a key', { msgParam: '{"text":"x"}' }, 'msgParam.invalid'],
    [
      'parameters too long',
      { msgParam: JSON.stringify({ content: '巡'.repeat(5000) }) },
      'invalidParameter.msgParam.tooLong',
    ],
    ['an unknown picture', { msgKey: 'sampleImageMsg', msgParam: '{"photoURL":"@x"}' }, 'msgParam.invalid'],
  ])('refuses %s', async (_name, change, code) => {
    const emulator = await start()
    const token = emulator.world.issueToken().accessToken
    const body = { ...text, openConversationId: 'cidA==', ...change }
    expect(await post(emulator, GROUP_SEND, body, token)).toMatchObject({ status: 400, body: { code } })
    expect(emulator.delivered).toHaveLength(0)
  })

  it('takes twenty people a call and tells who is nobody and who is throttled', async () => {
    const emulator = await start()
    const token = emulator.world.issueToken().accessToken
    const many = Array.from({ length: 21 }, (_, index) => `u${index}`)
    expect((await post(emulator, OTO_SEND, { ...text, userIds: many }, token)).status).toBe(400)
    emulator.addUser({ staffId: 'busy', name: '张三' })
    emulator.world.flowControlled.add('busy')
    const answer = await post(emulator, OTO_SEND, { ...text, userIds: ['u1', 'gone', 'busy'] }, token)
    expect(answer.body).toMatchObject({ invalidStaffIdList: ['gone'], flowControlledStaffIdList: ['busy'] })
    expect(emulator.delivered.map(each => each.user)).toStrictEqual(['u1'])
  })

  it('throttles the twenty-first call of one address in a second', async () => {
    const emulator = await start({ now: () => 1_769_851_697_611 })
    const token = emulator.world.issueToken().accessToken
    const statuses = []
    for (let index = 0; index < 21; index += 1) {
      statuses.push((await post(emulator, OTO_SEND, { ...text, userIds: ['u1'] }, token)).status)
    }
    expect(statuses.filter(status => status === 403)).toHaveLength(1)
  })

  it('hears nothing from a group where the robot is not @-ed, or by voice', async () => {
    const emulator = await start()
    for (const deaf of [
      { mentionsRobot: false },
      { audio: {} },
      { file: { bytes: new Uint8Array(), fileName: 'x' } },
    ]) {
      expect(emulator.say({ from: 'u1', group: 'cidA==', text: 'x', ...deaf }).pushes).toHaveLength(0)
    }
  })

  it('loses what is said while nobody is connected', async () => {
    const emulator = await start()
    expect(await emulator.say({ from: 'u1', text: 'x' }).acked).toBe(false)
  })

  it('lets a ticket in once', async () => {
    const emulator = await start()
    const ticket = emulator.world.issueTicket()
    expect([emulator.world.spendTicket(ticket), emulator.world.spendTicket(ticket)]).toStrictEqual([true, false])
  })

  it('pages punch records, seven days and fifty people at most', async () => {
    const emulator = await start()
    const token = emulator.world.issueToken().accessToken
    const workDate = Date.parse('2026-03-02T00:00:00+08:00')
    for (let id = 0; id < 60; id += 1)
      emulator.world.punchResults.push({ id, userId: 'u1', workDate, userCheckTime: workDate })
    const ask = (change: object) =>
      post(
        emulator,
        '/attendance/list',
        {
          workDateFrom: '2026-03-02 00:00:00',
          workDateTo: '2026-03-08 00:00:00',
          userIdList: ['u1'],
          offset: 0,
          limit: 50,
          ...change,
        },
        token,
      )
    expect((await ask({})).body).toMatchObject({ hasMore: true, recordresult: { length: 50 } })
    expect((await ask({ offset: 50 })).body).toMatchObject({ hasMore: false, recordresult: { length: 10 } })
    expect((await ask({ workDateTo: '2026-03-10 00:00:00' })).body.errcode).toBe(40035)
    expect((await ask({ userIdList: ['nobody'] })).body.recordresult).toHaveLength(0)
  })

  it('recalls what was sent and tells who read it', async () => {
    const emulator = await start()
    const token = emulator.world.issueToken().accessToken
    const { processQueryKey } = (await post(emulator, GROUP_SEND, { ...text, openConversationId: 'cidA==' }, token))
      .body
    emulator.delivered[0]!.readBy.add('u1')
    const about = { robotCode: 'dingemulated', openConversationId: 'cidA==' }
    const readers = await post(emulator, '/v1.0/robot/groupMessages/query', { ...about, processQueryKey }, token)
    expect(readers.body).toMatchObject({ sendStatus: 'SUCCESS', readUserIds: ['u1'] })
    const keys = [processQueryKey, 'key-99']
    const recalled = await post(
      emulator,
      '/v1.0/robot/groupMessages/recall',
      { ...about, processQueryKeys: keys },
      token,
    )
    expect(recalled.body).toStrictEqual({
      successResult: [processQueryKey],
      failedResult: { 'key-99': 'invalid.processQueryKey' },
    })
    expect(emulator.delivered[0]?.isRecalled).toBe(true)
  })
})
