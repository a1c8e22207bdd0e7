import { startStack } from './stack.ts'

/**
 * Starts everything that a browser test needs, prints one line of JSON about it, and stops on SIGTERM. A separate process
 * under Bun, since Playwright's runner may be on Node. With --kafka entries go through a broker, with --beacon draws wait
 * for rounds of a test relay, with --apart relay and jobs are processes of their own.
 */
const hasOption = (option: string) => process.argv.includes(option)
const starting = startStack({
  kafka: hasOption('--kafka'),
  beacon: hasOption('--beacon'),
  apart: hasOption('--apart'),
})

/** A stack that is still starting is stopped once it has started: nothing of it is left running. */
async function stop(): Promise<void> {
  await starting.then((stack) => stack.stop()).finally(() => process.exit(0))
}
process.once('SIGTERM', () => void stop())
process.once('SIGINT', () => void stop())

const { info } = await starting
process.stdout.write(`${JSON.stringify(info)}\n`)
