import { isDay } from '../../policy/time.ts'
import { CliError } from './cli-error.ts'

/** A running simulator, spoken to over its HTTP surface like any other script does. */
export interface Simulator {
  /** Where it listens, without a slash at the end. */
  url: string
  /** SIMULATOR_TOKEN, needed beyond loopback. */
  token?: string
  print(line: string): void
}

/** One line of a transcript: the clock is moved, or somebody says something in a group or in private. */
export type Step = { kind: 'clock'; now: string } | { kind: 'message'; user: string; group?: string; text: string }

const CLOCK = /^@\s*(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})$/
const MESSAGE = /^(?:\[([^\]]+)\]\s*)?([^：:\s]+)\s*[：:]\s*(.+)$/

/**
 * Reads a transcript. One step a line; blank lines and lines after `#` are skipped:
 *
 *     @ 2026-11-18 08:20          the clock is moved there
 *     [G01] 李敏：到岗了            said in the group
 *     李敏：我的考勤                said in private
 *
 * @throws {CliError} naming every line that is none of these
 */
export function parseTranscript(text: string): Step[] {
  const steps: Step[] = []
  const faults: string[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    const clock = CLOCK.exec(line)
    const message = MESSAGE.exec(line)
    if (clock && isDay(clock[1]!)) steps.push({ kind: 'clock', now: `${clock[1]}T${clock[2]}:00+08:00` })
    else if (!line.startsWith('@') && message) {
      steps.push({ kind: 'message', group: message[1], user: message[2]!, text: message[3]! })
    } else faults.push(`第${index + 1}行：${line}`)
  }
  if (faults.length > 0) {
    throw new CliError(`看不懂这些行（写法：@ 2026-11-18 08:20，或 [G01] 李敏：到岗了）：\n${faults.join('\n')}`)
  }
  return steps
}

/** Moves the clock and prints what ran on the way; without an instant it prints where the clock stands. */
export async function moveClock(simulator: Simulator, now?: string): Promise<void> {
  const moved = await call(simulator, '/clock', now === undefined ? undefined : { now })
  const { now: at, ran = [] } = moved as { now: string; ran?: { job: string; at: string; messages: number }[] }
  for (const run of ran) {
    if (run.messages > 0) simulator.print(`  ${spellInstant(run.at)} ${run.job}：发出 ${run.messages} 条`)
  }
  simulator.print(`── ${spellInstant(at)}`)
}

/** Plays a transcript and prints each message with the answers to it. */
export async function playTranscript(simulator: Simulator, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'clock') await moveClock(simulator, step.now)
    else await say(simulator, step)
  }
}

async function say(
  simulator: Simulator,
  { user, group = `@${user}`, text }: Step & { kind: 'message' },
): Promise<void> {
  simulator.print(`${group.startsWith('@') ? '' : `[${group}] `}${user}：${text}`)
  const { replies } = (await call(simulator, '/messages', { group, user, text })) as {
    replies: { to: string; target: string; text: string; at: string[] }[]
  }
  for (const reply of replies) {
    const where = reply.to === 'group' ? `[${reply.target}]` : `→ ${reply.target}`
    const mentions = reply.at.map(key => `@${key} `).join('')
    simulator.print(`  ${where} ${mentions}${reply.text.replaceAll('\n', '\n      ')}`)
  }
}

/** Posts where there is something to say, else asks. */
async function call({ url, token }: Simulator, path: string, body?: object): Promise<unknown> {
  const address = `${url}/sim/api${path}`
  let response: Response
  try {
    response = await fetch(address, {
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
  } catch {
    throw new CliError(`连不上 ${url}。请先在另一个窗口运行 npm start，或用 --url 指明地址。`)
  }
  const answer = (await response.json().catch(() => undefined)) as { error?: { message?: string } } | undefined
  if (response.ok) return answer
  throw new CliError(`模拟器没有接受（${response.status}）：${answer?.error?.message ?? '没有说明原因'}`)
}

/** `2026-11-18T08:20:00+08:00` as people read it. */
function spellInstant(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ')
}
