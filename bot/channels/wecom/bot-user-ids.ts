/**
 * A bot whose creator is not the organisation's super administrator is told encrypted user ids. They are mapped through the
 * self-built app (path 101521) before anybody is looked up by them, and what was learnt is kept.
 */
import type { Finding } from '../channel.ts'
import { asArray, asObject, asText } from '../json.ts'
import type { WecomApi } from './api.ts'
import type { BotMemory } from './bot-memory.ts'

/** `POST /cgi-bin/batch/openuserid_to_userid`; an id that is plain already is not in the answer. @throws {SendError} */
export type MapUserIds = (openUserIds: readonly string[]) => Promise<Map<string, string>>

/** @returns the plain user id, or the id itself where it is plain or nothing maps it. @throws where the platform could not be asked */
export type FindUserId = (id: string) => Promise<string>

export function createUserIds(
  memory: Pick<BotMemory, 'findUserId' | 'noteUserId' | 'isKnown'>,
  mapUserIds: MapUserIds | undefined,
): FindUserId {
  return async id => {
    const noted = await memory.findUserId(id)
    if (noted !== undefined) return noted
    if (mapUserIds === undefined || (await memory.isKnown(id))) return id
    const userId = (await mapUserIds([id])).get(id) ?? id
    await memory.noteUserId(id, userId)
    return userId
  }
}

/** For `xiaoge doctor`: whether people can be told behind encrypted ids. */
export function sayWhoIsKnown(mapUserIds: MapUserIds | undefined): Finding[] {
  if (mapUserIds !== undefined) return []
  const text =
    '没有配置自建应用：智能机器人若不是由超级管理员创建，成员的 ID 是加密的，认不出是谁。建议一并配置自建应用。'
  return [{ ok: false, text }]
}

export function createMapUserIds(api: WecomApi): MapUserIds {
  return async openUserIds => {
    const answer = await api.post('batch/openuserid_to_userid', { open_userid_list: [...openUserIds] })
    const pairs = (asArray(answer.userid_list) ?? []).flatMap((value): [string, string][] => {
      const { open_userid, userid } = asObject(value) ?? {}
      const [alias, userId] = [asText(open_userid), asText(userid)]
      return alias && userId ? [[alias, userId]] : []
    })
    return new Map(pairs)
  }
}
