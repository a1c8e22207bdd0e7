import { loadavg } from 'node:os'
import { readCounts, settledCounts } from '../support/read-counts.ts'
import { Fixture } from './fixture.ts'
import { createRandom, type Random } from './random.ts'
import type { Scale, Scenario } from './scenario.ts'
import type { Mode, Servers } from './servers.ts'
import { timeoutScale } from './timeout-scale.ts'
import { waitUntil } from './wait-until.ts'

/** What was measured; a result without problems held every invariant. */
interface Measurement {
  problems: string[]
  /** Accepted entries. */
  accepted: number
  /** Requests that customers had to repeat. */
  retries: number
  /** Milliseconds from the last customer's response until every entry was counted. */
  drainMs: number
  /** What the scenario itself measured, in words. */
  notes: string
}

export interface ScenarioResult extends Measurement {
  number: number
  title: string
  mode: Mode
  /** Repeats the instants of its faults. */
  seed: number
  ok: boolean
  /** Load average at the end. */
  load: number
  seconds: number
}

const START_TIMEOUT_MS = 30_000
const DRAIN_TIMEOUT_MS = 30_000
const MIN_COUNTED_AT_START = 20

/**
 * Runs a scenario on its own fixture, and checks the invariants after the drain. Never rejects: problems are
 * in the result.
 */
export async function runScenario(
  servers: Servers,
  scenario: Scenario,
  scale: Scale,
  seed: number,
): Promise<ScenarioResult> {
  const start = performance.now()
  const measured: Measurement = { problems: [], accepted: 0, retries: 0, drainMs: 0, notes: '' }
  try {
    const setup = await scenario.setUp?.()
    const fixture = await Fixture.create(servers, setup?.options)
    try {
      await runOnFixture(fixture, scenario, scale, createRandom(seed, scenario.number), measured)
    } finally {
      await fixture.killPrograms()
      await setup?.tearDown()
      await fixture.drop()
    }
  } catch (error) {
    measured.problems.push(toSentence(error))
  }
  const { number, title } = scenario
  return {
    ...measured,
    number,
    title,
    mode: servers.mode,
    seed,
    ok: measured.problems.length === 0,
    load: loadavg()[0] ?? 0,
    seconds: (performance.now() - start) / 1000,
  }
}

async function runOnFixture(
  fixture: Fixture,
  scenario: Scenario,
  scale: Scale,
  random: Random,
  measured: Measurement,
): Promise<void> {
  const load = fixture.startLoad()
  await waitUntil(
    async () => (await fixture.counted()) > MIN_COUNTED_AT_START,
    START_TIMEOUT_MS * timeoutScale(),
    'The programs did not start to work',
  )
  let deadLetters = 0
  try {
    const outcome = await scenario.run(fixture, scale, random)
    measured.notes = outcome.notes
    deadLetters = outcome.deadLetters ?? 0
  } catch (error) {
    measured.problems.push(toSentence(error))
  }
  await load.stop()
  const stopped = performance.now()
  measured.accepted = load.accepted.size
  measured.retries = load.retries
  measured.problems.push(
    ...new Set(load.violations),
    ...(await countingProblems(fixture, measured.accepted, deadLetters)),
  )
  measured.drainMs = performance.now() - stopped
  measured.problems.push(...(await missingEntries(fixture, load.accepted)), ...fixture.unexpectedExits())
}

/** Waits until every sum over the database is what the accepted entries require. */
async function countingProblems(fixture: Fixture, accepted: number, deadLetters: number): Promise<string[]> {
  const expected = JSON.stringify(settledCounts(accepted, deadLetters))
  let seen = ''
  try {
    await waitUntil(
      async () => {
        seen = JSON.stringify(await readCounts(fixture.probe))
        return seen === expected
      },
      DRAIN_TIMEOUT_MS * timeoutScale(),
      'The sums do not agree',
    )
    return []
  } catch (error) {
    return [`${String(error)}: ${seen}, expected ${expected}`]
  }
}

async function missingEntries(fixture: Fixture, accepted: ReadonlyMap<string, string>): Promise<string[]> {
  const rows = await fixture.probe.run<{ number: string }>(
    'select application_number as number from participants',
  )
  const stored = new Set(rows.map((row) => row.number))
  const missing = [...accepted.values()].filter((number) => !stored.has(number))
  return missing.length === 0 ? [] : [`${missing.length} accepted entries are not in participants`]
}

function toSentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message} (${String(error.cause)})` : error.message
}
