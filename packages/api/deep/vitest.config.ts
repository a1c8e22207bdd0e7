import { defineConfig } from 'vitest/config'

/** `bun run test:attempts`, part of `bun run test:deep`: an event that is drawn as often as its chain of secrets allows. */
export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    hookTimeout: 60_000,
    globalSetup: ['@eungmo/tooling/testing/test-postgres'],
    include: ['deep/**/*.test.ts'],
  },
})
