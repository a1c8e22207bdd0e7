import { test as base } from '@playwright/test'
import { ShopClient } from './shop-client.ts'
import { type RunningStack, startStackProcess } from './stack-process.ts'

export interface StackOptions {
  /** Whether entries go through a Kafka broker; otherwise the consumer reads the outbox. */
  throughKafka: boolean
  /** Whether draws can wait for a beacon, served by a test relay. */
  withBeacon: boolean
}

/** Tests against a running product: `shop` acts on its demo shop over REST; page paths are relative to its address. */
export const test = base.extend<{ shop: ShopClient }, StackOptions & { stack: RunningStack }>({
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
  baseURL: async ({ stack }, use) => use(stack.info.baseUrl),
  shop: async ({ stack }, use) => use(new ShopClient(stack.info)),
})

export { expect } from '@playwright/test'
