import { defineConfig } from 'vitest/config'

// Without SvelteKit's plugins: the unit tests cover plain modules, and a run with the plugins does not end.
export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['@eungmo/tooling/testing/test-postgres'],
    include: ['src/**/*.test.ts', 'engines/**/*.test.ts', 'server/**/*.test.ts', 'test/**/*.test.ts'],
  },
})
