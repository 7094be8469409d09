import { createLanes } from '../../turns.ts'
import type { InboundMessage, Receipt, Receive } from '../channel.ts'
import type { FindUserId } from './bot-user-ids.ts'
import { directChatId } from './chat-ids.ts'

/** Finds out who sent a message, then stores it: one person's messages in the order they came. @throws where either could not be done */
export type Take = (message: InboundMessage, receive: Receive) => Promise<Receipt>

export function createTake(findUserId: FindUserId): Take {
  const lanes = createLanes()
  return (message, receive) => {
    const told = message.sender.platformId ?? ''
    return lanes.take(told, async () => {
      const userId = await findUserId(told)
      const chat = message.chat.kind === 'direct' ? { ...message.chat, id: directChatId(userId) } : message.chat
      return receive({ ...message, chat, sender: { ...message.sender, platformId: userId } })
    })
  }
}
