import { test as base } from '@playwright/test'
import { Shop } from './shop-client.ts'
import { type RunningStack, startStackProcess } from './stack-process.ts'

export interface StackOptions {
  /** Whether entries go through a Kafka broker rather than the outbox alone. */
  throughKafka: boolean
  /** Whether draws can wait for a beacon: a relay and a chain of our own. */
  withBeacon: boolean
}

/** Tests with a running product: `shop` is its demo shop, reached over REST; pages are relative to its address. */
export const test = base.extend<{ shop: Shop }, StackOptions & { stack: RunningStack }>({
  throughKafka: [false, { option: true, scope: 'worker' }],
  withBeacon: [false, { option: true, scope: 'worker' }],
  stack: [
    async ({ throughKafka, withBeacon }, use) => {
      const stack = await startStackProcess([
        ...(throughKafka ? (['--kafka'] as const) : []),
        ...(withBeacon ? (['--beacon'] as const) : []),
      ])
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.facts.baseUrl),
  shop: async ({ stack }, use) => use(new Shop(stack.facts)),
})

export { expect } from '@playwright/test'
