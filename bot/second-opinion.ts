import type { Conversation } from './conversation.ts'
import { askCompletion, type CompletionEndpoint } from './understand/completion.ts'
import type { UnderstandInput } from './understand/understand.ts'
import { Hopeless, type WorkKind } from './worker.ts'

/**
 * Asks the optional chat-completion endpoint about messages that were committed as unclear, with personal data masked.
 * Whatever comes of it, the message is filed anew: by the answer, or by the question that would have been asked at once.
 */
export function createSecondOpinion(
  endpoint: CompletionEndpoint,
  conversation: Pick<Conversation, 'refile'>,
): WorkKind {
  return {
    tries: 2,
    async run(payload, { messageId }) {
      const input = payload as UnderstandInput
      const understood = await askCompletion(endpoint, input)
      if (!understood) throw new Error('the completion endpoint gave no usable answer')
      if (messageId === undefined) throw new Hopeless('the message is not known')
      return db => conversation.refile(db, messageId, input, understood)
    },
    giveUp: async (db, payload, { messageId }) => {
      if (messageId !== undefined) await conversation.refile(db, messageId, payload as UnderstandInput)
    },
  }
}
