import type { VNode } from 'preact'

export interface Document {
  title: string
  style: string
  /** An island that takes the page over. */
  script?: string
  /** What the island begins with; read by `readPageData`. */
  data?: unknown
  body: VNode
}

const DATA_ID = 'page-data'

/** A whole HTML page. `render` is the server's; the browser never needs it. */
export function renderDocument(
  render: (node: VNode) => string,
  { title, style, script, data, body }: Document,
): string {
  const html = render(
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href={style} />
        {data !== undefined && (
          // JSON for our own script; its "<" is escaped, so no value can end the element.
          <script id={DATA_ID} type="application/json" dangerouslySetInnerHTML={{ __html: escapeJson(data) }} />
        )}
        {script && <script type="module" src={script} />}
      </head>
      <body>{body}</body>
    </html>,
  )
  return `<!doctype html>${html}`
}

/** In the browser: what the server left for the island. */
export function readPageData<T>(): T {
  return JSON.parse(document.getElementById(DATA_ID)?.textContent ?? '{}') as T
}

function escapeJson(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}
