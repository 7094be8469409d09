import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ok } from '../emulators/wecom.ts'
import { type Saying, startWecomBotEmulator, type WecomBotEmulator } from '../emulators/wecom-bot.ts'
import { GRIDS, groupOf, openWecomStreet, people, type WecomStreet } from '../support/wecom-street.ts'

const BOT = '网格助手'

/** The same day with the 智能机器人 in the groups, both ways in; private messages still come from the app. */
describe.each(['callback', 'line'] as const)('a day with the bot in the groups, by %s', { timeout: 120_000 }, mode => {
  let bot: WecomBotEmulator
  let street: WecomStreet

  beforeAll(async () => {
    bot = await startWecomBotEmulator()
    const ways = {
      callback: { WECOM_BOT_TOKEN: bot.bot.token, WECOM_BOT_AES_KEY: bot.bot.aesKey },
      line: { WECOM_BOT_ID: bot.bot.id, WECOM_BOT_SECRET: bot.bot.secret, WECOM_BOT_WS: bot.wsUrl },
    }
    street = await openWecomStreet({ env: { BOT_NAME: BOT, ...ways[mode] } })
    // The bot's links are on the same host as the app's calls.
    bot.linkBase = street.emulator.apiBase
    street.emulator.serve('POST /cgi-bin/aibot/response', (_, { entry }, body) =>
      ok({ errcode: bot.takeResponse(String(entry.query.response_code), body) }),
    )
    street.emulator.serve('POST /cgi-bin/batch/openuserid_to_userid', () => ok({ userid_list: [] }))
  }, 60_000)
  afterAll(async () => {
    await street?.dispose()
    await bot?.close()
  })

  /** Says it to the bot and waits for what follows. */
  async function say(saying: Saying): Promise<void> {
    const before = await countTaken()
    const body = bot.write({ ...saying, text: saying.chat && saying.text ? `@${BOT} ${saying.text}` : saying.text })
    if (mode === 'line') bot.lines.push(body)
    else await (await bot.post(street.url.replace('/wecom/app', '/wecom/bot'), body)).done
    while ((await countTaken()) === before) await sleep(10)
    await street.settle()
  }

  async function countTaken(): Promise<number> {
    const metrics = await fetch(street.url.replace('/wecom/app', '/metrics')).then(response => response.text())
    return Number(/xiaoge_messages_received_total\{channel="wecom",outcome="new"\} (\d+)/.exec(metrics)?.[1] ?? 0)
  }

  /** Everything people read in a group, however it came there. */
  const groupTexts = (id: string) => [
    ...bot.shownIn(id).map(({ text, card }) => text ?? (card?.sub_title_text as string | undefined) ?? ''),
    ...street.emulator.deliveredTo({ group: id }).map(({ text }) => text),
  ]

  it('takes a check-in in the group and answers it there', async () => {
    await street.moveTo('2026-11-18T08:10:00')
    await say({ from: people.worker(1), chat: groupOf(1), text: '到岗了' })
    expect(groupTexts(groupOf(1)).at(-1)).toMatch(/专职甲1号 已记上班打卡 08:10/)
    const { items } = await street.get<{ items: { member: string }[] }>('/api/check-ins')
    expect(items).toMatchObject([{ member: people.worker(1) }])
  })

  it('takes a visit in private and answers in the chat with the bot', async () => {
    await street.moveTo('2026-11-18T09:00:00')
    await say({ from: people.worker(2), text: '走访了3幢王奶奶，20分钟' })
    expect(bot.shownIn(people.worker(2)).at(-1)?.text).toContain('王奶奶')
    expect(street.readBy(people.worker(2))).toEqual([])
  })

  it('takes a report of words and a picture, fetches and opens the picture, and tells the leader', async () => {
    if (mode === 'line') bot.linkBase = bot.base
    const shelved = bot.shelve(Buffer.from(ONE_PIXEL, 'base64'), { ownKey: mode === 'line' })
    const data = bot.readShelf(shelved.url)
    const type = 'application/octet-stream'
    const { pathname } = new URL(shelved.url)
    street.emulator.serve(`GET ${pathname}`, () => ({ status: 200, body: '', bytes: { data, type } }))
    const words = { msgtype: 'text', text: { content: `@${BOT} 塘下弄14号楼道堆物，请处理` } }
    const picture = { msgtype: 'image', image: shelved }
    await say({
      from: people.worker(1),
      chat: groupOf(1),
      content: { msgtype: 'mixed', mixed: { msg_item: [words, picture] } },
    })
    expect(groupTexts(groupOf(1)).at(-1)).toContain('#1')
    const { photos } = await street.get<{ photos: { state: string }[] }>('/api/incidents/1')
    expect(photos).toMatchObject([{ state: 'stored' }])
  })

  it('knows which report is meant by the words that are quoted', async () => {
    await say({ from: people.worker(2), chat: groupOf(2), text: '滨江路路灯不亮' })
    const text = groupTexts(groupOf(1)).find(each => each.includes('#1')) ?? ''
    const quote = { msgtype: 'text', text: { content: text } }
    await say({ from: people.leader(1), chat: groupOf(1), text: '受理', quote })
    expect(await street.get('/api/incidents/1')).toMatchObject({ status: 'accepted', holder: people.leader(1) })
  })

  it('takes a notice from draft to every grid group before 16:00, and a quoted 收到 for it', async () => {
    await street.moveTo('2026-11-18T10:00:00')
    const sheet = '【工作提示单】\n工作内容：开展沿街店铺液化气瓶安全排查\n任务要求：逐户上门，一店一档'
    await say({ from: people.office, text: `${sheet}\n时间节点：12月4日（周五）17:00前\n考核规定：漏查一家扣0.5分` })
    await street.press(people.deputy, 'approve')
    await street.press(people.principal, 'sign')
    expect(await street.moveTo('2026-11-18T15:45:00')).toContain('notice-broadcast')
    await street.settle()
    for (let grid = 1; grid <= GRIDS; grid += 1) {
      expect(groupTexts(groupOf(grid)).filter(text => text.includes('液化气瓶'))).toHaveLength(1)
    }
    const shown = groupTexts(groupOf(1)).find(text => text.includes('液化气瓶')) ?? ''
    const quote = { msgtype: 'text', text: { content: shown } }
    await say({ from: people.worker(1), chat: groupOf(1), text: '收到', quote })
    expect(await street.get('/api/notices/1')).toMatchObject({ status: 'broadcast', late: false, acknowledged: 1 })
  })

  it('is ready, lost nothing, and WeCom dropped none of its answers', async () => {
    expect(await street.get('/readyz')).toMatchObject({ ready: true, checks: { wecom: { ok: true } } })
    expect(bot.dropped).toEqual([])
    const { items } = await street.get<{ items: { error: string }[] }>('/api/outbox?state=failed')
    expect(items).toEqual([])
  })
})

const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
