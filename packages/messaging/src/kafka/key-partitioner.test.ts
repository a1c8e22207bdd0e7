import fc from 'fast-check'
import { Partitioners } from 'kafkajs'
import { expect, it } from 'vitest'
import { keyPartitioner, partitionOf } from './key-partitioner.ts'

const metadata = (count: number) =>
  Array.from({ length: count }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 1,
    replicas: [1],
    isr: [1],
    offlineReplicas: [],
  }))

it('chooses the partition that kafkajs, and therefore every other client, chooses', () => {
  const theirs = Partitioners.DefaultPartitioner()
  const ours = keyPartitioner()
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array().map(Buffer.from)),
      fc.integer({ min: 1, max: 100 }),
      (key, count) => {
        const args = { topic: 't', partitionMetadata: metadata(count), message: { key, value: '' } }
        expect(ours(args)).toBe(theirs(args))
      },
    ),
    { numRuns: 2_000, seed: 11 },
  )
})

it('hashes a key as Kafka does', () => {
  // From Kafka's own test of Utils.murmur2: "foobar" hashes to -790332482.
  expect(partitionOf('foobar', 1_000_000)).toBe((-790332482 & 0x7fffffff) % 1_000_000)
})

it('throws for a message without a key', () => {
  const args = { topic: 't', partitionMetadata: metadata(6), message: { value: '' } }
  expect(() => keyPartitioner()(args)).toThrow(TypeError)
})
