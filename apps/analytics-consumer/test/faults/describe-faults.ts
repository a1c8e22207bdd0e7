import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runScenario } from './run-scenario.ts'
import { scenarios } from './scenarios.ts'
import { type Mode, Servers } from './servers.ts'

/** The suite in its bounded form; `obstacle` says why it cannot run here, or is empty. */
export function describeFaults(mode: Mode, obstacle: string): void {
  const name = `faults, ${mode}`
  describe.skipIf(obstacle !== '')(obstacle === '' ? name : `${name}, no broker: ${obstacle}`, () => {
    let servers: Servers | undefined
    beforeAll(async () => {
      servers = await Servers.start(mode)
    }, 120_000)
    afterAll(async () => {
      await servers?.stop()
    })

    test.each(scenarios.filter((scenario) => scenario.modes.includes(mode)))(
      '$number: $title',
      async (scenario) => {
        if (!servers) throw new Error('The servers did not start')
        const { problems } = await runScenario(servers, scenario, 'bounded')
        expect(problems).toEqual([])
      },
      120_000,
    )
  })
}
