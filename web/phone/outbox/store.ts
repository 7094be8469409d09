import type { Entry } from './entry.ts'

/** Where entries lie until the server has them: the phone's own database, so that a closed page loses none. */
export interface EntryStore {
  /** Somebody's own, the oldest first. */
  list(owner: string): Promise<Entry[]>
  put(entry: Entry): Promise<void>
  remove(id: string): Promise<void>
}

const TABLE = 'entries'

/** In memory where the phone keeps nothing for pages (private browsing). */
export async function openEntryStore(): Promise<EntryStore> {
  try {
    return storeIn(await openDatabase())
  } catch {
    return storeInMemory()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('xiaoge', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
}

function storeIn(database: IDBDatabase): EntryStore {
  const run = <T>(mode: IDBTransactionMode, act: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode)
      const request = act(transaction.objectStore(TABLE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  return {
    list: async owner => sortOwn(await run<Entry[]>('readonly', table => table.getAll()), owner),
    put: async entry => {
      await run('readwrite', table => table.put(entry))
    },
    remove: async id => {
      await run('readwrite', table => table.delete(id))
    },
  }
}

function storeInMemory(): EntryStore {
  const entries = new Map<string, Entry>()
  return {
    list: async owner => sortOwn([...entries.values()], owner),
    put: async entry => void entries.set(entry.id, entry),
    remove: async id => void entries.delete(id),
  }
}

function sortOwn(entries: Entry[], owner: string): Entry[] {
  return entries.filter(entry => entry.owner === owner).sort((a, b) => a.madeAt - b.madeAt)
}
