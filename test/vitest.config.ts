import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Files of a worker share its modules, so the embedded PostgreSQL starts once a worker and not once a file.
    isolate: false,
    // Two cores: more workers only make the databases and the browser wait for each other.
    maxWorkers: 2,
  },
})
