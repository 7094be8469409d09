/**
 * Ends a wait: outside their apps, and inside old ones, the platforms' libraries neither answer nor fail (WeCom's sheet, 4.2).
 * @throws {Error} with `sentence`
 */
export function within<T>(ms: number, sentence: string, work: PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(sentence)), ms)
    work.then(
      value => {
        clearTimeout(timer)
        resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error instanceof Error ? error : new Error(sentence, { cause: error }))
      },
    )
  })
}
