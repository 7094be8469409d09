/** One line of the benchmarks' table. */
export interface Row {
  what: string
  /** With its unit; for reading, not for comparing machines. */
  figure: string
  /** Against the baseline of the same run: what to compare. */
  ratio: string
  baseline: string
}

/** Milliseconds that `work` takes by the machine's clock, the median of several rounds. */
export async function medianMs(rounds: number, work: () => Promise<void>): Promise<number> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work()
    taken.push(performance.now() - start)
  }
  taken.sort((a, b) => a - b)
  return taken[Math.floor(taken.length / 2)] ?? 0
}
