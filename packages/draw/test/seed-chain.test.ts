import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CHAIN_LENGTH, createSeedChain, opensCommitment } from '../src/records/seed-chain.ts'
import { EVENT_ID, LAST_SECRET } from './support/event-fixture.ts'

describe('createSeedChain', () => {
  it('returns the frozen chain of length 2', () => {
    const chain = createSeedChain(EVENT_ID, LAST_SECRET, 2)
    expect(chain.commitment).toBe('f07108d3b001fe800a336f09ed0b0bcf1512a5cb27ebf3f6efd654260c2b9a8d')
    expect(chain.secretFor(1)).toBe('4562fc3d65f6e01a9ea1f5defa6fa2c9f9ced681e018b007bc996a7a124d6382')
    expect(chain.secretFor(2)).toBe(Buffer.from(LAST_SECRET).toString('hex'))
  })

  it('hashes tag, event and secret, 256 times by default', () => {
    const chain = createSeedChain(EVENT_ID, LAST_SECRET)
    let secret: Buffer = Buffer.from(LAST_SECRET)
    for (let attempt = CHAIN_LENGTH; attempt > 0; attempt--) {
      expect(chain.secretFor(attempt)).toBe(secret.toString('hex'))
      const preimage = [`eungmo-draw/1 chain\0${String.fromCharCode(EVENT_ID.length)}${EVENT_ID}`]
      secret = createHash('sha256').update(preimage.join('')).update(secret).digest()
    }
    expect(chain.commitment).toBe(secret.toString('hex'))
    expect(chain.length).toBe(256)
  })

  it('opens each commitment with the next secret only, and for its own event only', () => {
    const chain = createSeedChain(EVENT_ID, LAST_SECRET, 3)
    expect(opensCommitment(EVENT_ID, chain.commitment, chain.secretFor(1))).toBe(true)
    expect(opensCommitment(EVENT_ID, chain.secretFor(1), chain.secretFor(2))).toBe(true)
    expect(opensCommitment(EVENT_ID, chain.commitment, chain.secretFor(2))).toBe(false)
    expect(opensCommitment('another', chain.commitment, chain.secretFor(1))).toBe(false)
  })

  it('has no secret for attempt 0 or beyond its length', () => {
    const chain = createSeedChain(EVENT_ID, LAST_SECRET, 2)
    for (const attempt of [0, 3, -1, 1.5])
      expect(() => chain.secretFor(attempt)).toThrow(`no secret for attempt ${attempt}`)
  })

  it('still has its secret when the caller wipes the bytes', () => {
    const bytes = LAST_SECRET.slice()
    const chain = createSeedChain(EVENT_ID, bytes, 1)
    const before = chain.secretFor(1)
    bytes.fill(0)
    expect(chain.secretFor(1)).toBe(before)
  })

  it('rejects other lengths', () => {
    expect(() => createSeedChain(EVENT_ID, new Uint8Array(31))).toThrow('lastSecret must have 32 bytes')
    for (const length of [0, 257, 1.5])
      expect(() => createSeedChain(EVENT_ID, LAST_SECRET, length)).toThrow(RangeError)
    expect(() => createSeedChain('', LAST_SECRET)).toThrow('eventId must have 1 to 64 characters')
  })
})
