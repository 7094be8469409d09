import { dayMs } from '../../policy/time.ts'
import { listRecordsOfMessage } from '../../storage/audit.ts'
import { listCreatedBy } from '../../storage/own-records.ts'
import { type Answer, type Ctx, refuse } from '../handler.ts'
import { refuseMissing } from './correct.ts'
import type { Candidate, Changes, Correctable, Told } from './correctable.ts'
import { findCorrectable } from './correctables.ts'
import { findQuotedMessage } from './quoted.ts'
import type { Wish } from './read-told.ts'

/** What a wish comes to: a record of the speaker's with its changes, or why not. */
export type Meant = { kind: Correctable; record: Candidate; changes: Changes } | { refused: Answer }

const DROPPED: Changes = { dropped: true }
/** Words after one of these may be about it: a day, a time, a place of its own. */
const MAY_BE_MEANT: readonly string[] = ['notice', 'meeting', 'leave', 'task']

/** The quoted record, else the newest of the kind that is named. */
export async function findNamed(ctx: Ctx, kind: Correctable, wish: Wish): Promise<Meant> {
  const own = await kind.list(ctx, wish.told)
  const quoted = await findQuotedMessage(ctx)
  const records = quoted === undefined ? [] : await listRecordsOfMessage(ctx.db, quoted)
  const record = own.find(({ id }) => records.some(one => one.id === id)) ?? own[0]
  if (!record) return { refused: refuseOther(ctx, wish.told) ?? refuseMissing(kind, wish.told) }
  const changes = wish.dropped ? DROPPED : kind.read(ctx, wish.told, record)
  return changes ? { kind, record, changes } : { refused: refuseField(kind) }
}

/** A reply to one's own record says which is meant. @returns undefined where nothing is quoted, or nothing that can be put right */
export async function findQuoted(ctx: Ctx, wish: Wish): Promise<Meant | undefined> {
  const quoted = await findQuotedMessage(ctx)
  if (quoted === undefined) return undefined
  let seen: Correctable | undefined
  for (const { type, id } of await listRecordsOfMessage(ctx.db, quoted)) {
    const kind = findCorrectable(type)
    const record = (await kind?.list(ctx, { ...wish.told, which: '' }))?.find(one => one.id === id)
    seen ??= kind
    if (!kind || !record) continue
    const changes = wish.dropped ? DROPPED : kind.read(ctx, wish.told, record)
    return changes ? { kind, record, changes } : { refused: refuseField(kind) }
  }
  if (!seen) return undefined
  const text = '引用的这条不是您自己还有效的记录，没有改动。别人的记录由本人更正，撤销了的请重新报。'
  return { refused: refuse('not-yours', text, { private: true }) }
}

/** The newest record of the last day that can have such a value. @returns undefined where the words are hardly about one */
export async function findNewest(ctx: Ctx, wish: Wish): Promise<Meant | undefined> {
  for (const { type, id } of await listCreatedBy(ctx.db, ctx.actor.id, ctx.now - dayMs)) {
    if (MAY_BE_MEANT.includes(type)) return undefined
    const kind = findCorrectable(type)
    const record = (await kind?.list(ctx, wish.told))?.find(one => one.id === id)
    const changes = record && (wish.dropped ? DROPPED : kind?.read(ctx, wish.told, record))
    if (kind && record && changes) return { kind, record, changes }
    // Its words may hold what is to be different, so an older record is not meant.
    if (record && type === 'infoItem' && wish.told.which === '') return undefined
  }
  return undefined
}

function refuseField({ example }: Correctable): Answer {
  return refuse('no-such-field', `没看懂要改成什么，没有改动。${example}。`, { private: true })
}

/** Somebody else's is theirs to correct. */
function refuseOther({ actor, roster }: Ctx, { which }: Told): Answer | undefined {
  const other = roster.members.find(({ id, name }) => id !== actor.id && which.includes(name))
  if (!other) return undefined
  return refuse('not-yours', `${other.name}的记录要由本人更正，没有改动。`, { private: true })
}
