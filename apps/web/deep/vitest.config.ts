import { defineConfig } from 'vitest/config'

/** `bun run test:proxies`, part of `bun run test:deep`: the built web app behind real proxies and poolers. */
export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['@eungmo/tooling/testing/test-postgres'],
    include: ['deep/**/*.test.ts'],
  },
})
