import { type Channel, type ChannelName, type Outgoing, SendError } from '../../bot/channels/channel.ts'

export interface FakeChannel extends Channel {
  /** What arrived, in order. */
  readonly sent: Outgoing[]
  /** Decides the fate of the next sends; undefined sends. */
  fate: (item: Outgoing) => SendError | undefined | Promise<undefined>
}

/** A platform that remembers what it was sent and fails as it is told. */
export function fakeChannel(name: ChannelName = 'simulator', mentionsByApi = true): FakeChannel {
  const sent: Outgoing[] = []
  const channel: FakeChannel = {
    name,
    sent,
    fate: () => undefined,
    callbacks: [],
    showsCards: () => name === 'simulator',
    canMention: route => mentionsByApi || route.kind !== 'api',
    meter: route => (route.kind === 'api' ? 'api' : 'webhook'),
    start: async () => {},
    stop: async () => {},
    health: () => ({ ok: true }),
    async send(item) {
      const error = await channel.fate(item)
      if (error) throw error
      sent.push(item)
      return { platformId: `p${sent.length}` }
    },
    fetchMedia: async () => {
      throw new SendError('refused', 'no media here')
    },
    diagnose: async () => [],
  }
  return channel
}
