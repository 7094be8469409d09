import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageData, PhonePage } from '../shared/phone-api.ts'
import type { OutboxView } from './use-outbox.ts'

const TABS: { page: PhonePage; name: string; path: string }[] = [
  { page: 'check-in', name: '打卡', path: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2' },
  { page: 'incident', name: '上报', path: 'M12 4 21 19.5H3L12 4Zm0 6v4m0 2.6v.2' },
  { page: 'visit', name: '走访', path: 'M4 11 12 4l8 7v9h-5v-6H9v6H4v-9Z' },
  {
    page: 'mine',
    name: '我的',
    path: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5',
  },
]

/** Name on top, the way to the other pages at the bottom, and what has not left the phone yet. */
export function Frame({ data, outbox, children }: { data: PageData; outbox: OutboxView; children: ComponentChildren }) {
  const [isLive, setLive] = useState(false)
  useEffect(() => setLive(true), [])
  return (
    <div class="phone">
      <header class="top">
        <b>{data.who.name}</b>
        <span>{data.who.role}</span>
      </header>
      <Unsent outbox={outbox} />
      <main>
        {/* What is typed or touched before the script has come would be lost without a word. */}
        <fieldset class="live" disabled={!isLive}>
          {children}
        </fieldset>
      </main>
      <nav class="tabs" aria-label="页面">
        {TABS.map(({ page, name, path }) => (
          <a href={`/h5/${page}`} key={page} aria-current={page === data.page ? 'page' : undefined}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={path} />
            </svg>
            {name}
          </a>
        ))}
      </nav>
    </div>
  )
}

function Unsent({ outbox }: { outbox: OutboxView }) {
  const { waiting, isOffline, isSending, sendAll } = outbox
  if (!isOffline && waiting.length === 0) return null
  return (
    <section class="unsent" role="status">
      <p>
        {isOffline && '现在没有网络，照常填就好，先记在手机里。'}
        {waiting.length > 0 && `还有 ${waiting.length} 条没发出，有网会自动发。`}
      </p>
      {waiting.length > 0 && (
        <button type="button" class="plain" disabled={isSending} onClick={sendAll}>
          {isSending ? '正在发…' : '现在发'}
        </button>
      )}
    </section>
  )
}
