import { mkdirSync } from 'node:fs'
import { jobs } from '../jobs/index.ts'
import { createPunchImport, PUNCH_WORK } from '../jobs/punch-import.ts'
import { createScheduler } from '../jobs/scheduler.ts'
import { dayOf } from '../policy/time.ts'
import { countOutbox } from '../storage/outbox-queue.ts'
import { listPendingPhotoRefs } from '../storage/photos.ts'
import { isAnswerDue } from '../storage/reply-refs.ts'
import { takeServerLock } from '../storage/sqlite.ts'
import { sqliteFileOf } from '../storage/store.ts'
import { createVault } from '../storage/vault.ts'
import { adminRoutes } from './api/routes.ts'
import { assetRoutes } from './assets.ts'
import { createBudget } from './budget.ts'
import type { Channel, ChannelName, InboundMessage, Receipt } from './channels/channel.ts'
import { createDingtalkChannel } from './channels/dingtalk/create-channel.ts'
import { createSimulatorChannel } from './channels/simulator/channel.ts'
import { createMediaShelf } from './channels/simulator/media.ts'
import { createSimulatorRoutes } from './channels/simulator/routes.ts'
import { createWechatChannel } from './channels/wechat/create-channel.ts'
import { createWecom } from './channels/wecom/create-wecom.ts'
import { type Config, isLoopbackUrl } from './config.ts'
import { createConversation } from './conversation.ts'
import { UNCLEAR_WORK } from './decide.ts'
import { createDelivery } from './delivery.ts'
import { createEnclose } from './enclosures.ts'
import { FILE_WORK } from './file-work.ts'
import { createFileWork } from './files.ts'
import { announceGap } from './gaps.ts'
import { createPhoneRoutes } from './h5/routes.ts'
import { createUploadShelf } from './h5/uploads.ts'
import { demoDataKey, newToken } from './keys.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createPhotoWork, readPhoto } from './photos.ts'
import { createPlatformEvents } from './platform-events.ts'
import { openClockedStore, prepareStreet, StartRefused } from './prepare.ts'
import { createPump } from './pump.ts'
import { createPunchWork } from './punches.ts'
import { createReadiness } from './readiness.ts'
import { createSealer } from './sealer.ts'
import { createSecondOpinion } from './second-opinion.ts'
import { createApp, listen } from './server.ts'
import { createTimeline } from './timeline.ts'
import { createTurns } from './turns.ts'
import { createWorker } from './worker.ts'

export interface Program {
  port: number
  /** Generated where the demo was given none. */
  adminToken: string
  /** Stops taking in, ends what is under way, closes: well within ten seconds. */
  stop(): Promise<void>
}

/**
 * Puts the whole program together; the only file that does.
 * @throws {StartRefused} with the sentence for the operator and the exit status
 */
export async function startProgram(config: Config): Promise<Program> {
  const log = createLog(config.logLevel)
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const file = sqliteFileOf(config.databaseUrl)
  const lock = file === undefined ? undefined : takeServerLock(file)
  if (file !== undefined && !lock)
    throw new StartRefused(`已有一个小格在用数据库 ${file}；请先停掉它，或换一个 DATABASE_URL。`, 1)

  const vault = createVault(config.dataKey ? Buffer.from(config.dataKey, 'base64') : demoDataKey(config.dataDir))
  const { clock, simulated, store } = await openClockedStore(config, vault)
  for (const line of await prepareStreet(store, config, clock.now())) log.info(line)

  const metrics = createMetrics()
  const budget = createBudget(config.dingtalk ? { dingtalk: config.dingtalk.quota } : {})
  const channels = new Map<ChannelName, Channel>()
  const simulator =
    simulated && createSimulatorChannel({ media: createMediaShelf(config.dataDir, vault), read: store.read })
  if (simulator) channels.set('simulator', simulator)
  const onEvent = createPlatformEvents({ store, clock, onCommit: () => pump.wake() })
  if (config.dingtalk) {
    const events = config.dingtalk.events && { ...config.dingtalk.events, onEvent }
    const onGap = (gap: { from: number; to: number }) =>
      void announceGap({ store, clock, log, metrics }, 'dingtalk', gap)
    channels.set('dingtalk', createDingtalkChannel({ ...config.dingtalk, events, clock, log, onGap }))
  }
  const { botName, publicUrl } = config
  const isAlone = file !== undefined
  if (config.wecom) {
    const onGap = (gap: { from: number; to: number }) => void announceGap({ store, clock, log, metrics }, 'wecom', gap)
    const options = { wecom: config.wecom, botName, publicUrl, store, isAlone, clock, log, onEvent, onGap }
    channels.set('wecom', createWecom(options))
  }

  if (config.wechat) {
    const isDue = (messageId: string) => isAnswerDue(store.read, messageId, clock.now())
    channels.set('wechat', createWechatChannel({ ...config.wechat, publicUrl, isAnswerDue: isDue, clock, log }))
  }

  const turns = createTurns()
  const phonePage = isLoopbackUrl(publicUrl) ? undefined : `${publicUrl}/h5/mine`
  const enclose = createEnclose({ store, vault, clock, dataDir: config.dataDir })
  const delivery = createDelivery({ store, clock, channels, budget, enclose, phonePage, log })
  const punchChannels = [...channels.values()].flatMap(({ name, listPunches }) =>
    listPunches && (name === 'dingtalk' || name === 'wecom') ? [name] : [],
  )
  const punchImport = punchChannels.length > 0 ? [createPunchImport(punchChannels)] : []
  const scheduler = createScheduler({ store, jobs: [...jobs, ...punchImport], log })
  const seal = createSealer({ store, clock })
  const { completion } = config
  const conversation = createConversation({
    store,
    clock,
    log,
    botName,
    budget,
    asksCompletion: completion !== undefined,
    onCommit: () => pump.wake(),
  })
  const { dataDir } = config
  const listPending = () => listPendingPhotoRefs(store.read)
  const uploads = createUploadShelf({ dataDir, vault, machineNow: clock.machineNow, listPending })
  const doWork = createWorker({
    store,
    clock,
    log,
    kinds: {
      [FILE_WORK]: createFileWork({ vault, channels, budget, clock, dataDir: config.dataDir, conversation }),
      photo: createPhotoWork({ vault, channels, budget, clock, dataDir: config.dataDir, uploads }),
      [PUNCH_WORK]: createPunchWork({ store, channels, budget, clock }),
      ...(completion ? { [UNCLEAR_WORK]: createSecondOpinion(completion, conversation) } : {}),
    },
  })
  const pump = createPump({ clock, scheduler, delivery, doWork, seal, turns, log })

  async function receive(message: InboundMessage): Promise<Receipt> {
    const receipt = await conversation.receive(message)
    metrics.received(message.channel, receipt.duplicate ? 'duplicate' : receipt.held ? 'held' : 'new')
    return receipt
  }

  async function measure(): Promise<void> {
    for (const { state, count } of await countOutbox(store.read)) metrics.outbox(state, count)
    for (const { channel, meter, used, quota } of await budget.report(store.read, dayOf(clock.now()))) {
      if (quota !== undefined) metrics.budget(channel, meter, used, quota)
    }
  }

  const timeline = simulated && createTimeline({ clock: simulated, scheduler, delivery, doWork, turns })
  const pages =
    simulator && timeline
      ? createSimulatorRoutes({
          store,
          timeline,
          channel: simulator,
          botName,
          token: config.simulator?.token,
          readPhoto: name => readPhoto(vault, config.dataDir, name),
          enclose,
          log,
        })
      : undefined
  const phone = createPhoneRoutes({
    store,
    clock,
    botName,
    publicUrl,
    platforms: [...channels.values()].flatMap(channel => channel.pages ?? []),
    uploads,
    // Beside a move of simulated time nothing else happens.
    receive: message => (timeline ? timeline.inTurn(() => receive(message)) : receive(message)),
    simulator: config.simulator && { token: config.simulator.token },
    log,
  })
  const adminToken = config.adminToken ?? newToken()
  const readiness = createReadiness({ store, channels, clock, dataDir: config.dataDir })
  const app = createApp({
    callbacks: [...channels.values()].flatMap(({ name, callbacks }) =>
      callbacks.map(callback => ({ channel: name, callback })),
    ),
    routers: [adminRoutes({ store, clock, adminToken }), assetRoutes(), phone, ...(pages ? [pages.router] : [])],
    readiness,
    metrics,
    measure,
    home: pages ? { redirect: '/sim/' } : { text: '小格在运行。' },
    log,
  })

  // On PostgreSQL another process may be sending; what a dead one left behind comes back when its lease ends.
  if (file !== undefined) await delivery.revive()
  // A simulator without a real platform starts fresh; a street makes up for what it missed.
  if (simulated && !config.dingtalk && !config.wecom && !config.wechat) await scheduler.forget(clock.now())
  else await scheduler.runDue(clock.now())
  const server = await listen(app, config.host, config.port).catch(error => refuseAddress(error, config))
  for (const channel of channels.values()) await channel.start(receive)
  pump.start()
  readiness.started()

  return {
    port: server.port,
    adminToken,
    async stop() {
      for (const channel of channels.values()) await channel.stop()
      await pages?.close()
      await server.close()
      await pump.stop()
      await store.close()
      lock?.release()
    },
  }
}

/** @throws {StartRefused} where nothing can listen there; any other error as it is */
function refuseAddress(error: NodeJS.ErrnoException, { host, port }: Config): never {
  const reasons: Record<string, string> = {
    EADDRINUSE: '已被占用',
    EACCES: '没有权限使用',
    EADDRNOTAVAIL: '不是本机的地址',
  }
  const reason = reasons[error.code ?? '']
  if (!reason) throw error
  throw new StartRefused(`${host}:${port} ${reason}，请改 HOST 或 PORT。`, 1)
}
