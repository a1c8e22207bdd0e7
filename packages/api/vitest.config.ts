import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['@eungmo/tooling/testing/test-postgres'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
