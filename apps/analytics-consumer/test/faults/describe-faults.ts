import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSeed } from './random.ts'
import { runScenario } from './run-scenario.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { type Mode, Servers } from './servers.ts'

const SCENARIO_TIMEOUT_MS = 120_000

/**
 * Declares the bounded suite of a mode as tests. Scenarios that break only their own fixture run two at a
 * time (`maxConcurrency`), since they mostly wait. `obstacle` is the reason why the suite cannot run here, or
 * empty.
 */
export function describeFaults(mode: Mode, obstacle: string): void {
  const name = `faults, ${mode}`
  describe.skipIf(obstacle !== '')(obstacle === '' ? name : `${name}, no broker: ${obstacle}`, () => {
    let servers: Servers | undefined
    beforeAll(async () => {
      servers = await Servers.start(mode)
    }, SCENARIO_TIMEOUT_MS)
    afterAll(async () => {
      await servers?.stop()
    })

    async function expectNoProblems(scenario: Scenario): Promise<void> {
      if (!servers) throw new Error('The servers did not start')
      const seed = newSeed()
      const { problems } = await runScenario(servers, scenario, 'bounded', seed)
      expect({ seed, problems }).toEqual({ seed, problems: [] })
    }

    const ofMode = scenarios.filter((scenario) => scenario.modes.includes(mode))
    test.concurrent.each(ofMode.filter((scenario) => !scenario.breaksServers))(
      '$number: $title',
      expectNoProblems,
      SCENARIO_TIMEOUT_MS,
    )
    test.each(ofMode.filter((scenario) => scenario.breaksServers))(
      '$number: $title',
      expectNoProblems,
      SCENARIO_TIMEOUT_MS,
    )
  })
}
