import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let entry: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'understand-'))
  entry = join(folder, 'understand.mjs')
  const source = new URL('../../bot/cli/understand.ts', import.meta.url).pathname
  const { metafile } = await build({
    entryPoints: [source],
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    outfile: entry,
    metafile: true,
  })
  packages = Object.keys(metafile.inputs).filter(path => path.includes('node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

let packages: string[] = []
const run = (input: string | Buffer, ...flags: string[]) =>
  execFileSync(process.execPath, [entry, ...flags], { input, encoding: 'utf8' })
    .trimEnd()
    .split('\n')
    .map(
      line =>
        JSON.parse(line) as {
          id: unknown
          intent: string
          slots: object
          error?: string
          explanation?: { cues: unknown[] }
        },
    )

test('answers each line in order, whatever it holds', () => {
  const lines = [
    '{"id":"a","text":"打卡","at":"2026-11-18T08:21","role":"worker","hasImage":false,"quote":null}',
    'not JSON',
    '{"id":"b"}',
    '[]',
    '',
    '{"id":"c","text":""}',
    JSON.stringify({ id: 'd', text: '情'.repeat(10_000), at: '2026-11-18T08:21' }),
    '{"id":7,"text":"撤销","at":5,"quote":{}}',
  ]
  const answers = run(`${lines.join('\n')}\n`)
  expect(answers.map(({ id }) => id)).toEqual(['a', null, 'b', null, null, 'c', 'd', 7])
  expect(answers.map(({ intent }) => intent)).toEqual([
    'checkIn',
    'none',
    'none',
    'none',
    'none',
    'none',
    expect.any(String),
    'undo',
  ])
  expect(answers.filter(({ error }) => error !== undefined)).toHaveLength(4)
})

test('binary rubbish gets an answer for each line', () => {
  expect(run(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0xc3, 0x28, 0x0a, 0x7b]))).toHaveLength(3)
})

test('a last line without its end is answered, nothing is not', () => {
  expect(run('{"id":1,"text":"签到"}')).toHaveLength(1)
  expect(execFileSync(process.execPath, [entry], { input: '', encoding: 'utf8' })).toBe('')
})

test('--explain shows what decided', () => {
  const [answer] = run('{"id":1,"text":"撤销上一条","at":"2026-11-18T08:21"}', '--explain')
  expect(answer?.explanation?.cues.length).toBeGreaterThan(0)
})

test('the bundle holds no package', () => {
  expect(packages).toEqual([])
})
