import { loadavg } from 'node:os'
import { readCounts, settledCounts } from '../support/read-counts.ts'
import { Stage } from './fixture.ts'
import type { Scale, Scenario } from './scenario.ts'
import type { Servers } from './servers.ts'
import { patience } from './timeout-scale.ts'
import { until } from './until.ts'

export interface ScenarioResult {
  number: number
  title: string
  mode: string
  ok: boolean
  problems: string[]
  accepted: number
  retries: number
  /** Load average when it ended. */
  load: number
  seconds: number
  /** Milliseconds from the last customer's answer until everything was counted. */
  drain: number
  /** What the scenario itself measured, in words. */
  notes: string
}

const DRAIN_LIMIT = 30_000

/**
 * Runs one scenario on its own stage and checks the invariants after the drain. Does not throw: problems are
 * in the result.
 */
export async function runScenario(
  servers: Servers,
  scenario: Scenario,
  scale: Scale,
): Promise<ScenarioResult> {
  const start = performance.now()
  const problems: string[] = []
  let notes = ''
  let drain = 0
  let accepted = 0
  let retries = 0
  try {
    const scenery = await scenario.prepare?.()
    const stage = await Stage.set(servers, { ...scenario.stage, ...scenery?.stage })
    try {
      const load = stage.startLoad()
      await until(
        async () => (await stage.counted()) > 20,
        30_000 * patience(),
        'the programs did not start to work',
      )
      let deadLetters = 0
      try {
        const outcome = await scenario.play(stage, scale)
        notes = outcome.notes
        deadLetters = outcome.deadLetters ?? 0
      } catch (error) {
        problems.push(sentence(error))
      }
      await load.stop()
      const stopped = performance.now()
      accepted = load.accepted.size
      retries = load.retries
      problems.push(...new Set(load.violations))
      const expected = JSON.stringify(settledCounts(accepted, deadLetters))
      let seen = ''
      try {
        await until(
          async () => {
            seen = JSON.stringify(await readCounts(stage.probe))
            return seen === expected
          },
          DRAIN_LIMIT * patience(),
          'the sums do not agree',
        )
      } catch (error) {
        problems.push(`${String(error)}: ${seen}, expected ${expected}`)
      }
      drain = performance.now() - stopped
      problems.push(...(await missingEntries(stage, load.accepted)), ...stage.deaths())
    } finally {
      await stage.endPrograms()
      await scenery?.stop()
      await stage.drop()
    }
  } catch (error) {
    problems.push(sentence(error))
  }
  const { number, title } = scenario
  const seconds = (performance.now() - start) / 1000
  return {
    number,
    title,
    mode: servers.mode,
    ok: problems.length === 0,
    problems,
    accepted,
    retries,
    load: loadavg()[0] ?? 0,
    seconds,
    drain,
    notes,
  }
}

async function missingEntries(stage: Stage, accepted: ReadonlyMap<string, string>): Promise<string[]> {
  const rows = await stage.probe.run<{ number: string }>(
    'select application_number as number from participants',
  )
  const stored = new Set(rows.map((row) => row.number))
  const missing = [...accepted.values()].filter((number) => !stored.has(number))
  return missing.length === 0 ? [] : [`${missing.length} accepted entries are not in participants`]
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause ? `${error.message} (${String(error.cause)})` : error.message
}
