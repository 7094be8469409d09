import type { Context } from 'koa'
import type { Logger } from 'pino'
import type { Store } from '../../storage/database.ts'
import type { Receive } from '../channels/channel.ts'
import type { PagePlatform } from '../channels/page-platform.ts'
import type { Clock } from '../clock.ts'
import type { TakePost } from './posting.ts'
import type { SignIn } from './sign-in.ts'
import type { UploadShelf } from './uploads.ts'

/** What the phone pages need of the program. */
export interface PhoneOptions {
  store: Store
  clock: Clock
  botName: string
  /** How phones reach the pages; no slash at the end. */
  publicUrl: string
  platforms: readonly PagePlatform[]
  uploads: UploadShelf
  receive: Receive
  /** Where the simulator is on: anybody of the street can then be chosen, with its token from elsewhere. */
  simulator?: { token?: string }
  log: Logger
}

/** What their routes work with. */
export interface PhoneParts extends Omit<PhoneOptions, 'receive' | 'simulator'> {
  signIn: SignIn
  post: TakePost
  /** Where somebody outside an app chooses whom to be; only with the simulator. */
  chooser?: string
}

/** A named part of the path; `''` where the route has none. */
export function pathPart(ctx: Context, name: string): string {
  return (ctx as Context & { params: Record<string, string> }).params[name] ?? ''
}

/** The platform whose app the browser is. */
export function findPlatform(platforms: readonly PagePlatform[], ctx: Context): PagePlatform | undefined {
  return platforms.find(({ isInside }) => isInside(ctx.get('user-agent')))
}
