import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/** What `npm start` and `npm run xiaoge` run. */
export const LAUNCH = fileURLToPath(new URL('../../bot/cli/launch.mjs', import.meta.url))
const READY_MS = 30_000

/** The program as shipped, in a process of its own that can be killed. */
export interface ChildProgram {
  readonly base: string
  /** Starts it and resolves when it is ready. */
  start(): Promise<void>
  /** SIGKILL: nothing is flushed, nothing is said. */
  kill(): Promise<void>
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>
  /** What it wrote to standard error so far. */
  log(): string
  get<T = unknown>(path: string): Promise<T>
  post<T = unknown>(path: string, body: unknown): Promise<T>
}

/** `env` beside the port; the program runs in `cwd`, a temporary folder. */
export async function createChildProgram(cwd: string, env: Record<string, string>): Promise<ChildProgram> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let log = ''

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [LAUNCH, 'start'], {
      cwd,
      env: { PATH: process.env.PATH ?? '', PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', chunk => {
        log += String(chunk)
      })
    }
    const deadline = performance.now() + READY_MS
    while (performance.now() < deadline) {
      if (started.exitCode !== null)
        throw new Error(`the program ended with ${started.exitCode}:\n${log.slice(-4_000)}`)
      const ready = await fetch(`${base}/readyz`).catch(() => undefined)
      if (ready?.status === 200) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    throw new Error(`the program was not ready:\n${log.slice(-4_000)}`)
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return running?.exitCode ?? null
    const ended = new Promise<number | null>(resolve => running.once('exit', resolve))
    running.kill(signal)
    return ended
  }

  async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${env.ADMIN_TOKEN ?? ''}` }
    const response = await fetch(`${base}${path}`, { headers, ...init })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return JSON.parse(text) as T
  }

  return {
    base,
    start,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: () => end('SIGTERM'),
    log: () => log,
    get: call,
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
