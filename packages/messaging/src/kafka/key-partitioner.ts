import type { PartitionerArgs } from 'kafkajs'

const MURMUR2_SEED = 0x9747b28c
const MURMUR2_MULTIPLIER = 0x5bd1e995

/**
 * The partition of a key as every other Kafka client chooses it: murmur2 of its UTF-8 bytes, without the sign
 * bit, modulo the topic's partitions. kafkajs's own partitioner returns the same with BigInt arithmetic,
 * which took a third of the time of a send.
 */
export function partitionOf(key: string | Uint8Array, partitions: number): number {
  return (murmur2(typeof key === 'string' ? Buffer.from(key) : key) & 0x7fffffff) % partitions
}

/** For kafkajs's `createPartitioner`. The partitioner throws a TypeError for a message without a key. */
export function keyPartitioner(): (args: PartitionerArgs) => number {
  return ({ partitionMetadata, message: { key } }) => {
    if (key === null || key === undefined) throw new TypeError('A message needs a key')
    return partitionOf(key, partitionMetadata.length)
  }
}

/** Austin Appleby's MurmurHash2 with Kafka's seed, as a signed 32-bit integer. */
function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length & ~3
  let hash = MURMUR2_SEED ^ bytes.length
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MURMUR2_MULTIPLIER)
    word = Math.imul(word ^ (word >>> 24), MURMUR2_MULTIPLIER)
    hash = Math.imul(hash, MURMUR2_MULTIPLIER) ^ word
  }
  const rest = bytes.length - whole
  if (rest > 0) {
    for (let at = rest - 1; at >= 0; at--) hash ^= view.getUint8(whole + at) << (8 * at)
    hash = Math.imul(hash, MURMUR2_MULTIPLIER)
  }
  hash = Math.imul(hash ^ (hash >>> 13), MURMUR2_MULTIPLIER)
  return hash ^ (hash >>> 15)
}
