import { render } from 'preact-render-to-string'
import { type Document, renderDocument } from '../shared/document.tsx'

export const SIMULATOR_ASSETS = { script: '/assets/simulator.js', style: '/assets/simulator.css' }

/** The page before its script has come: the frame and one line of what is going on. */
export function renderSimulatorPage({ botName, street }: { botName: string; street?: string }): string {
  return page(
    {
      title: `${botName} · ${street ?? '模拟街道'}`,
      script: SIMULATOR_ASSETS.script,
      data: { botName, street: street ?? '模拟街道' },
    },
    <div id="app" class="app">
      <p class="loading" role="status">
        正在打开{street ?? '模拟街道'}的工作群…
      </p>
      <noscript>
        <p class="loading">这个页面要用到 JavaScript，请在浏览器里打开它。</p>
      </noscript>
    </div>,
  )
}

/** Why somebody may not come in, with a field for the token where one would help. */
export function renderSimulatorEntrance(props: { botName: string; message: string; mayEnter: boolean }): string {
  const { botName, message, mayEnter } = props
  return page(
    { title: `${botName} · 模拟器` },
    <main class="entrance">
      <h1>{botName} · 模拟器</h1>
      {mayEnter ? (
        <form method="post" action="/sim/enter">
          <label for="token">口令（SIMULATOR_TOKEN）</label>
          <input id="token" name="token" type="password" required autocomplete="current-password" />
          <button type="submit" class="primary">
            进入
          </button>
        </form>
      ) : (
        <p>{message}</p>
      )}
    </main>,
  )
}

function page(document: Omit<Document, 'body' | 'style'>, body: Document['body']): string {
  return renderDocument(render, { ...document, style: SIMULATOR_ASSETS.style, body })
}
