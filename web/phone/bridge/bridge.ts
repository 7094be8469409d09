import type { App } from '../../shared/phone-api.ts'
import type { EntryPhoto } from '../outbox/entry.ts'

/** Where the phone is. Degrees, in the datum the app told. */
export interface Fix {
  lat: number
  lng: number
  datum: 'WGS-84' | 'GCJ-02'
  accuracyM?: number
  /** An address, where the app knows one. */
  name?: string
}

/** A photo to send, with a small picture of it to show. */
export interface Shot {
  photo: EntryPhoto
  /** Absent where only the app can show it. */
  preview?: string
}

/** What the place where a page is open can do. Each failure is an `Error` with a sentence to show; giving up is no failure. */
export interface Bridge {
  locate(): Promise<Fix>
  /** Absent where the browser's own field takes the photos. */
  takePhotos?(most: number): Promise<Shot[]>
  /** What stands in a code; absent where none can be read. */
  scan?(): Promise<string | undefined>
}

/** The app's library comes only inside the app. Where it does not come or will not start, the browser's own ways serve. */
export async function openBridge(app: App): Promise<Bridge> {
  const { browserBridge } = await import('./browser.ts')
  try {
    if (app.kind === 'wecom') return await (await import('./wecom.ts')).openWecom(app, browserBridge)
    if (app.kind === 'dingtalk') return await (await import('./dingtalk.ts')).openDingtalk(app, browserBridge)
    return browserBridge
  } catch {
    return browserBridge
  }
}
