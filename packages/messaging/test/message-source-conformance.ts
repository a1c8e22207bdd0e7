import { afterEach, describe, expect, test, vi } from 'vitest'
import { headerNames } from '../src/contract/message.ts'
import type { BatchHandler, MessageSource, SourceBatch } from '../src/contract/message-source.ts'
import type { ProducerMessage } from '../src/kafka/kafka-client.ts'
import { sampleMessage } from '../testing/sample-message.ts'

export interface SourceHarness {
  publish(messages: ProducerMessage[]): Promise<void>
  open(): MessageSource
  /** What counting does to the source itself: deletes the batch's rows from the outbox. */
  settle(batch: SourceBatch): Promise<void>
  /** Warnings and errors logged so far: a source that recovered from something may deliver messages again. */
  warnings(): number
}

const WAIT = { timeout: 40_000, interval: 20 }

/** The contract of every message source. `start` resolves with an empty one. */
export function describeMessageSource(name: string, start: () => Promise<SourceHarness>): void {
  describe(`message source: ${name}`, () => {
    const opened: MessageSource[] = []
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((source) => source.stop()))
    })

    function run(
      harness: SourceHarness,
      handler: BatchHandler,
    ): { source: MessageSource; ended: Promise<void> } {
      const source = harness.open()
      opened.push(source)
      const ended = source.run(handler)
      ended.catch(() => undefined)
      return { source, ended }
    }

    function collector(harness: SourceHarness) {
      const values = new Map<string, number>()
      const handler: BatchHandler = async (batch) => {
        await harness.settle(batch)
        for (const { headers } of batch.messages) {
          const id = headers[headerNames.messageId] ?? ''
          values.set(id, (values.get(id) ?? 0) + 1)
        }
        return true
      }
      return { values, handler }
    }

    test('delivers earlier and later messages, each once while nothing fails', async () => {
      const harness = await start()
      const before = Array.from({ length: 300 }, () => sampleMessage())
      const later = Array.from({ length: 300 }, () => sampleMessage())
      await harness.publish(before)
      const { values, handler } = collector(harness)
      run(harness, handler)
      await vi.waitFor(() => expect(values.size).toBe(300), WAIT)
      // A new group finds its coordinator only after some attempts, which are logged.
      const warnings = harness.warnings()
      await harness.publish(later)
      await vi.waitFor(() => expect(values.size).toBe(600), WAIT)
      expect([...values.keys()].sort()).toEqual([...before, ...later].map(({ key }) => key).sort())
      const repeated = later.filter(({ key }) => values.get(key) !== 1)
      if (harness.warnings() === warnings) expect(repeated).toEqual([])
    })

    test('delivers headers, key and value as they were published', async () => {
      const harness = await start()
      const message = sampleMessage({ entryPath: '우리동네TV 🎁' })
      await harness.publish([message])
      const seen = Promise.withResolvers<SourceBatch>()
      run(harness, async (batch) => {
        await harness.settle(batch)
        seen.resolve(batch)
        return true
      })
      const [raw] = (await seen.promise).messages
      expect(raw?.headers).toEqual(message.headers)
      expect(Buffer.from(raw?.key ?? []).toString()).toBe(message.key)
      expect(JSON.parse(Buffer.from(raw?.value ?? '').toString())).toEqual(JSON.parse(message.value))
    })

    test('delivers a batch again after its handler threw or abandoned it', async () => {
      const harness = await start()
      const messages = Array.from({ length: 50 }, () => sampleMessage())
      await harness.publish(messages)
      const { values, handler } = collector(harness)
      let attempt = 0
      run(harness, async (batch) => {
        attempt++
        if (attempt === 1) throw new Error('rejected')
        if (attempt === 2) return false
        return await handler(batch)
      })
      await vi.waitFor(() => expect(values.size).toBe(50), WAIT)
      expect(attempt).toBeGreaterThan(2)
    })

    test('delivers at most 5,000 messages at a time', async () => {
      const harness = await start()
      const messages = Array.from({ length: 12_000 }, () => sampleMessage())
      await harness.publish(messages)
      const { values, handler } = collector(harness)
      let largest = 0
      run(harness, (batch) => {
        largest = Math.max(largest, batch.messages.length)
        return handler(batch)
      })
      await vi.waitFor(() => expect(values.size).toBe(12_000), WAIT)
      expect(largest).toBeLessThanOrEqual(5_000)
    })

    test('stop waits for the current batch, which is not delivered again', async () => {
      const harness = await start()
      await harness.publish([sampleMessage()])
      const started = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      const first = collector(harness)
      const { source, ended } = run(harness, async (batch) => {
        started.resolve()
        await release.promise
        expect(batch.isActive()).toBe(false)
        return await first.handler(batch)
      })
      await started.promise
      let stopped = false
      const stopping = source.stop().then(() => {
        stopped = true
      })
      expect(stopped).toBe(false)
      release.resolve()
      await stopping
      await ended
      expect(first.values.size).toBe(1)

      const second = collector(harness)
      run(harness, second.handler)
      const next = sampleMessage()
      await harness.publish([next])
      await vi.waitFor(() => expect(second.values.has(next.key)).toBe(true), WAIT)
      expect([...second.values.keys()]).toEqual([next.key])
    })

    test('another source takes over what the first one did not complete', async () => {
      const harness = await start()
      const messages = Array.from({ length: 100 }, () => sampleMessage())
      await harness.publish(messages)
      const seen = Promise.withResolvers<void>()
      const { source } = run(harness, async () => {
        seen.resolve()
        return false
      })
      await seen.promise
      const { values, handler } = collector(harness)
      run(harness, handler)
      await source.stop()
      await vi.waitFor(() => expect(values.size).toBe(100), WAIT)
    })
  })
}
