import { defineConfig } from '@playwright/test'
import type { StackOptions } from '../e2e/support/fixtures.ts'
import { unpackChromium92 } from './chromium-92.ts'

const { executablePath, env } = unpackChromium92()

/** One story in an engine older than the oldest supported one. Part of `bun run test:deep`. */
export default defineConfig<object, StackOptions>({
  testDir: '.',
  outputDir: '../test-results/old-engine',
  retries: 0,
  timeout: 120_000,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 360, height: 740 },
    locale: 'ko-KR',
    throughKafka: false,
    launchOptions: { executablePath, env, args: ['--headless', '--no-sandbox', '--disable-gpu'] },
  },
})
