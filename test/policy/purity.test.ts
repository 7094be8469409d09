import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = new URL('../../policy/', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }))

/** What would make an answer depend on anything but the facts given. */
const impurities: [string, RegExp][] = [
  ['reads a clock', /Date\.now|new Date\(\)|performance\./],
  ['depends on the process time zone', /\.(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds)\(/],
  ['waits', /\basync\b|\bawait\b|\bPromise\b|setTimeout/],
  ['reaches out', /from 'node:|\bfetch\(|\bprocess\.|\bconsole\./],
  ['imports from another folder of the program', /from '(\.\.\/){1,2}(bot|handlers|storage|jobs|web)\//],
  ['rolls dice', /Math\.random/],
]

function listImpurities(text: string): string[] {
  return impurities.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)
}

it.each(sources)('$name is pure', ({ text }) => {
  expect(listImpurities(text)).toEqual([])
})

it('would notice a clock, a zone, a wait, a file, a handler and a dice', () => {
  const spoiled = `import x from '../handlers/x.ts'
    import { readFileSync } from 'node:fs'
    await Date.now(); new Date(0).getHours(); Math.random()`
  expect(listImpurities(spoiled)).toHaveLength(impurities.length)
})
