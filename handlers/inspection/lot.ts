import { createHash } from 'node:crypto'

/** An order that nobody chose and everybody can repeat; `seed` is the message that asked for it. */
export function drawLots<T>(among: readonly T[], keyOf: (one: T) => string, seed: string): T[] {
  const lots = new Map(
    among.map(one => [
      one,
      createHash('sha256')
        .update(`${seed} ${keyOf(one)}`)
        .digest('hex'),
    ]),
  )
  return [...among].sort((a, b) => (lots.get(a)! < lots.get(b)! ? -1 : 1))
}
