import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../bot/channels/json.ts'
import type { WecomApi } from '../../../bot/channels/wecom/api.ts'
import { createMapUserIds, createUserIds } from '../../../bot/channels/wecom/bot-user-ids.ts'

const memoryOf = (known: string[]) => {
  const noted = new Map<string, string>()
  return {
    noted,
    findUserId: async (alias: string) => noted.get(alias),
    noteUserId: async (alias: string, id: string) => void noted.set(alias, id),
    isKnown: async (id: string) => known.includes(id),
  }
}

describe('an id that the bot is told', () => {
  it('of somebody in the roster is theirs, and the platform is not asked', async () => {
    const findUserId = createUserIds(memoryOf(['lisi']), async () => {
      throw new Error('asked')
    })
    expect(await findUserId('lisi')).toBe('lisi')
  })

  it('is asked once and kept; one that is plain already stands for itself', async () => {
    const memory = memoryOf([])
    const asked: (readonly string[])[] = []
    const findUserId = createUserIds(memory, async ids => {
      asked.push(ids)
      return new Map([['woX', 'lisi']])
    })
    expect([await findUserId('woX'), await findUserId('woX')]).toEqual(['lisi', 'lisi'])
    expect([await findUserId('guest'), await findUserId('guest')]).toEqual(['guest', 'guest'])
    expect(asked).toEqual([['woX'], ['guest']])
  })

  it('is as it is where no app is configured', async () => {
    const memory = memoryOf([])
    expect(await createUserIds(memory, undefined)('woX')).toBe('woX')
    expect(memory.noted.size).toBe(0)
  })

  it('that cannot be asked is not guessed', async () => {
    const findUserId = createUserIds(memoryOf([]), async () => {
      throw new Error('down')
    })
    await expect(findUserId('woX')).rejects.toThrow('down')
  })
})

it('the app maps ids by batch/openuserid_to_userid; what it leaves out stays out', async () => {
  const calls: [string, JsonObject][] = []
  const post: WecomApi['post'] = async (path, body) => {
    calls.push([path, body])
    return {
      errcode: 0,
      userid_list: [{ open_userid: 'woX', userid: 'lisi' }, { open_userid: 'woY' }, 'noise'],
      invalid_open_userid_list: ['guest'],
    }
  }
  const map = await createMapUserIds({ post } as WecomApi)(['woX', 'woY', 'guest'])
  expect(calls).toEqual([['batch/openuserid_to_userid', { open_userid_list: ['woX', 'woY', 'guest'] }]])
  expect([...map]).toEqual([['woX', 'lisi']])
})
