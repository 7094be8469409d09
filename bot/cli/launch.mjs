// The one file that runs before anything is installed, so it is plain JavaScript without dependencies.
// It installs what is missing, bundles what changed, and hands over to the program, the tests or the benchmarks.
// Whatever it prints goes to standard error: standard output belongs to the program.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const [command = 'start', ...rest] = process.argv.slice(2)

requireNode([20, 18, 1])
install()
if (command === '--test') runTests(rest)
else if (command === '--bench') await runBundle('bench', rest)
else if (command === 'understand') await runBundle('understand', rest)
else await runBundle('xiaoge', [command, ...rest])

function requireNode(least) {
  const have = process.versions.node.split('.').map(Number)
  const difference = least.map((part, index) => have[index] - part).find(part => part !== 0) ?? 0
  if (difference >= 0) return
  console.error(`需要 Node.js ${least.join('.')} 或更新版本，现在是 ${process.versions.node}。`)
  process.exit(78)
}

/** Installs when there is nothing yet, or when the lock file changed since. */
function install() {
  const lock = join(root, 'package-lock.json')
  const stamp = join(root, 'node_modules', '.xiaoge-installed')
  const wanted = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const tools = ['python3', 'make', 'g++'].filter(tool => spawnSync(tool, ['--version']).error)
  const lacking = tools.length > 0 ? `，本机缺 ${tools.join('、')}，如编译失败请先安装` : ''
  console.error(
    `正在安装依赖；没有现成的 better-sqlite3 时会在本机编译，约两分钟（需要 python3、make、g++${lacking}）。`,
  )
  run('npm', ['ci', '--no-audit', '--no-fund'])
  writeFileSync(stamp, wanted)
}

/** `--postgres` runs what touches the database once more, against the server that TEST_DATABASE_URL names. */
function runTests(args) {
  const vitest = join(root, 'node_modules', '.bin', 'vitest')
  const folders = ['test/storage', 'test/bot', 'test/jobs', 'test/stories']
  const [first, ...others] = args
  if (first === '--postgres')
    return run(vitest, ['run', '--config', 'test/vitest.config.ts', ...folders, '-t', 'postgres', ...others])
  run('npm', ['run', '--silent', 'check'])
  run(vitest, ['run', '--config', 'test/vitest.config.ts', ...args])
}

/** Bundles when a source is newer than the bundles, then runs one of them in this very process, so that signals reach it. */
async function runBundle(name, args) {
  const file = join(root, 'dist', `${name}.js`)
  if (!existsSync(file) || statSync(file).mtimeMs < newestSource()) await bundle(name)
  process.argv = [process.argv[0], file, ...args]
  await import(pathToFileURL(file).href)
}

function newestSource() {
  let newest = 0
  const folders = ['bot', 'handlers', 'jobs', 'policy', 'storage', 'web', 'bench'].map(name => join(root, name))
  for (const folder of folders) {
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
    }
  }
  return Math.max(newest, statSync(join(root, 'package.json')).mtimeMs)
}

async function bundle(wanted) {
  const { build } = await import('esbuild')
  const node = {
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  }
  // Packages are bundled too, since finding and reading their thousand files takes longer than everything else at a start;
  // what holds machine code, and what has no use for the program itself, stays outside.
  const whole = {
    ...node,
    external: ['better-sqlite3', 'sharp', '@resvg/resvg-js', 'esbuild', 'pg-native'],
    banner: {
      js: "import { createRequire as requireBeside } from 'node:module'; const require = requireBeside(import.meta.url);",
    },
  }
  const dist = join(root, 'dist')
  mkdirSync(dist, { recursive: true })
  // Written aside and moved in one by one: somebody who starts at the same moment must not read half a bundle.
  const outdir = mkdtempSync(join(dist, '.making-'))
  await Promise.all([
    // Messages are understood without the database or the server, so that a line on standard input is answered at once.
    build({ ...node, entryPoints: { understand: join(root, 'bot/cli/understand.ts') }, outdir }),
    build({ ...whole, entryPoints: { xiaoge: join(root, 'bot/cli/xiaoge.ts') }, outdir }),
    wanted === 'bench' &&
      build({ ...node, entryPoints: { bench: join(root, 'bench/main.ts') }, outdir, packages: 'external' }),
    build({
      bundle: true,
      platform: 'browser',
      target: 'es2020',
      format: 'esm',
      minify: true,
      logLevel: 'warning',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      entryPoints: [
        { in: join(root, 'web/simulator/island.tsx'), out: 'simulator' },
        { in: join(root, 'web/simulator/simulator.css'), out: 'simulator' },
        { in: join(root, 'web/phone/island.tsx'), out: 'phone' },
        { in: join(root, 'web/phone/phone.css'), out: 'phone' },
      ],
      // What only one of the apps needs comes only there.
      splitting: true,
      outdir: join(outdir, 'web'),
    }),
  ])
  for (const file of readdirSync(outdir, { recursive: true })) {
    if (statSync(join(outdir, file)).isDirectory()) mkdirSync(join(dist, file), { recursive: true })
    else renameSync(join(outdir, file), join(dist, file))
  }
  rmSync(outdir, { recursive: true })
}

function run(file, args) {
  const { status, signal } = spawnSync(file, args, {
    cwd: root,
    stdio: ['inherit', process.stderr.fd, process.stderr.fd],
  })
  if (status !== 0) process.exit(status ?? (signal ? 1 : 0))
}
