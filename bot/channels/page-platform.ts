import type { ChannelName } from '../../storage/messages.ts'

/** How the phone pages stand inside a platform's app: who looks at them, and what opens the app's camera and position to them. */
export interface PagePlatform {
  readonly channel: ChannelName
  /** Whether a browser is this platform's app, told by its user agent. */
  isInside(userAgent: string): boolean
  /** Where the browser is sent to come back to `returnUrl` with a code; absent where a script of the page asks the app for one. */
  authorizeUrl?(returnUrl: string, state: string): string
  /** What that script, and the app's own library, must be told. Public by nature. */
  readonly client: PageClient
  /** Whose code it is: a platform id; undefined where it is spent, made up, or of somebody outside the organisation. @throws {SendError} */
  identify(code: string): Promise<string | undefined>
  /** How a message refers to a photo that the page gave to the app; absent where photos come here alone. */
  mediaRef?(serverId: string): string
  /** @param url the page's address without `#…` @throws {SendError} */
  sign(url: string, hash?: PageHash): Promise<PageSignature>
}

export interface PageClient {
  corpId: string
  agentId?: string
  clientId?: string
}

/** DingTalk's documents and clients disagree on which one is meant; the page finds out. WeCom takes `sha1` only. */
export type PageHash = 'sha1' | 'sha256'

export interface PageSignature {
  /** Seconds. */
  timestamp: number
  nonceStr: string
  signature: string
}
