import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig, variableNames } from '../../bot/config.ts'
import { importRoster } from '../../bot/roster/import-roster.ts'
import { streetTeam } from '../policy/street-team.ts'
import { rosterFiles } from '../roster/files.ts'
import { openTestSqlite } from '../support/stores.ts'
import { local } from '../support/street.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = ['bot', 'handlers', 'jobs', 'policy', 'storage', 'web', 'test', 'bench', 'docs', '.ci']

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const listMarkdown = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name))
const documents = ['.', 'docs'].flatMap(listMarkdown).map(path => ({ path, text: read(path) }))

/** What a text says about this repository: paths below one of its folders, and links to files beside the document. */
function listNamedPaths(text: string): string[] {
  const below = text.matchAll(new RegExp(`(?<![\\w./@-])(?:${FOLDERS.join('|').replace('.', '\\.')})/[\\w./-]*`, 'g'))
  return [...below].map(([path]) => path.replace(/[./]+$/, ''))
}

function listLinks(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target!)
}

/** Functions, written `name()`, that stand in none of the files named in the same line. */
function listMisplacedFunctions(text: string): string[] {
  return text.split('\n').flatMap(line => {
    const files = listNamedPaths(line).filter(path => /\.tsx?$/.test(path) && existsSync(join(ROOT, path)))
    if (files.length === 0) return []
    const code = files.map(read).join('\n')
    const named = [...line.matchAll(/`(\w+)\(\)`/g)].map(([, name]) => name!)
    return named.filter(name => !new RegExp(`\\b${name}\\b`).test(code))
  })
}

function listBlocks(text: string): { language: string; body: string }[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({
    language: language!,
    body: body!,
  }))
}

/** What a reader would type: without remarks and the blanks before them. */
function listCommands(text: string): string[] {
  return listBlocks(text).map(({ body }) => body.replace(/[ \t]*(^|(?<=\s))#.*$/gm, ''))
}

const listHeadings = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^(#+) /gm)].map(([, marks]) => marks!)

describe.each(documents)('$path', ({ path, text }) => {
  it('names only paths that exist', () => {
    expect(listNamedPaths(text).filter(named => !existsSync(join(ROOT, named)))).toEqual([])
    expect(listLinks(text).filter(link => !existsSync(join(ROOT, dirname(path), link)))).toEqual([])
  })

  it('names functions beside the file that has them', () => {
    expect(listMisplacedFunctions(text)).toEqual([])
  })
})

it('a lost file, a lost link and a function of another file would be noticed', () => {
  expect(listNamedPaths('see `bot/lost.ts`, and handlers/visit.ts. Not https://x.org/docs/y')).toEqual([
    'bot/lost.ts',
    'handlers/visit.ts',
  ])
  expect(listLinks('![p](docs/lost.png) [w](https://x.org)')).toEqual(['docs/lost.png'])
  expect(listMisplacedFunctions('| `identify()`, `receive()` | `bot/identity.ts` |')).toEqual(['receive'])
})

describe('.env.example', () => {
  const example = read('.env.example')

  it('explains exactly the variables that the program reads', () => {
    expect(variableNames.length).toBeGreaterThan(20)
    expect(Object.keys(parseEnv(example)).sort()).toEqual([...variableNames].sort())
  })

  it('copied as it is changes nothing', () => {
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}))
  })
})

describe('the two READMEs', () => {
  const english = read('README.md')
  const chinese = read('README.zh-CN.md')

  it('have the same sections', () => {
    expect(listHeadings(chinese)).toEqual(listHeadings(english))
  })

  it('show the same commands, files and figures', () => {
    expect(listCommands(english).length).toBeGreaterThan(5)
    expect(listCommands(chinese)).toEqual(listCommands(english))
    const rows = (text: string) => text.split('\n').filter(line => line.startsWith('|')).length
    expect(rows(chinese)).toBe(rows(english))
    const figures = (text: string) => text.match(/\d+(,\d{3})+/g)
    expect(figures(chinese)).toEqual(figures(english))
  })

  it('add up what a month of messages costs', () => {
    const numbers = (cells: string[]) => cells.map(cell => Number(cell.replace(/[*,\s]/g, '') || 0))
    const table = (head: string) => {
      const [, body = ''] = english.split(`| ${head}`)
      const rows = body.split('\n\n', 1)[0]!.split('\n').slice(2)
      return rows.map(row => row.split('|').slice(1, -1))
    }
    for (const [head, columns] of [
      ['in, each one message', [2]],
      ['out | a month', [2, 3]],
    ] as const) {
      const rows = table(head)
      for (const column of columns) {
        const [sum, ...parts] = numbers(rows.map(row => row[column]!)).reverse()
        expect(parts.reduce((total, part) => total + part, 0)).toBe(sum)
      }
    }
    const products = [...english.matchAll(/^\|[^|]+\| ([\d×+, ]*×[\d×+, ]*) \|([^\n]*)\|$/gm)]
    expect(products.length).toBeGreaterThan(10)
    for (const [, formula, costs] of products) {
      const terms = formula!.replaceAll(',', '').split('+')
      const worth = terms.map(term => term.split('×').reduce((product, factor) => product * Number(factor), 1))
      expect(Math.max(...numbers(costs!.split('|')))).toBe(worth.reduce((total, part) => total + part, 0))
    }
  })

  it('show a roster that can be imported', async () => {
    const [grids, members, groups] = listBlocks(english)
      .filter(({ language }) => language === 'csv')
      .map(({ body }) => body)
    const { store, dispose } = await openTestSqlite()
    try {
      const files = rosterFiles({ 'grids.csv': grids!, 'members.csv': members!, 'groups.csv': groups! })
      const options = { now: local('2026-11-18T08:00'), today: '2026-11-18', pack: streetTeam, allowedBases: [] }
      expect(await importRoster(store, files, options)).toMatchObject({ ok: true })
    } finally {
      await dispose()
    }
  })
})
