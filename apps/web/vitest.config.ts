import { defineConfig } from 'vitest/config'

// Without SvelteKit's plugins: unit tests are of plain modules, and the plugins keep a run from ending.
export default defineConfig({
  test: {
    pool: 'threads',
    include: ['src/**/*.test.ts', 'adapter/**/*.test.ts'],
  },
})
