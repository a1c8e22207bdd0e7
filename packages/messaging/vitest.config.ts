import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    globalSetup: ['@eungmo/tooling/testing/test-postgres', '@eungmo/tooling/testing/test-kafka'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
