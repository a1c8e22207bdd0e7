import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { install } from '../deep/simulated-year/installation.ts'
import { simulateYear } from '../deep/simulated-year/simulate.ts'

const directory = mkdtempSync(join(tmpdir(), 'eungmo-year-'))
const installation = await install(inject('postgresUrl'), join(directory, 'destructions.jsonl'))
afterAll(async () => {
  await installation.close()
  rmSync(directory, { recursive: true })
})

/** `bun run test:deep` simulates a whole year, from another seed each time. */
test('for two months nothing is stored beyond its time, nothing is missing before it, and the scan finds what is planted', {
  timeout: 180_000,
}, async () => {
  const result = await simulateYear(installation, {
    seed: 100,
    days: 60,
    events: 5,
    print: () => undefined,
  })
  expect(result.problems).toEqual([])
  expect(result.destroyed).toBeGreaterThan(20)
  expect(result.controls).toBe(2)
  expect(result.counts.get('automatic draws: done')).toBeGreaterThan(0)
})
