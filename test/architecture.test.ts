import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LONGEST = 400

/**
 * Which folders each folder may import from, itself aside: policy ← storage ← handlers ← jobs ← bot. `web` holds views that bot calls;
 * of the rest it knows types at most.
 */
const knows: Record<string, readonly string[]> = {
  policy: [],
  storage: ['policy'],
  handlers: ['policy', 'storage'],
  jobs: ['policy', 'storage', 'handlers'],
  bot: ['policy', 'storage', 'handlers', 'jobs', 'web'],
  web: [],
}
/** Lists rather than code: they are as long as what they list, and a landed migration is never touched again. */
const LISTS = /^(storage\/migrations|bot\/understand\/training\/phrases)\//

interface Source {
  /** From the root, with slashes: `handlers/visit.ts`. */
  path: string
  text: string
}

function listSources(folder: string): Source[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(ts|tsx|mts|mjs)$/.test(name))
    .map(name => ({ path: join(folder, name), text: readFileSync(join(ROOT, folder, name), 'utf8') }))
}

/** Imports of the program's own files; `typeOnly` ones are gone when it runs. */
function listImports({ path, text }: Source): { to: string; typeOnly: boolean }[] {
  const statements = text.matchAll(/^(import|export)\s(type\s)?[^'"]*?from\s+['"](\.[^'"]+)['"]/gm)
  const bare = text.matchAll(/\bimport\s*\(?\s*['"](\.[^'"]+)['"]/g)
  const at = (target: string) => relative(ROOT, join(ROOT, dirname(path), target))
  return [
    ...[...statements].map(([, , type, target]) => ({ to: at(target!), typeOnly: type !== undefined })),
    ...[...bare].map(([, target]) => ({ to: at(target!), typeOnly: false })),
  ]
}

function listWrongImports(source: Source): string[] {
  const from = source.path.split('/', 1)[0]!
  return listImports(source)
    .filter(({ to, typeOnly }) => {
      const folder = to.split('/', 1)[0]!
      if (folder === from || knows[from]?.includes(folder)) return false
      return !(from === 'web' && typeOnly)
    })
    .map(({ to }) => `${source.path} imports ${to}`)
}

const readsClock = /\bDate\.now\s*\(|\bnew Date\(\s*\)/
const leavesTestOut = /\b(describe|test|it)(\.\w+)*\.(skip|skipIf|runIf|only|todo|fails)\b/
const countLines = (text: string): number => text.split('\n').length - 1

const program = Object.keys(knows).flatMap(listSources)
const tests = listSources('test')
const pathsOf = (sources: readonly Source[]): string[] => sources.map(({ path }) => path)

describe('the folders', () => {
  it.each(Object.keys(knows))('%s imports one way only', folder => {
    const sources = program.filter(({ path }) => path.startsWith(`${folder}/`))
    expect(sources.length).toBeGreaterThan(0)
    expect(sources.flatMap(listWrongImports)).toEqual([])
  })

  it('are told apart: a handler that imports a channel, a job asked by a handler and a page that runs a query are noticed', () => {
    const wrong: Source[] = [
      { path: 'handlers/visit.ts', text: `import { x } from '../bot/channels/channel.ts'` },
      { path: 'handlers/leave/words.ts', text: `import {\n  x,\n} from '../../jobs/index.ts'` },
      { path: 'web/simulator/page.tsx', text: `import { x } from '../../storage/roster.ts'` },
      { path: 'policy/time.ts', text: `const x = await import('../storage/ids.ts')` },
      { path: 'storage/ids.ts', text: `export type { X } from '../handlers/slots.ts'` },
    ]
    expect(wrong.flatMap(listWrongImports)).toHaveLength(wrong.length)
    const right: Source[] = [
      { path: 'jobs/weekly-summary.ts', text: `import { x } from '../handlers/summary.ts'` },
      { path: 'web/simulator/page.tsx', text: `import type { X } from '../../policy/time.ts'` },
      { path: 'bot/server.ts', text: `import { x } from '../web/simulator/page.tsx'` },
    ]
    expect(right.flatMap(listWrongImports)).toEqual([])
  })
})

describe('the program', () => {
  it('takes the time from the Clock alone', () => {
    // Islands run in a browser, whose clock only shows.
    const readers = program.filter(({ path, text }) => !path.startsWith('web/') && readsClock.test(text))
    expect(pathsOf(readers)).toEqual(['bot/clock.ts'])
    expect(['const at = Date.now()', 'new Date( )'].every(text => readsClock.test(text))).toBe(true)
    expect(readsClock.test('new Date(nowMs)')).toBe(false)
  })

  it(`has no module longer than ${LONGEST} lines`, () => {
    const long = program.filter(({ path, text }) => !LISTS.test(path) && countLines(text) > LONGEST)
    expect(long.map(({ path, text }) => `${path}: ${countLines(text)}`)).toEqual([])
    expect(countLines('a\nb\n')).toBe(2)
  })
})

describe('the tests', () => {
  it('run all, none is left out', () => {
    expect(pathsOf(tests.filter(({ text }) => leavesTestOut.test(text)))).toEqual([])
    const spoiled = [
      ['test', 'skip'],
      ['describe', 'only'],
      ['it', 'each', 'todo'],
    ].map(words => words.join('.'))
    expect(spoiled.every(text => leavesTestOut.test(text))).toBe(true)
  })
})
