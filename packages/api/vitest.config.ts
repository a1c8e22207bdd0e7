import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    globalSetup: ['@eungmo/tooling/testing/test-postgres'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
