import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PhoneForm, PhonePost } from '../shared/phone-api.ts'
import { type Entry, type EntryPhoto, newUuid } from './outbox/entry.ts'
import { createOutbox, type Outbox, type Outcome } from './outbox/outbox.ts'
import { openEntryStore } from './outbox/store.ts'

/** How often a phone that lies there tries again. */
const AGAIN_MS = 20_000

export interface OutboxView {
  waiting: Entry[]
  isOffline: boolean
  isSending: boolean
  /** `正在传照片 1/3（40%）`, while one is on its way. */
  progress?: string
  /** @throws {CallError} with the sentence to show */
  submit(form: PhoneForm, more?: { photos?: EntryPhoto[]; location?: PhonePost['location'] }): Promise<Outcome>
  sendAll(): void
  discard(id: string): void
}

/** What was written here and has not left yet, and the way for it to leave. */
export function useOutbox(owner: string): OutboxView {
  const [waiting, setWaiting] = useState<Entry[]>([])
  const [isOffline, setOffline] = useState(false)
  const [isSending, setSending] = useState(false)
  const [progress, setProgress] = useState<string>()
  const opened = useRef<Promise<Outbox> | undefined>(undefined)

  const open = useCallback(() => {
    opened.current ??= openEntryStore().then(store => createOutbox(store, owner, () => location.reload()))
    return opened.current
  }, [owner])

  const refresh = useCallback(async () => setWaiting(await (await open()).list()), [open])

  const sendAll = useCallback(async () => {
    const outbox = await open()
    if ((await outbox.list()).some(({ fault }) => fault === undefined)) {
      setSending(true)
      await outbox.sendAll()
      setSending(false)
    }
    await refresh()
  }, [open, refresh])

  useEffect(() => {
    const onLine = () => {
      setOffline(!navigator.onLine)
      if (navigator.onLine) void sendAll()
    }
    onLine()
    addEventListener('online', onLine)
    addEventListener('offline', onLine)
    document.addEventListener('visibilitychange', onLine)
    const timer = setInterval(onLine, AGAIN_MS)
    return () => {
      removeEventListener('online', onLine)
      removeEventListener('offline', onLine)
      document.removeEventListener('visibilitychange', onLine)
      clearInterval(timer)
    }
  }, [sendAll])

  return useMemo(
    () => ({
      waiting,
      isOffline,
      isSending,
      progress,
      async submit(form, { photos = [], location } = {}) {
        const entry = { id: newUuid(), owner, madeAt: Date.now(), form, photos, location }
        try {
          return await (await open()).submit(entry, ({ photo, photos: all, fraction }) =>
            setProgress(`正在传照片 ${photo}/${all}（${Math.round(fraction * 100)}%）`),
          )
        } finally {
          setProgress(undefined)
          await refresh()
        }
      },
      sendAll: () => void sendAll(),
      discard: id =>
        void open()
          .then(outbox => outbox.discard(id))
          .then(refresh),
    }),
    [waiting, isOffline, isSending, progress, owner, open, refresh, sendAll],
  )
}
