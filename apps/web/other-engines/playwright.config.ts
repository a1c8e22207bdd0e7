import { defineConfig } from '@playwright/test'
import type { StackOptions } from '../e2e/support/fixtures.ts'

/** One story in browsers that are not Chromium. Part of `bun run test:deep`. */
export default defineConfig<object, StackOptions>({
  testDir: '.',
  outputDir: '../test-results/other-engines',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { throughKafka: false },
})
