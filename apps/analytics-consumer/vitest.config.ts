import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    // The fault suites of the two modes mostly wait for timeouts, so they run side by side even on two cores.
    maxWorkers: 2,
    maxConcurrency: 2,
    globalSetup: ['@eungmo/tooling/testing/test-postgres', '@eungmo/tooling/testing/test-kafka'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
