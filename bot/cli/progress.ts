/** A bar on standard error while work is long; nothing at all where nobody looks at a terminal. */
export interface Progress {
  /** `done` of `all`; the end ends the line. */
  show: (done: number, all: number) => void
  /** Ends the line where it was begun. */
  end: () => void
}

const WIDTH = 24

export function createProgress(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show: () => {}, end: () => {} }
  let shown = ''
  return {
    show(done, all) {
      const part = all === 0 ? 1 : Math.min(1, done / all)
      const filled = Math.round(part * WIDTH)
      const line = `${label} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor(part * 100)}%`
      if (line === shown) return
      stream.write(`\r${line}`)
      shown = line
    },
    end() {
      if (shown) stream.write('\n')
      shown = ''
    },
  }
}
