import type { Outgoing, Sent } from './channel.ts'

/** How many half-sent items are remembered. */
const REMEMBERED = 500

export interface HalfSent {
  /**
   * Posts one step after the other; a repeated try with the same `idempotencyKey` goes on after the last step that was taken.
   * @returns the first platform id and the last handle that the steps brought
   * @throws what `post` throws
   */
  send<Step>(
    item: Pick<Outgoing, 'idempotencyKey'>,
    steps: readonly Step[],
    post: (step: Step, stepKey: string) => Promise<Sent>,
  ): Promise<Sent>
}

/** Remembers within this process how far an item of several messages came: after a restart it is marked as a repeat anyway. */
export function createHalfSent(): HalfSent {
  const taken = new Map<string, number>()

  function remember(key: string, count: number): void {
    taken.set(key, count)
    const oldest = taken.keys().next()
    if (taken.size > REMEMBERED && oldest.done !== true) taken.delete(oldest.value)
  }

  return {
    async send({ idempotencyKey }, steps, post) {
      let sent: Sent = {}
      for (const [index, step] of steps.entries()) {
        if (index < (taken.get(idempotencyKey) ?? 0)) continue
        const last = await post(step, `${idempotencyKey}/${index}`)
        if (index < steps.length - 1) remember(idempotencyKey, index + 1)
        sent = { ...last, ...(sent.platformId !== undefined && { platformId: sent.platformId }) }
      }
      taken.delete(idempotencyKey)
      return sent
    },
  }
}
