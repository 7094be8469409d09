/** The command line. Each command loads what it needs when it is called, so that `--help` is there at once. */
import { Command, InvalidArgumentError } from 'commander'
import { CliError } from './cli-error.ts'

// Databases, logs beside them, backups and exports hold people's data: nobody else on the machine may read them.
process.umask(0o077)

const print = (line: string) => console.log(line)
const headings: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

const program = new Command('xiaoge')
  .description('小格：住在工作群里的网格助手')
  .helpOption('-h, --help', '显示帮助')
  .helpCommand('help [command]', '显示某个命令的帮助')
  .configureHelp({ styleTitle: title => headings[title] ?? title })
  .showHelpAfterError('加 --help 看用法。')

program
  .command('start')
  .description('启动小格；没有配置聊天平台时打开内置演示街道')
  .action(async () => {
    const { loadConfig } = await import('./open.ts')
    const config = loadConfig()
    const { start } = await import('./start.ts')
    await start(config, print)
  })

program
  .command('import')
  .description('导入名册：含 grids.csv、members.csv、groups.csv 的目录，或一个 .xlsx；有一行错就一行也不导入')
  .argument('<dir>', '目录或 .xlsx 文件')
  .action(async (path: string) => {
    const { loadConfig } = await import('./open.ts')
    const { importRosterFiles } = await import('./import-roster-files.ts')
    for (const line of await importRosterFiles(loadConfig(), path)) print(line)
  })

program
  .command('understand')
  .description('读标准输入的 JSON 行，逐行回答每条消息的意思')
  .option('--explain', '同时说明依据')
  .action(async () => {
    await import('./understand.ts')
  })

const simulate = program.command('simulate').description('操作正在运行的模拟器')
const simulatorOptions = {
  url: ['--url <url>', '模拟器的地址（默认按 HOST、PORT）'],
  token: ['--token <token>', '口令（默认 SIMULATOR_TOKEN）'],
} as const
interface SimulatorFlags {
  url?: string
  token?: string
}

simulate
  .command('clock')
  .description('看或拨模拟时钟；途中到点的提醒、下发都会照常执行')
  .argument('[time]', '北京时间，如 2026-11-18T15:45；不写只看现在')
  .option(...simulatorOptions.url)
  .option(...simulatorOptions.token)
  .action(async (time: string | undefined, flags: SimulatorFlags) => {
    const { moveClock } = await import('./simulate.ts')
    await moveClock(await simulatorOf(flags), time === undefined ? undefined : readTime(time))
  })

simulate
  .command('play')
  .description('照着脚本文件演：每行“@ 2026-11-18 08:20”拨钟，“[G01] 李敏：到岗了”在群里说，“李敏：我的考勤”私聊说')
  .argument('<file>', '脚本文件（UTF-8）')
  .option(...simulatorOptions.url)
  .option(...simulatorOptions.token)
  .action(async (file: string, flags: SimulatorFlags) => {
    const { parseTranscript, playTranscript } = await import('./simulate.ts')
    const { readFile } = await import('node:fs/promises')
    const steps = parseTranscript(await readFile(file, 'utf8').catch(() => refuse(`读不了脚本文件 ${file}。`)))
    await playTranscript(await simulatorOf(flags), steps)
  })

program
  .command('export')
  .description('把全部记录导出为每表一个文件；含个人信息明文，请妥善保管')
  .argument('[dir]', '目录，默认在 DATA_DIR/exports 下按时间新建')
  .option('--format <format>', 'json 或 csv', readExportFormat, 'json' as const)
  .action(async (folder: string | undefined, { format }: { format: 'json' | 'csv' }) => {
    const { loadConfig, withDatabase } = await import('./open.ts')
    const { exportRecords, nameExport } = await import('./export-records.ts')
    const { createProgress } = await import('./progress.ts')
    const config = loadConfig()
    await withDatabase(config, async ({ store, nowMs }) => {
      const into = folder ?? nameExport(config.dataDir, nowMs)
      const files = await exportRecords(store, { folder: into, format, nowMs, progress: createProgress('导出') })
      const rows = files.reduce((sum, file) => sum + file.rows, 0)
      print(`已导出 ${files.length} 个文件、${rows} 行到 ${into}。内含个人信息明文，用完请删除。`)
    })
  })

program
  .command('backup')
  .description('备份数据库和照片到一个文件；小格可以照常运行')
  .argument('<file>', '备份文件，如 备份/2026-11-18.tar')
  .option('--force', '覆盖已有的文件')
  .action(async (to: string, { force = false }: { force?: boolean }) => {
    const { databaseFileOf, loadConfig, vaultOf } = await import('./open.ts')
    const { makeBackup } = await import('./make-backup.ts')
    const { createProgress } = await import('./progress.ts')
    const { systemClock } = await import('../clock.ts')
    const config = loadConfig()
    const { files, bytes } = await makeBackup({
      databaseFile: databaseFileOf(config),
      dataDir: config.dataDir,
      to,
      overwrite: force,
      vault: vaultOf(config),
      nowMs: systemClock.machineNow(),
      progress: createProgress('备份'),
    })
    print(`已备份到 ${to}：数据库和 ${files} 个照片、附件，共 ${(bytes / 1024 / 1024).toFixed(1)} MB。`)
    print(
      `备份里没有密钥：请另外保管 ${config.dataKey ? 'DATA_KEY' : `${config.dataDir}/demo.key`}，丢了它，备份里的个人信息就再也打不开。`,
    )
  })

program
  .command('restore')
  .description('从备份恢复；先核对校验值和密钥，任何一处不符都不改动现有数据')
  .argument('<file>', '备份文件')
  .option('--force', '替换已有的数据库（原文件改名保留）')
  .action(async (from: string, { force = false }: { force?: boolean }) => {
    const { databaseFileOf, loadConfig, vaultOf } = await import('./open.ts')
    const { restoreBackup } = await import('./restore-backup.ts')
    const { createProgress } = await import('./progress.ts')
    const config = loadConfig()
    const { madeAt, files, kept } = await restoreBackup({
      from,
      databaseFile: databaseFileOf(config),
      dataDir: config.dataDir,
      overwrite: force,
      vault: vaultOf(config),
      progress: createProgress('恢复'),
    })
    print(
      `已恢复 ${madeAt.slice(0, 16).replace('T', ' ')} 的备份：数据库和 ${files} 个照片、附件。${kept ? `原数据库保留为 ${kept}。` : ''}`,
    )
    print('建议接着运行 xiaoge verify 核对一遍。')
  })

program
  .command('verify')
  .description('核对数据：文件是否完好、审计链是否连贯、加密字段能否打开；有问题时退出码为 1')
  .option('--all', '打开全部加密字段，而不是抽查')
  .option('--head <seq:hash>', '先前记下的审计链头，用来发现末尾被截断', readHead)
  .action(async ({ all = false, head }: { all?: boolean; head?: { seq: number; hash: string } }) => {
    const { loadConfig, withDatabase } = await import('./open.ts')
    const { sqliteFileOf } = await import('../../storage/store.ts')
    const { verifyDatabase } = await import('./verify-database.ts')
    const { createProgress } = await import('./progress.ts')
    const config = loadConfig()
    const findings = await withDatabase(config, ({ store }) =>
      verifyDatabase(store, {
        databaseFile: sqliteFileOf(config.databaseUrl),
        all,
        knownHead: head,
        progress: createProgress('核对'),
      }),
    )
    printFindings(findings)
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1
  })

program
  .command('doctor')
  .description('检查配置、数据库、时钟、平台权限、名册和群，说明该怎么改；有问题时退出码为 1')
  .action(async () => {
    const { examine } = await import('./doctor.ts')
    let faults = 0
    for await (const { title, findings } of examine()) {
      print(`【${title}】`)
      printFindings(findings)
      faults += findings.filter(({ ok }) => !ok).length
    }
    print(faults === 0 ? '一切正常。' : `共 ${faults} 处需要处理。`)
    if (faults > 0) process.exitCode = 1
  })

function printFindings(findings: readonly { ok: boolean; text: string }[]): void {
  for (const { ok, text } of findings) print(`${ok ? '  ✓' : '  ✗'} ${text}`)
}

async function simulatorOf({ url, token }: SimulatorFlags) {
  const { loadConfig } = await import('./open.ts')
  const config = loadConfig()
  const address = url ?? `http://${config.host}:${config.port}`
  return { url: address.replace(/\/+$/, ''), token: token ?? config.simulator?.token, print }
}

function readTime(text: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/.exec(text) ?? []
  if (!day) throw new CliError(`看不懂时间“${text}”，应如 2026-11-18T15:45。`)
  return `${day}T${time}:00+08:00`
}

function readExportFormat(text: string): 'json' | 'csv' {
  if (text === 'json' || text === 'csv') return text
  throw new InvalidArgumentError('只有 json 和 csv。')
}

function readHead(text: string): { seq: number; hash: string } {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (!seq || !hash) throw new InvalidArgumentError('应为 编号:哈希，照 verify 打印的抄。')
  return { seq: Number(seq), hash }
}

function refuse(message: string): never {
  throw new CliError(message)
}

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = tellError(error)
}

/** What a person can put right is one sentence; anything else keeps its stack. @returns the exit status */
function tellError(error: unknown): number {
  if (error instanceof CliError) {
    console.error(error.message)
    return error.exitCode
  }
  const { name, message, exitStatus } = error as { name?: string; message?: string; exitStatus?: number }
  if (name === 'ConfigError' || name === 'StartRefused') {
    console.error(message)
    return exitStatus ?? 78
  }
  console.error(error)
  return 1
}
