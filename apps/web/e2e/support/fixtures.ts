import { test as base } from '@playwright/test'
import { type Feature, newerBuiltIns } from '../../engines/oldest-engines.ts'
import { ShopClient } from './shop-client.ts'
import { type RunningStack, startStackProcess } from './stack-process.ts'

export interface StackOptions {
  /** Whether entries go through a Kafka broker; otherwise the consumer reads the outbox. */
  throughKafka: boolean
  /** Whether draws can wait for a beacon, served by a test relay. */
  withBeacon: boolean
  /** Whether relay and jobs are processes of their own, on a PostgreSQL that logs every statement. */
  processesApart: boolean
}

/** Runs in the page before its scripts: leaves what the oldest supported engines have. */
function removeBuiltIns(builtIns: Feature[]): void {
  for (const { owner, member, isMethod } of builtIns) {
    const target: unknown = Reflect.get(globalThis, owner)
    if (!member) Reflect.deleteProperty(globalThis, owner)
    else if (typeof target === 'function' && isMethod) Reflect.deleteProperty(target.prototype, member)
    else if (target instanceof Object) Reflect.deleteProperty(target, member)
  }
}

/** Tests against a running product: `shop` acts on its demo shop over REST; page paths are relative to its address. */
export const test = base.extend<{ shop: ShopClient }, StackOptions & { stack: RunningStack }>({
  throughKafka: [false, { option: true, scope: 'worker' }],
  withBeacon: [false, { option: true, scope: 'worker' }],
  processesApart: [false, { option: true, scope: 'worker' }],
  stack: [
    async ({ throughKafka, withBeacon, processesApart }, use) => {
      const stack = await startStackProcess([
        ...(throughKafka ? (['--kafka'] as const) : []),
        ...(withBeacon ? (['--beacon'] as const) : []),
        ...(processesApart ? (['--apart'] as const) : []),
      ])
      await use(stack)
      await stack.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  context: async ({ context }, use) => {
    await context.addInitScript(removeBuiltIns, newerBuiltIns())
    await use(context)
  },
  baseURL: async ({ stack }, use) => use(stack.info.baseUrl),
  shop: async ({ stack }, use) => use(new ShopClient(stack.info)),
})

export { expect } from '@playwright/test'
