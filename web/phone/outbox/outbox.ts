import type { Posted } from '../../shared/phone-api.ts'
import { CallError } from '../http.ts'
import type { Entry } from './entry.ts'
import { type OnProgress, sendEntry } from './send.ts'
import type { EntryStore } from './store.ts'

/** `kept`: there was no line; it lies on the phone and leaves by itself. */
export type Outcome = Posted | 'kept'

export interface Outbox {
  /** Keeps an entry, then tries to send it. @throws {CallError} where the server will not have it; it is then not kept either */
  submit(entry: Entry, onProgress: OnProgress): Promise<Outcome>
  /** Sends what waits, oldest first, until the line breaks. @returns whether everything left */
  sendAll(): Promise<boolean>
  list(): Promise<Entry[]>
  discard(id: string): Promise<void>
}

/** @param onSignedOut the session ended: the page must be opened anew, and sends what waits then */
export function createOutbox(store: EntryStore, owner: string, onSignedOut: () => void): Outbox {
  // One at a time: an entry that is being sent is not picked up once more.
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }

  async function attempt(entry: Entry, onProgress: OnProgress): Promise<Outcome> {
    try {
      const posted = await sendEntry(entry, onProgress)
      await store.remove(entry.id)
      return posted
    } catch (error) {
      if (!(error instanceof CallError)) throw error
      if (error.status === 401) onSignedOut()
      if (error.isPassing || error.status === 401) return 'kept'
      throw error
    }
  }

  async function sendWaiting(): Promise<boolean> {
    for (const entry of await store.list(owner)) {
      if (entry.fault !== undefined) continue
      try {
        if ((await attempt(entry, () => {})) === 'kept') return false
      } catch (error) {
        await store.put({ ...entry, fault: (error as Error).message })
      }
    }
    return true
  }

  return {
    submit: (entry, onProgress) =>
      inTurn(async () => {
        await store.put(entry)
        try {
          return await attempt(entry, onProgress)
        } catch (error) {
          await store.remove(entry.id)
          throw error
        }
      }),
    sendAll: () => inTurn(sendWaiting),
    list: () => store.list(owner),
    discard: id => inTurn(() => store.remove(id)),
  }
}
