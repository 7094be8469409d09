import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeMessages } from '../../bot/understand/training/make-messages.ts'
import { renderSounds } from '../../bot/understand/training/make-sounds.ts'
import { renderWeights } from '../../bot/understand/training/train.ts'
import { readCases } from './read-cases.ts'

const readData = (file: string) => readFileSync(new URL(`../../bot/understand/data/${file}`, import.meta.url), 'utf8')

test('the committed weights are what the training makes', () => {
  expect(renderWeights() === readData('weights.ts')).toBe(true)
}, 120_000)

test('the committed sounds are what pinyin-pro says', () => {
  expect(renderSounds()).toBe(readData('sounds.ts'))
})

test('the training has several thousand messages and none of the held-out ones', () => {
  const trained = makeMessages().map(({ text }) => text)
  expect(trained.length).toBeGreaterThan(5000)
  const heldOut = new Set(
    readCases('heldout-4.jsonl')
      .filter(({ text }) => text.length > 6)
      .map(({ text }) => text),
  )
  expect(trained.filter(text => heldOut.has(text))).toEqual([])
})
