import { SOUNDS } from './data/sounds.ts'

/** Pairs that many speakers do not tell apart, written as one: zh/z, ch/c, sh/s, l/n, final -ng/-n. */
function blur(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/ng$/, 'n')
}

/** Syllables from 1; 0 stands for a character outside the table. */
const syllables: string[] = ['']
const soundOfCode = new Uint16Array(0x10000)
for (const group of SOUNDS.split('|')) {
  const syllable = /^[a-z]+/.exec(group)?.[0] ?? ''
  syllables.push(syllable)
  for (let index = syllable.length; index < group.length; index++)
    soundOfCode[group.charCodeAt(index)] = syllables.length - 1
}

/** The reading of a UTF-16 unit as a number, equal for equal readings without tone; 0 where it is not in GB 2312. */
export function soundAt(text: string, index: number): number {
  return soundOfCode[text.charCodeAt(index)]!
}

/**
 * How far two words of equal length differ in sound: 0 equal, 1 for each character that differs only by a pair
 * commonly confused in speech, Infinity where any character differs more or the lengths differ.
 */
export function measureSoundDistance(a: string, b: string): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  let distance = 0
  for (let index = 0; index < a.length; index++) {
    if (a[index] === b[index]) continue
    const [left, right] = [soundAt(a, index), soundAt(b, index)]
    if (left === 0 || right === 0) return Number.POSITIVE_INFINITY
    if (left === right) continue
    if (blur(syllables[left]!) !== blur(syllables[right]!)) return Number.POSITIVE_INFINITY
    distance++
  }
  return distance
}
