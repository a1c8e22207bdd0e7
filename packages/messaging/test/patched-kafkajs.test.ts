import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { z } from 'zod'

// What patches/kafkajs@2.2.4.patch changes; patches/README.md says why. These modules of kafkajs have no
// types.
const require = createRequire(import.meta.url)
const anyFunction = z.custom<(...args: unknown[]) => unknown>((value) => typeof value === 'function')
const load = (path: string): unknown => require(`kafkajs/src/${path}`)

const RequestQueue = z
  .custom<
    new (
      options: object,
    ) => { throttleCheckTimeoutId: unknown; pending: unknown[]; scheduleCheckPendingRequests(): void }
  >((value) => typeof value === 'function')
  .parse(load('network/requestQueue'))
const groupMessages = anyFunction.parse(load('producer/groupMessagesPerPartition'))
const encodeRecord = anyFunction.parse(load('protocol/recordBatch/record/v0'))
const { RecordBatch: encodeBatch } = z
  .object({ RecordBatch: anyFunction })
  .parse(load('protocol/recordBatch/v0'))
const decodeBatch = anyFunction.parse(load('protocol/recordBatch/v0/decoder'))
const Decoder = z
  .custom<new (bytes: Buffer) => object>((value) => typeof value === 'function')
  .parse(load('protocol/decoder'))

const encoded = z.object({ buffer: z.instanceof(Buffer) })
const decoded = z.object({
  records: z.array(
    z.object({
      offset: z.string(),
      timestamp: z.string(),
      key: z.instanceof(Buffer),
      value: z.instanceof(Buffer),
      headers: z.record(z.string(), z.union([z.instanceof(Buffer), z.array(z.instanceof(Buffer))])),
    }),
  ),
})

test('an idle connection runs no timer', () => {
  const queue = new RequestQueue({ maxInFlightRequests: 1 })
  queue.scheduleCheckPendingRequests()
  expect(queue.throttleCheckTimeoutId).toBeNull()
})

test('grouping 60,000 messages takes less than a second', () => {
  const messages = Array.from({ length: 60_000 }, (_, n) => ({ value: String(n) }))
  const started = performance.now()
  const groups = groupMessages({ topic: 't', partitionMetadata: [{}], messages, partitioner: () => 0 })
  // Tens of milliseconds; unpatched, several seconds.
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(JSON.stringify(groups)).toBe(JSON.stringify({ 0: messages }))
})

const TIMESTAMP = 1_790_000_000_000
/**
 * Keys, values and headers from one byte to 4,000, time and offset deltas of every size that a varint may
 * have.
 */
const inputs = Array.from({ length: 200 }, (_, n) => ({
  offsetDelta: n,
  timestampDelta: n % 3 === 0 ? n : 2 ** (n % 45),
  key: Buffer.from(`key ${n} 응모`),
  value: Buffer.alloc((n * n) % 4_001, n + 1),
  headers: {
    'message-id': String(n),
    repeated: ['a', 'b', `c ${n}`],
    ...(n % 2 === 0 && { 'event-type': 'x' }),
  },
}))

async function batchFrom(firstOffset: bigint): Promise<Buffer> {
  const { buffer } = encoded.parse(
    await encodeBatch({
      firstOffset,
      firstTimestamp: TIMESTAMP,
      maxTimestamp: TIMESTAMP + 2 ** 44,
      lastOffsetDelta: inputs.length - 1,
      records: inputs.map((input) => encodeRecord(input)),
    }),
  )
  return buffer
}

test('a batch has the bytes that unpatched kafkajs writes', async () => {
  const digest = createHash('sha256')
    .update(await batchFrom(7n))
    .digest('hex')
  expect(digest).toBe('ea7ca7b43e8c83789594ca05b0b4ecce729e46233ba70c4a1bb57a3b1690294f')
})

test.each([7n, 2n ** 53n - 100n, 2n ** 62n])(
  'records survive encoding and decoding, from offset %s',
  async (first) => {
    const { records } = decoded.parse(await decodeBatch(new Decoder(await batchFrom(first))))
    expect(records).toHaveLength(inputs.length)
    const comparable = records.map(({ offset, timestamp, key, value, headers }) => ({
      offset: BigInt(offset) - first,
      timestamp: Number(timestamp) - TIMESTAMP,
      key: key.toString('hex'),
      value: value.toString('hex'),
      headers: Object.entries(headers).map(([name, text]) => `${name}: ${text}`),
    }))
    for (const [n, { timestampDelta, key, value, headers }] of inputs.entries())
      expect(comparable[n]).toEqual({
        offset: BigInt(n),
        timestamp: timestampDelta,
        key: key.toString('hex'),
        value: value.toString('hex'),
        headers: Object.entries(headers).map(([name, text]) => `${name}: ${text}`),
      })
  },
)
