import { startStack } from './stack.ts'

/**
 * Starts everything that a browser test needs, prints one line of JSON about it, and stops on SIGTERM. A separate process
 * under Bun, since Playwright's runner may be on Node. With --kafka entries go through a broker, with --beacon draws wait
 * for rounds of a test relay.
 */
const hasOption = (option: string) => process.argv.includes(option)
const stack = await startStack({ kafka: hasOption('--kafka'), beacon: hasOption('--beacon') })
process.stdout.write(`${JSON.stringify(stack.info)}\n`)

async function stop(): Promise<void> {
  await stack.stop()
  process.exit(0)
}
process.once('SIGTERM', () => void stop())
process.once('SIGINT', () => void stop())
