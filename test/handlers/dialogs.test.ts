import { readdirSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findCommand, listCommands, listHandlers } from '../../handlers/index.ts'
import { openTestStreet, playExample } from '../support/street.ts'
import { readCases } from '../understand/read-cases.ts'

async function play(dialog: Parameters<typeof playExample>[1]) {
  const street = await openTestStreet({ now: '2026-11-18T08:20' })
  onTestFinished(street.dispose)
  return playExample(street, dialog)
}

describe('what people do', () => {
  it.each(listHandlers())('works as its example is written: $intent', async ({ dialog }) => {
    expect(await play(dialog)).toEqual([])
  })

  it('has one handler an intent', () => {
    const intents = listHandlers().map(({ intent }) => intent)
    expect(new Set(intents).size).toBe(intents.length)
  })
})

describe('a fixed word', () => {
  it.each(listCommands())('works as its example is written: $name', async ({ name, dialog }) => {
    // What comes before prepares it, and what follows may answer its question.
    expect(dialog.turns.flatMap(([said]) => findCommand(said)?.name ?? []).at(-1)).toBe(name)
    expect(await play(dialog)).toEqual([])
  })

  it('has a name of its own', () => {
    const names = listCommands().map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('is none of the labelled sentences of everyday work, but for taking back a record of a kind', () => {
    const files = readdirSync(new URL('../understand/', import.meta.url)).filter(name => name.endsWith('.jsonl'))
    const taken = files.flatMap(readCases).flatMap(({ text }) => {
      const command = findCommand(text.replace(/^@小格\s*/, ''))
      return command ? [`${command.name}: ${text}`] : []
    })
    expect(files.length).toBeGreaterThan(5)
    expect(taken).toEqual(['undoKind: 撤销我上一条走访'])
  })
})
