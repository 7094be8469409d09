import { openDesk } from '../../handlers/desk.ts'
import type { Ctx } from '../../handlers/handler.ts'
import { mayDo } from '../../policy/permission.ts'
import { noteChat } from '../../storage/chats.ts'
import { loadRoster } from '../../storage/load-roster.ts'
import { insertMessage } from '../../storage/messages.ts'
import { rolesOn } from '../../storage/roster.ts'
import type { TestStreet } from './street.ts'

let messages = 0

/** Runs a handler's function as if somebody had written `text` in private, whatever the words mean. */
export async function asPrivate<T>(
  street: TestStreet,
  who: string,
  text: string,
  run: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  return street.change(async db => {
    messages += 1
    const now = street.now()
    const platformId = `@${who}`
    const message = await insertMessage(db, {
      channel: 'simulator',
      robot: 'test-robot',
      platformId: `ctx${messages}`,
      chatPlatformId: platformId,
      chatKind: 'direct',
      at: now,
      receivedAt: now,
      text,
      detail: { mentions: [] },
    })
    if (!message) throw new Error('the message is a repeat')
    const chat = await noteChat(db, { kind: 'direct', channel: 'simulator', platformId, at: now })
    const actor = (await loadRoster(db)).membersNamed(who)[0]
    if (!actor) throw new Error(`nobody is called ${who}`)
    const desk = await openDesk(db, { by: actor.id, now, at: now, messageId: message.id })
    const roles = rolesOn(actor, desk.today).map(({ role }) => role)
    return run({
      ...desk,
      at: now,
      actor,
      chat: { id: chat.id, kind: 'direct', channel: 'simulator', platformId },
      message,
      text,
      may: action => mayDo(desk.pack, action, roles).ok,
    })
  })
}
