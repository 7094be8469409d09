/** The groups' push addresses (推送地址) as a part of the channel: plain texts with @, pictures and files, and nothing comes back. */
import { SendError } from '../channel.ts'
import { createPushApi } from './api.ts'
import type { WecomPart } from './part.ts'
import { createPushSender } from './send.ts'

export function createWecomPush({ apiBase }: { apiBase: string }): WecomPart {
  const sender = createPushSender(createPushApi(apiBase))
  const never = async () => {
    throw new SendError('refused', '推送地址不收不取')
  }
  return {
    callbacks: [],
    start: async () => {},
    stop: async () => {},
    health: () => ({ ok: true }),
    reaches: (route, to) => (route.kind === 'webhook' && to.kind === 'chat' ? 'now' : 'never'),
    canMention: route => route.kind === 'webhook',
    showsCards: () => false,
    owns: () => false,
    send: item => sender.send(item),
    changeCard: never,
    fetchMedia: never,
    diagnose: async () => [],
  }
}
