import { startStack } from './stack.ts'

/**
 * Starts everything that a browser test needs and prints one line of JSON about it; stops it all on SIGTERM. A process of
 * its own, run by Bun, since Playwright's runner may be on Node. With --kafka everything goes through a broker,
 * with --beacon draws wait for a relay's rounds.
 */
const given = (option: string) => process.argv.includes(option)
const stack = await startStack({ kafka: given('--kafka'), beacon: given('--beacon') })
process.stdout.write(`${JSON.stringify(stack.facts)}\n`)

async function stop(): Promise<void> {
  await stack.stop()
  process.exit(0)
}
process.once('SIGTERM', () => void stop())
process.once('SIGINT', () => void stop())
