import type { Db } from '../../../storage/database.ts'
import { listPendingFileRefs } from '../../../storage/message-files.ts'
import { listPendingPhotoRefs } from '../../../storage/photos.ts'
import { type Channel, type InboundMessage, type Receipt, type Receive, SendError } from '../channel.ts'
import type { MediaShelf } from './media.ts'

/** The part of the key (channel, robot, id) that other platforms fill with their robot's code. */
export const ROBOT = 'simulator'

export interface SimulatorChannel extends Channel {
  readonly media: MediaShelf
  /** Hands in what somebody typed on the page or posted to the API. Rejects while the channel is not started. */
  post(message: InboundMessage): Promise<Receipt>
}

export interface SimulatorChannelParts {
  media: MediaShelf
  /** Committed data: tells which pictures still wait to be fetched. */
  read: Db
}

/**
 * The platform inside the process. A sent text needs no wire: delivery writes down every send, and the simulator's chats are read
 * from there, so what a person sees here is what a platform would have got.
 */
export function createSimulatorChannel({ media, read }: SimulatorChannelParts): SimulatorChannel {
  let receive: Receive | undefined
  return {
    name: 'simulator',
    media,
    callbacks: [],
    showsCards: () => true,
    meter: () => 'api',
    canMention: () => true,
    async start(takeIn) {
      await media.keepOnly(new Set([...(await listPendingPhotoRefs(read)), ...(await listPendingFileRefs(read))]))
      receive = takeIn
    },
    async stop() {
      receive = undefined
    },
    health: () => ({ ok: true }),
    async post(message) {
      if (!receive) throw new Error('the simulator is not started')
      return receive(message)
    },
    send: async ({ idempotencyKey }) => ({ platformId: idempotencyKey }),
    async fetchMedia({ ref }, maxBytes) {
      const bytes = await media.take(ref)
      if (!bytes) throw new SendError('refused', 'no picture is kept under this reference')
      if (bytes.length > maxBytes) throw new SendError('refused', `the picture is larger than ${maxBytes} bytes`)
      return bytes
    },
    diagnose: async () => [{ ok: true, text: '模拟群在程序内部运行，无需联网。' }],
  }
}
