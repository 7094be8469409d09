import { existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pino } from 'pino'
import { type Day, dayOf, formatInstant, yearOf } from '../../policy/time.ts'
import { loadCalendar } from '../../storage/calendar-days.ts'
import { listGroupsWithoutPush } from '../../storage/chats.ts'
import { type Db, inStreet, type StreetDb } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { countOutbox } from '../../storage/outbox-queue.ts'
import { loadPack } from '../../storage/packs.ts'
import type { Roster } from '../../storage/roster.ts'
import { inspectSqliteFile } from '../../storage/sqlite-file.ts'
import { sqliteFileOf } from '../../storage/store.ts'
import type { Finding } from '../channels/channel.ts'
import { createDingtalkChannel } from '../channels/dingtalk/create-channel.ts'
import { createWechatChannel } from '../channels/wechat/create-channel.ts'
import { createWecom } from '../channels/wecom/create-wecom.ts'
import { systemClock } from '../clock.ts'
import { type Config, ConfigError } from '../config.ts'
import { listOpen } from '../roster/judge-roster.ts'
import { loadConfig, type OpenedDatabase, withDatabase } from './open.ts'

/** One part of the examination: its heading and what was found. */
export interface Chapter {
  title: string
  findings: Finding[]
}

const DISK_RESERVE_BYTES = 500 * 1024 * 1024
/** From 1 December on a year without holidays is a task for the administrator. */
const REMIND_FROM = '-12-01'
/** Before this the machine's clock cannot be right. */
const EARLIEST = '2026-01-01'

/** Looks at everything that keeps the bot from working, changes nothing, and says in words what to put right. */
export async function* examine(): AsyncIterable<Chapter> {
  let config: Config
  try {
    config = loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    yield { title: '配置', findings: error.faults.map(text => ({ ok: false, text })) }
    return
  }
  yield { title: '配置', findings: examineConfig(config) }
  yield { title: '本机', findings: await examineMachine(config) }
  yield* examineData(config)
  yield { title: '平台', findings: await examinePlatforms(config) }
}

function examineConfig({ simulator, dingtalk, wecom, wechat, dataKey, publicUrl, databaseUrl }: Config): Finding[] {
  const findings: Finding[] = [
    ...(dingtalk ? [good(`已配置钉钉（${dingtalk.mode}）。`)] : []),
    ...(wecom ? [good(`已配置企业微信（${describeWecom(wecom)}）。`)] : []),
    ...(wechat ? [good(`已配置公众号（${wechat.aesKey ? '安全模式' : '明文模式'}）。`)] : []),
    ...(dingtalk || wecom || wechat ? [] : [good('没有配置聊天平台，用内置演示。')]),
    good(`数据库：${databaseUrl.startsWith('file:') ? databaseUrl : 'PostgreSQL'}。`),
  ]
  if (simulator && !dataKey)
    findings.push(good('演示用的 DATA_KEY 自动生成，放在 DATA_DIR/demo.key；正式使用请自备并另行保管。'))
  if (!simulator && /127\.0\.0\.1|localhost/.test(publicUrl)) {
    findings.push(bad(`PUBLIC_URL 是 ${publicUrl}，手机打不开。请改成手机能访问的地址。`))
  }
  return findings
}

function describeWecom({ app, bot }: NonNullable<Config['wecom']>): string {
  const modes = { callback: '智能机器人（回调）', connection: '智能机器人（长连接）' }
  return [...(app ? ['自建应用'] : []), ...(bot ? [modes[bot.mode]] : [])].join('、')
}

async function examineMachine({ dataDir, databaseUrl }: Config): Promise<Finding[]> {
  const now = systemClock.now()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const moment = formatInstant(now).slice(0, 16).replace('T', ' ')
  const findings = [
    dayOf(now) < EARLIEST
      ? bad(`本机时间换算成北京时间是 ${moment}，明显不对。请校准系统时间（timedatectl set-ntp true）。`)
      : good(`北京时间 ${moment}（系统时区 ${zone}；小格一律按北京时间计算）。请与手表核对，误差不要超过一分钟。`),
    good(`Node.js ${process.versions.node}。`),
  ]
  if (!existsSync(dataDir)) return [...findings, good(`数据目录 ${dataDir} 还没有，启动时会建立。`)]
  const { bavail, bsize } = await statfs(dataDir)
  const megabytes = Math.floor((bavail * bsize) / 1024 / 1024)
  findings.push(
    bavail * bsize < DISK_RESERVE_BYTES
      ? bad(`数据目录所在磁盘只剩 ${megabytes} MB。请清理或换更大的磁盘，写满后消息存不下。`)
      : good(`数据目录 ${dataDir}，磁盘剩余 ${megabytes} MB。`),
  )
  const file = sqliteFileOf(databaseUrl)
  // Inside the data folder, which is closed to others, the mode of a file does not matter.
  const outside = file !== undefined && relative(dataDir, file).startsWith('..') ? [file] : []
  const paths = [dataDir, ...outside, join(dataDir, 'demo.key')]
  for (const path of paths) {
    if (existsSync(path) && (statSync(path).mode & 0o077) !== 0) {
      findings.push(bad(`${path} 别的用户也能读。请运行 chmod go-rwx ${path}。`))
    }
  }
  return findings
}

async function* examineData(config: Config): AsyncIterable<Chapter> {
  const file = sqliteFileOf(config.databaseUrl)
  if (file !== undefined && !existsSync(file)) {
    yield { title: '数据库', findings: [good(`数据库 ${file} 还没有，启动时会建立。`)] }
    return
  }
  try {
    yield* await withDatabase(config, async opened => {
      const chapters = [{ title: '数据库', findings: await examineDatabase(opened, file) }]
      for (const { id, name } of await listStreets(opened.store.read)) {
        chapters.push({
          title: name,
          findings: await examineStreet(inStreet(opened.store.read, id), dayOf(opened.nowMs)),
        })
      }
      return chapters
    })
  } catch (error) {
    yield { title: '数据库', findings: [bad(`打不开：${error instanceof Error ? error.message : String(error)}`)] }
  }
}

async function examineDatabase({ store }: OpenedDatabase, file: string | undefined): Promise<Finding[]> {
  const damage = file === undefined ? [] : inspectSqliteFile(file)
  const findings = [
    damage.length > 0
      ? bad(`数据库文件损坏：${damage[0]}。请停止小格，用最近的备份恢复（xiaoge restore）。`)
      : good('数据库打得开，结构是最新的。'),
    (await store.canWrite(5_000))
      ? good('数据库可写。')
      : bad('五秒内写不进数据库。请看磁盘是否已满，或有别的程序占着它。'),
  ]
  const dead = (await countOutbox(store.read)).find(({ state }) => state === 'dead')?.count ?? 0
  if (dead > 0) findings.push(bad(`有 ${dead} 条消息多次发送失败，已放弃。请在 /api/outbox?state=dead 看原因。`))
  return findings
}

async function examineStreet(db: StreetDb, today: Day): Promise<Finding[]> {
  const roster = await loadRoster(db, today)
  if (roster.members.length === 0) return [bad('名册是空的。请运行 xiaoge import 目录。')]
  const pack = await loadPack(db, today)
  const open = await listOpen(db, pack, today)
  return [
    good(
      `名册 ${roster.members.filter(({ status }) => status === 'active').length} 人，网格 ${roster.grids.length} 个，规则包：${pack.title}。`,
    ),
    ...(await examineCalendar(db, today)),
    ...examineGroups(roster),
    ...open.map(line => bad(`${line}。请在名册里改好后重新导入。`)),
  ]
}

async function examineCalendar(db: StreetDb, today: Day): Promise<Finding[]> {
  const { lastKnownYear } = await loadCalendar(db)
  const isDueNextYear = today >= `${yearOf(today)}${REMIND_FROM}`
  const wanted = yearOf(today) + (isDueNextYear ? 1 : 0)
  if (lastKnownYear >= wanted) return [good(`放假安排已有到 ${lastKnownYear} 年。`)]
  return [bad(`${wanted} 年的放假安排还没有导入，工作日暂按周一至周五推算。国务院办公厅发布后请由管理员导入。`)]
}

function examineGroups({ groups, grids }: Roster): Finding[] {
  const hasChat = (group: Roster['groups'][number]) => group.chats.some(({ platformId }) => platformId !== undefined)
  const findings: Finding[] = []
  const unbound = groups.filter(group => !hasChat(group)).map(({ name }) => name)
  if (unbound.length > 0) findings.push(bad(`还没有绑定会话的群：${unbound.join('、')}。请在群里对小格说“绑定”。`))
  const without = grids.filter(({ id }) => !groups.some(({ gridId }) => gridId === id)).map(({ name }) => name)
  if (without.length > 0)
    findings.push(bad(`没有工作群的网格：${without.join('、')}。请在 groups.csv 里补上，或在群里说“绑定”。`))
  if (!groups.some(({ scope }) => scope === 'street')) findings.push(bad('没有街道工作群，街道的每周小结没有地方发。'))
  return findings.length > 0 ? findings : [good(`${groups.length} 个群都已绑定会话。`)]
}

async function examinePlatforms(config: Config): Promise<Finding[]> {
  const { dingtalk, wecom, wechat, publicUrl } = config
  if (!dingtalk && !wecom && !wechat) return [good('没有配置平台，不用检查。')]
  const log = pino({ level: 'silent' })
  return [
    ...(dingtalk
      ? await createDingtalkChannel({ ...dingtalk, events: undefined, clock: systemClock, log }).diagnose()
      : []),
    ...(wecom ? await examineWecom(config, wecom) : []),
    ...(wechat
      ? await createWechatChannel({
          ...wechat,
          ...{ publicUrl, clock: systemClock, log, isAnswerDue: async () => false },
        }).diagnose()
      : []),
  ]
}

/** Before the first start there is no database: the app and the groups' addresses can be examined all the same. */
async function examineWecom(config: Config, wecom: NonNullable<Config['wecom']>): Promise<Finding[]> {
  const examineWith = async (opened?: OpenedDatabase) => {
    const channel = createWecom({
      ...{ wecom, botName: config.botName, publicUrl: config.publicUrl, store: opened?.store, isAlone: false },
      ...{ clock: systemClock, log: pino({ level: 'silent' }), onEvent: async () => {}, onGap: () => {} },
    })
    const silent = wecom.bot?.mode === 'connection' || !opened ? [] : await listSilentGroups(opened.store.read)
    return [...(await channel.diagnose()), ...silent]
  }
  const file = sqliteFileOf(config.databaseUrl)
  return file !== undefined && !existsSync(file) ? examineWith() : withDatabase(config, examineWith)
}

/** Without the long connection the bot can only answer in a group; whatever it says of its own needs the group's push address. */
async function listSilentGroups(db: Db): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { id, name } of await listStreets(db)) {
    const groups = await listGroupsWithoutPush(inStreet(db, id), 'wecom')
    if (groups.length === 0) continue
    findings.push(
      bad(
        `${name}这些企业微信群没有推送地址，提示单和提醒发不进去：${groups.join('、')}。请在 groups.csv 补上“推送地址”后重新导入。`,
      ),
    )
  }
  return findings
}

function good(text: string): Finding {
  return { ok: true, text }
}

function bad(text: string): Finding {
  return { ok: false, text }
}
