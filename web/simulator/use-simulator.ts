import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks'
import type {
  ChatEntry,
  ChatItem,
  DemoView,
  Moved,
  Page,
  Person,
  Pulse,
  RecordEntry,
  Said,
  Stop,
} from '../shared/simulator-api.ts'
import { getJson, sendJson } from './api.ts'
import { advance, EMPTY, type State } from './state.ts'

/** What somebody is about to say. */
export interface Draft {
  text: string
  images?: string[]
  location?: { lat: number; lng: number; name?: string }
  quote?: string
}

export interface Actions {
  openChat(id: string): void
  play(person: Person): void
  /** Rejects with a sentence when it could not be sent; the draft then stays. */
  send(draft: Draft): Promise<void>
  /** Said without @: only those in the group can read it. */
  murmur(text: string): void
  press(cardId: string, key: string): Promise<void>
  move(to: { now?: string; mode?: 'run' | 'hold' }): Promise<Moved>
  startDemo(): Promise<void>
  stopDemo(): Promise<void>
  highlight(record: RecordEntry): void
  dismiss(): void
}

/** The page's state and what can be done with it. The server tells that something is new; the page then reads on from where it was. */
export function useSimulator(): [State, Actions] {
  const [state, dispatch] = useReducer(advance, EMPTY)
  const latest = useRef(state)
  latest.current = state

  const readChat = useReader(async (id: string) => {
    let after = latest.current.transcripts[id]?.next ?? ''
    for (;;) {
      const page = await getJson<Page<ChatItem>>(`/chats/${encodeURIComponent(id)}/messages?after=${after}`)
      dispatch({ kind: 'read', chat: id, page })
      if (page.items.length === 0 || page.next === null) return
      after = page.next
    }
  }, dispatch)
  const readRecords = useReader(async () => {
    let after = latest.current.recordsNext
    for (;;) {
      const page = await getJson<Page<RecordEntry>>(`/records?after=${after ?? ''}`)
      dispatch({ kind: 'recorded', page })
      if (page.next === after || after === null) return
      after = page.next
    }
  }, dispatch)
  const readStops = useReader(async () => {
    dispatch({ kind: 'stops', stops: (await getJson<{ items: Stop[] }>('/stops')).items })
  }, dispatch)

  useEffect(() => {
    void start(dispatch)
    void readRecords()
    void readStops()
    return listen(
      pulse => dispatch({ kind: 'pulse', pulse }),
      live => dispatch({ kind: 'live', live }),
    )
  }, [])

  const { chatId, pulse, persona } = state
  useEffect(() => {
    if (chatId) void readChat(chatId)
  }, [chatId])
  useEffect(() => {
    const { chatId: open } = latest.current
    if (open && pulse?.chats.includes(open)) void readChat(open)
    if (pulse?.recorded) void readRecords()
  }, [pulse])
  // After a break everything is read on from the cursors, since pulses may have been missed.
  useEffect(() => {
    if (!state.live) return
    if (latest.current.chatId) void readChat(latest.current.chatId)
    void readRecords()
  }, [state.live])
  const hour = pulse?.clock.now.slice(0, 16)
  useEffect(() => {
    if (hour) void readStops()
  }, [hour])

  const say = useCallback(async (call: Promise<unknown>) => {
    await call
    const { chatId: open } = latest.current
    await Promise.all([open ? readChat(open) : undefined, readRecords()])
  }, [])

  const actions: Actions = {
    openChat: id => dispatch({ kind: 'open', chat: id }),
    play: person => dispatch({ kind: 'play', person }),
    send: draft => say(sendJson<Said>('POST', '/messages', { group: chatId, user: persona?.key, ...draft })),
    murmur: text => dispatch({ kind: 'murmur', text }),
    press: (cardId, key) =>
      say(sendJson<Said>('POST', `/cards/${cardId}`, { user: persona?.key, key })).catch((error: Error) =>
        dispatch({ kind: 'failed', message: error.message }),
      ),
    move: to => sendJson<Moved>('POST', '/clock', to),
    startDemo: async () => dispatch({ kind: 'demo', demo: await sendJson<DemoView>('POST', '/demo') }),
    stopDemo: async () => dispatch({ kind: 'demo', demo: await sendJson<DemoView>('DELETE', '/demo') }),
    highlight: record => dispatch({ kind: 'highlight', record }),
    dismiss: () => dispatch({ kind: 'failed', message: undefined }),
  }
  return [state, actions]
}

type Dispatch = (event: Parameters<typeof advance>[1]) => void

async function start(dispatch: Dispatch): Promise<void> {
  try {
    const [people, chats] = await Promise.all([
      getJson<{ items: Person[] }>('/people'),
      getJson<{ items: ChatEntry[] }>('/chats'),
    ])
    dispatch({ kind: 'opened', people: people.items, chats: chats.items })
  } catch (error) {
    dispatch({ kind: 'failed', message: (error as Error).message })
  }
}

/** One read at a time for each key; what comes meanwhile makes it read once more, so nothing is read twice or missed. */
function useReader<K extends string[]>(
  read: (...key: K) => Promise<void>,
  dispatch: Dispatch,
): (...key: K) => Promise<void> {
  const under = useRef(new Map<string, { again: boolean }>())
  return useCallback(async (...key: K) => {
    const name = key.join(' ')
    const running = under.current.get(name)
    if (running) {
      running.again = true
      return
    }
    const mine = { again: true }
    under.current.set(name, mine)
    try {
      while (mine.again) {
        mine.again = false
        await read(...key)
      }
    } catch (error) {
      dispatch({ kind: 'failed', message: (error as Error).message })
    } finally {
      under.current.delete(name)
    }
  }, [])
}

function listen(onPulse: (pulse: Pulse) => void, onLive: (live: boolean) => void): () => void {
  const source = new EventSource('/sim/api/events')
  source.onopen = () => onLive(true)
  source.onerror = () => onLive(false)
  source.onmessage = event => onPulse(JSON.parse(event.data) as Pulse)
  return () => source.close()
}
