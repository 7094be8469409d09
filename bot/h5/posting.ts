import type { Db } from '../../storage/database.ts'
import { findMessage, findMessageByPlatformId, findPrivateChat, H5_ROBOT } from '../../storage/messages.ts'
import { listOutboxOfMessage } from '../../storage/outbox.ts'
import type { PhonePost, PhoneReply, PhotoRef, Posted } from '../../web/shared/phone-api.ts'
import type { InboundMessage, MediaRef, Receive } from '../channels/channel.ts'
import type { PagePlatform } from '../channels/page-platform.ts'
import type { Clock } from '../clock.ts'
import { isPlausible } from '../inbox.ts'
import { wordForm } from './forms.ts'
import { Refusal } from './refusal.ts'
import type { UploadShelf } from './uploads.ts'
import type { Visitor } from './visitor.ts'

/** What is on its way no longer than this has not waited. */
const AT_ONCE_MS = 3_000

export interface PostingParts {
  read: Db
  clock: Clock
  receive: Receive
  uploads: Pick<UploadShelf, 'claim'>
  platforms: readonly PagePlatform[]
}

/** Takes one entry of a phone page in. The same entry sent again is told what came of the first. */
export type TakePost = (visitor: Visitor, post: PhonePost) => Promise<Posted>

/** An entry of a page is a message in the person's private chat: same handlers, same records, same answers. */
export function createPosting({ read, clock, receive, uploads, platforms }: PostingParts): TakePost {
  async function toInbound(visitor: Visitor, key: string, { waitedMs, form, photos = [], location }: PhonePost) {
    const { db, member, session } = visitor
    const { channel, platformId } = session
    const now = clock.now()
    const at = waitedMs < AT_ONCE_MS ? now : Math.round(now - waitedMs)
    const message: InboundMessage = {
      channel,
      robot: H5_ROBOT,
      id: key,
      // A question asked on the page can then be answered in the chat, and the other way round.
      chat: { id: (await findPrivateChat(db, channel, member.id)) ?? `@${platformId}`, kind: 'direct' },
      sender: { platformId, name: member.name },
      at,
      mentions: [],
      media: await Promise.all(photos.map(photo => toMedia(visitor, photo))),
      location,
      ...wordForm(form, isPlausible(at, now) ? undefined : at),
    }
    return message
  }

  async function toMedia(visitor: Visitor, photo: PhotoRef): Promise<MediaRef> {
    if ('upload' in photo) return { kind: 'image', ref: await uploads.claim(ownerOf(visitor), photo.upload) }
    const platform = platforms.find(({ channel }) => channel === visitor.session.channel)
    const ref = platform?.mediaRef?.(photo.media)
    if (ref === undefined) throw new Refusal(400, 'bad-photo', '照片没传上，请重新选一次。')
    return { kind: 'image', ref }
  }

  return async (visitor, post) => {
    // The person is part of the key: nobody is answered with what came of somebody else's entry.
    const key = `${visitor.member.id}/${post.id}`
    const { channel } = visitor.session
    const known = await findMessageByPlatformId(read, { channel, robot: H5_ROBOT, platformId: key })
    const id = known?.id ?? (await receive(await toInbound(visitor, key, post))).messageId
    return describePosted(visitor, id)
  }
}

/** Whose uploads they are. */
export function ownerOf({ session }: Visitor): string {
  return `${session.channel} ${session.platformId}`
}

/** What was said to the person themselves; what others were told is theirs to read. */
async function describePosted({ db, member }: Visitor, messageId: string): Promise<Posted> {
  const message = await findMessage(db, messageId)
  const items = await listOutboxOfMessage(db, messageId)
  const replies: PhoneReply[] = items
    .filter(({ to }) => to.kind === 'member' && to.memberId === member.id)
    .map(({ text, card }) => ({
      text: text.reveal(),
      buttons: (card?.buttons ?? []).map(button => ({ text: button.text, says: button.says })),
    }))
  return {
    replies,
    ok: message?.status === 'handled' || message?.status === 'asked',
    asks: message?.status === 'asked' || message?.status === 'unclear',
  }
}
