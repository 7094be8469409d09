/** Puts WeCom together as the environment configures it. */
import type { Logger } from 'pino'
import type { Store } from '../../../storage/database.ts'
import type { Clock } from '../../clock.ts'
import type { Config } from '../../config.ts'
import type { Channel, TellEvent } from '../channel.ts'
import { rememberUploads } from '../files.ts'
import { createWecomApi, createWecomTokens, type WecomApi } from './api.ts'
import { createWecomApp } from './app.ts'
import { createWecomBotByCallback } from './bot-by-callback.ts'
import { createWecomBotByLine } from './bot-by-line.ts'
import { createBotMemory } from './bot-memory.ts'
import { createMapUserIds } from './bot-user-ids.ts'
import { createWecomChannel } from './create-channel.ts'
import { createWecomPages } from './h5.ts'
import type { WecomPart } from './part.ts'
import { createWecomPush } from './push.ts'

export interface WecomOptions {
  wecom: NonNullable<Config['wecom']>
  botName: string
  publicUrl: string
  /** Where the 智能机器人 keeps what must outlive the process; without one it is left out, and only the rest can be examined. */
  store?: Store
  /** No other process can be on this database. */
  isAlone: boolean
  clock: Clock
  log: Logger
  onEvent: TellEvent
  /** Told after an outage of the long connection in which messages may have been lost. */
  onGap(gap: { from: number; to: number }): void
}

export function createWecom(options: WecomOptions): Channel {
  const { app, apiBase } = options.wecom
  const machineNow = () => options.clock.machineNow()
  const tokens = app && createWecomTokens({ apiBase, corpId: app.corpId, secret: app.secret, machineNow })
  const platform = tokens && createWecomApi({ apiBase, tokens })
  const api = platform && { ...platform, upload: rememberUploads(platform.upload, machineNow) }
  const parts: WecomPart[] = []
  // The app first: a private message stays where the person has the app's own chat.
  if (app && api) parts.push(createWecomApp({ ...options, ...app, api, tokens }))
  const bot = createBot(options, api)
  if (bot) parts.push(bot)
  parts.push(createWecomPush({ apiBase }))
  const pages = app && api && createWecomPages({ api, ...app, machineNow })
  return { ...createWecomChannel(parts), pages }
}

function createBot({ wecom, ...options }: WecomOptions, api: WecomApi | undefined): WecomPart | undefined {
  const { bot, apiBase } = wecom
  const { store, clock } = options
  if (!bot || !store) return undefined
  const lease = bot.mode === 'connection' ? `wecom bot ${bot.botId}` : 'wecom bot'
  const common = {
    ...options,
    apiBase,
    memory: createBotMemory({ store, clock, lease }),
    mapUserIds: api && createMapUserIds(api),
    machineNow: () => clock.machineNow(),
  }
  return bot.mode === 'callback'
    ? createWecomBotByCallback({ ...common, ...bot })
    : createWecomBotByLine({ ...common, ...bot })
}
