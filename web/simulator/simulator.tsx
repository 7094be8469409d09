import { useState } from 'preact/hooks'
import { ChatList } from './chat-list.tsx'
import { ClockBox } from './clock-box.tsx'
import { Composer } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { DemoBar } from './demo-bar.tsx'
import { RecordList } from './record-list.tsx'
import { useSimulator } from './use-simulator.ts'

type Pane = 'chats' | 'chat' | 'records'
const PANES: [pane: Pane, name: string][] = [
  ['chats', '会话'],
  ['chat', '聊天'],
  ['records', '记录与时间'],
]

/** The whole page: chats, the open chat, and what was recorded. On a phone one of the three is shown at a time. */
export function Simulator({ botName, street }: { botName: string; street: string }) {
  const [state, actions] = useSimulator()
  const [pane, setPane] = useState<Pane>('chat')
  const [quoted, setQuoted] = useState<{ id: string; text: string }>()
  const chat = state.chats.find(({ id }) => id === state.chatId)

  const visited = Object.keys(state.transcripts).filter(id => state.transcripts[id]?.items.length)

  if (!state.ready) {
    return (
      <p class="loading" role={state.error ? 'alert' : 'status'}>
        {state.error ?? `正在打开${street}的工作群…`}
      </p>
    )
  }
  const open = (id: string) => {
    actions.openChat(id)
    setQuoted(undefined)
    setPane('chat')
  }

  return (
    <div class={`frame show-${pane}`}>
      <header class="top">
        <h1>
          <span class="logo" aria-hidden="true">
            格
          </span>
          {botName}
          <small>{street} · 模拟器</small>
        </h1>
        <DemoBar demo={state.demo} start={actions.startDemo} stop={actions.stopDemo} />
      </header>
      {state.live === false && (
        <p class="banner" role="status">
          与程序的连接断开了，正在重新连接…
        </p>
      )}
      {state.error && (
        <p class="banner bad" role="alert">
          {state.error}
          <button type="button" onClick={actions.dismiss}>
            知道了
          </button>
        </p>
      )}
      <ChatList
        chats={state.chats}
        people={state.people}
        persona={state.persona}
        openId={state.chatId}
        unread={state.unread}
        visited={visited}
        open={open}
      />
      <main class="chat" aria-label="聊天">
        <Conversation state={state} chat={chat} botName={botName} press={actions.press} quote={setQuoted} />
        {state.persona && state.chatId && (
          <Composer
            key={state.chatId}
            botName={botName}
            people={state.people}
            persona={state.persona}
            isGroup={!state.chatId.startsWith('@')}
            quoted={quoted}
            unquote={() => setQuoted(undefined)}
            actions={actions}
          />
        )}
      </main>
      <aside class="side" aria-label="时间与记录">
        <ClockBox
          clock={state.pulse?.clock}
          stops={state.stops}
          playing={state.demo?.state === 'playing'}
          move={actions.move}
        />
        <RecordList
          records={state.records}
          show={record => {
            actions.highlight(record)
            setPane('chat')
          }}
        />
      </aside>
      <nav class="tabs" aria-label="切换">
        {PANES.map(([id, name]) => (
          <button type="button" key={id} aria-current={pane === id ? 'page' : undefined} onClick={() => setPane(id)}>
            {name}
          </button>
        ))}
      </nav>
    </div>
  )
}
