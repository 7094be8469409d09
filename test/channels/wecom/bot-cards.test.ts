import { describe, expect, it, onTestFinished } from 'vitest'
import { type BotProcess, type BotStreet, openBotStreet } from '../../support/bot-street.ts'

async function open(mode: 'callback' | 'line'): Promise<{ street: BotStreet; process: BotProcess }> {
  const street = await openBotStreet({ mode })
  onTestFinished(() => street.dispose())
  expect(street.idOf('沈国华')).toBe(boss)
  return { street, process: await street.start() }
}

/** 沈国华 and 李敏, as WeCom knows them. */
const boss = 'wc12'
const worker = 'wc1'

/** 李敏 asks for leave, and 沈国华, who has spoken to the bot, gets the card. @returns its task id */
async function askForLeave(street: BotStreet, process: BotProcess): Promise<string> {
  await street.say(process, '沈国华', '打卡')
  await street.emulator.waitUntil(() => street.emulator.shownIn(boss).length === 1)
  await street.say(process, '李敏', '明天请一天假，带娃打疫苗')
  await street.emulator.waitUntil(() => street.emulator.shownIn(boss).some(({ card }) => card !== undefined))
  const shown = street.emulator.shownIn(boss).find(({ card }) => card !== undefined)
  return String(shown?.card?.task_id)
}

function writePress(street: BotStreet, taskId: string, key: string, chat?: string) {
  const detail = { card_type: 'button_interaction', event_key: key, task_id: taskId }
  return street.emulator.writeEvent({ from: boss, chat, type: 'template_card_event', detail })
}

describe('a card over the long connection', () => {
  it('is pushed with its buttons, and a press says the words of its button and changes the card', async () => {
    const { street, process } = await open('line')
    const taskId = await askForLeave(street, process)
    const card = street.emulator.shownIn(boss).find(shown => shown.card)?.card
    expect(card).toMatchObject({ card_type: 'button_interaction', task_id: expect.stringMatching(/^[0-9a-z]{22}$/) })
    const [agree] = (card?.button_list ?? []) as { key: string; text: string }[]
    street.emulator.lines.push(writePress(street, taskId, agree!.key))
    await street.emulator.waitUntil(() => street.emulator.shownIn(boss).some(({ via }) => via === 'update'))
    const update = street.emulator.shownIn(boss).find(({ via }) => via === 'update')
    expect(update).toMatchObject({
      msgtype: 'update_template_card',
      card: { task_id: taskId, button_list: [{ text: `✓ ${agree!.text}` }] },
    })
    const leaves = await street.db.sql.selectFrom('leave_request').select('status').execute()
    expect(leaves).toEqual([{ status: 'approved' }])
    await street.emulator.waitUntil(() => street.emulator.shownIn(worker).length > 1)
  })

  it('pressed twice is decided once', async () => {
    const { street, process } = await open('line')
    const taskId = await askForLeave(street, process)
    const event = writePress(street, taskId, 'approve')
    const keys = (street.emulator.shownIn(boss).find(shown => shown.card)?.card?.button_list ?? []) as { key: string }[]
    const press = {
      ...event,
      event: { ...(event.event as object), template_card_event: { event_key: keys[0]!.key, task_id: taskId } },
    }
    street.emulator.lines.push(press)
    street.emulator.lines.push(press)
    await street.emulator.waitUntil(() => street.emulator.shownIn(boss).some(({ via }) => via === 'update'))
    const messages = await street.db.sql.selectFrom('message').select('id').execute()
    expect(messages).toHaveLength(3)
  })

  it('that is pressed after it was changed says that there is nothing left to decide', async () => {
    const { street, process } = await open('line')
    const taskId = await askForLeave(street, process)
    street.emulator.lines.push(writePress(street, taskId, 'decided'))
    await street.emulator.waitUntil(() => street.emulator.shownIn(boss).length === 3)
    expect(await street.db.sql.selectFrom('leave_request').select('status').execute()).toEqual([{ status: 'pending' }])
  })
})

describe('a card over the callback', () => {
  const offered = {
    title: '今天到岗了吗',
    buttons: [{ key: 'k1', text: '请假', says: '明天请一天假，带娃打疫苗' }],
  }

  /** The answer to a message of hers carries a card. @returns the task id that people see */
  async function offer(street: BotStreet, process: BotProcess, text?: string): Promise<string> {
    process.hold(true)
    const body = street.emulator.write({ from: boss, text: '打卡' })
    const posted = street.emulator.post(process.callback, body)
    await street.emulator.waitUntil(() => street.emulator.polls > 0)
    await street.store.transact(async db => {
      const { id } = await db.sql.selectFrom('outbox').select('id').executeTakeFirstOrThrow()
      const sealed = text && db.vault.seal(text, { table: 'outbox', column: 'text', id })
      await db.sql
        .updateTable('outbox')
        .set({ card: JSON.stringify(offered), ...(sealed && { text: sealed }) })
        .execute()
    })
    process.hold(false)
    await (await posted).done
    return String(street.emulator.shownIn(boss)[0]?.card?.task_id)
  }

  it('comes with the answer, its short text under it', async () => {
    const { street, process } = await open('callback')
    await offer(street, process)
    expect(street.emulator.shownIn(boss)).toMatchObject([
      {
        msgtype: 'stream_with_template_card',
        card: { main_title: { title: offered.title }, button_list: [{ text: '请假', key: 'k1' }] },
      },
    ])
    expect(street.emulator.dropped).toEqual([])
  })

  it('changes in the response to the press, within the five seconds, and the answer comes as a message', async () => {
    const { street, process } = await open('callback')
    const taskId = await offer(street, process)
    const { done, responses } = await street.emulator.post(process.callback, writePress(street, taskId, 'k1'))
    await done
    expect(responses[0]?.tookMs).toBeLessThan(4_500)
    expect(street.emulator.dropped).toEqual([])
    await street.emulator.waitUntil(() => street.emulator.shownIn(boss).length === 3)
    const [, ...rest] = street.emulator.shownIn(boss)
    expect(rest.find(({ via }) => via === 'update')).toMatchObject({
      card: { task_id: taskId, button_list: [{ text: '✓ 请假' }] },
    })
    expect(rest.find(({ via }) => via === 'response_url')).toMatchObject({ msgtype: 'markdown' })
    const leaves = await street.db.sql.selectFrom('leave_request').select('status').execute()
    expect(leaves).toHaveLength(1)
  })
})
