import { describe, expect, it } from 'vitest'
import { EventFixture, FIVE_ENTRIES, TEST_CHAIN } from '../test/event-fixture.ts'
import { verifyDraw } from './verify.ts'

describe('verifyDraw', () => {
  it('accepts two attempts with a promoted alternate between them', () => {
    const event = new EventFixture({}).lock().result().withdraw(1).withdraw(2, 'declined').lock().result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES)
    expect(verification).toMatchObject({ ok: true, level: 'consistent' })
  })
  it('accepts quicknet', () => {
    const event = new EventFixture({ rules: { beacon: 'quicknet' } })
      .lock()
      .result()
      .withdraw(1)
      .withdraw(2, 'declined')
      .lock()
      .result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES, { chain: TEST_CHAIN })
    expect(verification).toMatchObject({ ok: true, level: 'consistent' })
  })
})
