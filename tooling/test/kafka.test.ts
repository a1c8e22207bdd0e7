import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { kafkaObstacle, startKafka, stopLeftoverKafka } from '../kafka/broker.ts'
import { isServing } from '../kafka/is-serving.ts'
import { isAlive } from '../processes/process-command.ts'

const obstacle = process.env.CI === 'true' ? undefined : kafkaObstacle()

describe.skipIf(obstacle)(`a local Kafka broker${obstacle ? ` (${obstacle})` : ''}`, () => {
  test('serves, stops, starts again on the same ports, also after a kill, and never runs twice', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-kafka-test-'))
    onTestFinished(async () => {
      await stopLeftoverKafka(dataDir)
      rmSync(dataDir, { recursive: true, force: true })
    })

    const first = await startKafka({ dataDir })
    expect(await isServing(first.port)).toBe(true)
    await expect(startKafka({ dataDir })).rejects.toThrow(`process ${first.pid}`)
    process.kill(first.pid, 'SIGKILL')
    await first.exited

    const second = await startKafka({ dataDir })
    expect(second.brokers).toBe(first.brokers)
    await second.stop()
    expect(isAlive(second.pid)).toBe(false)
    expect(await isServing(second.port)).toBe(false)
  })
})
