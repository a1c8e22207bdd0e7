import { defineConfig } from '@playwright/test'
import chromium from '@sparticuz/chromium'
import type { StackOptions } from './e2e/support/fixtures.ts'

/**
 * A real browser against the built web app, the consumer and a database of their own (e2e/server). Each of the three workers
 * has a stack to itself: a test waits more than it computes. A flaky test is a failed test, except in CI, where one retry
 * saves the run of a change that has nothing to do with it, and the run lists the test at its end.
 */
export default defineConfig<object, StackOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 3,
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    locale: 'ko-KR',
    // Neither the browser nor the server is in Korea; the pages are.
    timezoneId: 'America/New_York',
    actionTimeout: 10_000,
    // Recording every test costs a fifth of the run. Without retries: `bun run test:e2e --trace on`.
    trace: 'on-first-retry',
    launchOptions: {
      // Only the path: the package's own arguments switch off features that these tests need.
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-gpu'],
      // Without a UTF-8 locale Chromium names every file with a Korean name "download".
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    },
  },
  projects: [
    { name: 'phone', testIgnore: /owner-|beacon/, use: { throughKafka: false } },
    {
      name: 'desktop',
      testMatch: /owner-.*\.spec\.ts$/,
      use: { throughKafka: false, viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false },
    },
    {
      name: 'beacon',
      testMatch: /beacon\.spec\.ts$/,
      use: { withBeacon: true, viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false },
    },
    {
      name: 'kafka',
      testMatch: /main-flow\.spec\.ts$/,
      use: { throughKafka: true },
      // A new broker elects leaders and assigns partitions before the first entry is counted.
      expect: { timeout: 30_000 },
    },
  ],
})
