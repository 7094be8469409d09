import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adminRoutes } from '../../bot/api/routes.ts'
import { trainingAbsence } from '../../jobs/training-absence.ts'
import type { Store } from '../../storage/database.ts'
import { runJob } from '../support/run-job.ts'
import { databases } from '../support/stores.ts'
import { openTestStreet, type TestStreet } from '../support/street.ts'

const TOKEN = 'token-of-the-admin-0123'

describe.each(databases)('a class on $name', ({ name }) => {
  let street: TestStreet
  let server: Server
  beforeEach(async () => {
    street = await openTestStreet({ database: name, now: '2026-11-16T09:00' })
    const clock = { now: () => street.now(), machineNow: () => street.now() }
    const store = { read: street.db, transact: street.change } as unknown as Store
    server = new Koa().use(adminRoutes({ store, clock, adminToken: TOKEN }).routes()).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
  })
  afterEach(async () => {
    await new Promise<void>(resolve => void server.close(() => resolve()))
    await street.dispose()
  })

  const get = async (path: string) => {
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${TOKEN}`, connection: 'close' },
    })
    return response.json()
  }

  it('S0-27, S0-28: is planned, called, signed in at, made up for, examined; an absence is proposed and dropped', async () => {
    const say = async (who: string, text: string, group?: string) =>
      (await street.say(who, text, { group })).replies.map(reply => reply.text).join('\n')

    await say('王科', '培训计划 11月 消防实操')
    await say('陈桂芳', '周三下午2点消防实操培训，经合社三楼会议室', 'G01')
    street.setTime('2026-11-18T14:05')
    expect(await say('李敏', '会议签到', 'G01')).toContain('消防实操培训')
    const proposed = await runJob(street, trainingAbsence, { due: '2026-11-19T10:00' })
    const no = /申诉旷工(\d+)/.exec(proposed.find(({ to }) => to === '@王强')!.text)![1]
    street.setTime('2026-11-19T11:00')
    expect(await say('王强', `申诉旷工${no} 到了没签`)).toContain('申诉已转沈国华')
    expect(await say('沈国华', `不记旷工${no}`)).toContain('已告诉王强')
    await say('徐伟', '补训 1号培训 王强')
    await say('王科', '题库 消防\n灭火器多久查一次？ A.每月 B.每年 答案A')
    await say('王科', '组织考试 消防')
    expect(await say('李敏', '考试')).toContain('第1题')
    expect(await say('李敏', 'A')).toContain('100分')

    const training = await get('/api/trainings/1')
    expect(training).toMatchObject({
      no: 1,
      kind: 'training',
      topic: '消防实操培训',
      status: 'held',
      present: ['李敏'],
      absent: ['陈桂芳'],
      madeUp: ['王强'],
    })
    expect((training as { absences: { status: string }[] }).absences.map(({ status }) => status).sort()).toEqual([
      'dropped',
      'proposed',
    ])
    expect(await get('/api/trainings')).toMatchObject({ total: 1 })
    expect(await get('/api/trainings/7')).toMatchObject({ error: { code: 'not-found' } })
  })
})
