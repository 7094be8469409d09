/** One after the other, in the order asked. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>
}

/** The same for each key by itself: what has different keys runs side by side. */
export interface Lanes {
  take<T>(key: string, work: () => Promise<T>): Promise<T>
}

export function createLanes(): Lanes {
  const last = new Map<string, Promise<unknown>>()
  return {
    take(key, work) {
      const before = last.get(key)
      const mine = before ? before.then(work, work) : work()
      last.set(key, mine)
      const leave = () => {
        if (last.get(key) === mine) last.delete(key)
      }
      mine.then(leave, leave)
      return mine
    },
  }
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(work) {
      const mine = last.then(work, work)
      last = mine.catch(() => {})
      return mine
    },
  }
}
