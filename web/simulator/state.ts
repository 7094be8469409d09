import type { ChatEntry, ChatItem, DemoView, Page, Person, Pulse, RecordEntry, Stop } from '../shared/simulator-api.ts'

/** Said without @ on this page: the bot never heard it and nothing keeps it. */
export interface Murmur {
  chat: string
  from: string
  text: string
  at: string
  /** Stands after this line of the chat. */
  after: string | null
}

export interface State {
  ready: boolean
  /** Whether the stream of news is open; absent until the first try is over. */
  live?: boolean
  error?: string
  people: Person[]
  chats: ChatEntry[]
  persona?: Person
  chatId?: string
  /** Who spoke last in each chat, from this page. */
  speakers: Record<string, string>
  transcripts: Record<string, { items: ChatItem[]; next: string | null }>
  murmurs: Murmur[]
  unread: string[]
  records: RecordEntry[]
  recordsNext: string | null
  /** The message to show, after its record was clicked. */
  highlighted?: string
  pulse?: Pulse
  demo?: DemoView
  stops: Stop[]
}

export const EMPTY: State = {
  ready: false,
  people: [],
  chats: [],
  speakers: {},
  transcripts: {},
  murmurs: [],
  unread: [],
  records: [],
  recordsNext: null,
  stops: [],
}

/** People outside the roster who can be played all the same. */
const OUTSIDERS: Person[] = [
  {
    key: 'resident:刘阿姨',
    name: '刘阿姨',
    role: '居民（公众号）',
    roleCode: 'resident',
    homeChat: '@resident:刘阿姨',
  },
  { key: '陌生人', name: '陌生人', role: '不在名册里', roleCode: 'stranger' },
]

export type Event =
  | { kind: 'opened'; people: Person[]; chats: ChatEntry[] }
  | { kind: 'open'; chat: string }
  | { kind: 'play'; person: Person }
  | { kind: 'read'; chat: string; page: Page<ChatItem> }
  | { kind: 'recorded'; page: Page<RecordEntry> }
  | { kind: 'stops'; stops: Stop[] }
  | { kind: 'pulse'; pulse: Pulse }
  | { kind: 'demo'; demo: DemoView }
  | { kind: 'live'; live: boolean }
  | { kind: 'murmur'; text: string }
  | { kind: 'highlight'; record: RecordEntry }
  | { kind: 'failed'; message: string | undefined }

const RECORDS_KEPT = 600

/** The next state; the page changes by nothing else. */
export function advance(state: State, event: Event): State {
  switch (event.kind) {
    case 'opened': {
      const grid = event.chats.find(({ scope }) => scope === 'grid')?.id
      const people = [...event.people, ...OUTSIDERS.map(one => ({ homeChat: grid, ...one }))]
      const first = people.find(({ roleCode }) => roleCode === 'worker') ?? people[0]
      const opened = { ...state, ready: true, people, chats: event.chats, persona: first, error: undefined }
      return openChat(opened, first?.homeChat ?? event.chats[0]?.id)
    }
    case 'open':
      return openChat({ ...state, highlighted: undefined }, event.chat)
    case 'play': {
      const stays = state.chats.find(({ id }) => id === state.chatId)?.scope === 'street'
      const chat = stays && state.chatId ? state.chatId : (event.person.homeChat ?? `@${event.person.key}`)
      const speakers = { ...state.speakers, [chat]: event.person.key }
      return openChat({ ...state, speakers, highlighted: undefined }, chat)
    }
    case 'read':
      return {
        ...state,
        transcripts: { ...state.transcripts, [event.chat]: readOn(state.transcripts[event.chat], event.page) },
      }
    case 'recorded': {
      const known = new Set(state.records.map(({ id }) => id))
      const fresh = event.page.items.filter(({ id }) => !known.has(id))
      return { ...state, records: [...state.records, ...fresh].slice(-RECORDS_KEPT), recordsNext: event.page.next }
    }
    case 'stops':
      return { ...state, stops: event.stops }
    case 'pulse':
      return followDemo(
        { ...state, ...markUnread(state, event.pulse), pulse: event.pulse, demo: event.pulse.demo },
        state.demo,
      )
    case 'demo':
      return followDemo({ ...state, demo: event.demo }, state.demo)
    case 'live':
      return { ...state, live: event.live }
    case 'murmur':
      return murmur(state, event.text)
    case 'highlight': {
      const { chat, messageId } = event.record
      return { ...(chat ? openChat(state, chat) : state), highlighted: messageId }
    }
    case 'failed':
      return { ...state, error: event.message }
  }
}

/** A chat opens with somebody who belongs there, so that a click and a sentence are enough. */
function openChat(state: State, chat: string | undefined): State {
  if (chat === undefined) return state
  const { people, persona, speakers } = state
  const known = speakers[chat]
  const owner = chat.startsWith('@') ? chat.slice(1) : undefined
  const atHome = people.filter(({ homeChat }) => homeChat === chat)
  const belongs =
    persona && (persona.homeChat === chat || state.chats.find(({ id }) => id === chat)?.scope === 'street')
  const speaker =
    people.find(({ key }) => key === (owner ?? known)) ??
    (belongs ? persona : (atHome.find(({ roleCode }) => roleCode === 'worker') ?? atHome[0] ?? persona))
  return { ...state, chatId: chat, persona: speaker, unread: state.unread.filter(id => id !== chat) }
}

function readOn(known: State['transcripts'][string] | undefined, page: Page<ChatItem>): State['transcripts'][string] {
  const seen = new Set(known?.items.map(({ id }) => id))
  const fresh = page.items.filter(({ id }) => !seen.has(id))
  return { items: [...(known?.items ?? []), ...fresh], next: page.next }
}

function markUnread({ unread, chatId }: State, { chats }: Pulse): Pick<State, 'unread'> {
  return { unread: [...new Set([...unread, ...chats])].filter(id => id !== chatId) }
}

/** While the demo plays, the page looks where it happens; a chat clicked meanwhile stays until the next line elsewhere. */
function followDemo(state: State, before: DemoView | undefined): State {
  const { demo } = state
  if (demo?.state !== 'playing' || !demo.chat || (before?.chat === demo.chat && before.step === demo.step)) return state
  return openChat(state, demo.chat)
}

function murmur(state: State, text: string): State {
  const { chatId, persona, pulse, transcripts, murmurs } = state
  if (!chatId || !persona) return state
  const said = {
    chat: chatId,
    from: persona.key,
    text,
    at: pulse?.clock.now ?? '',
    after: transcripts[chatId]?.next ?? null,
  }
  return { ...state, murmurs: [...murmurs, said] }
}
