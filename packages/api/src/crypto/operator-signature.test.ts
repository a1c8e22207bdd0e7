import { signReceipt } from '@eungmo/draw/receipts'
import { expect, test } from 'vitest'
import { signReceiptNatively } from './operator-signature.ts'

test('the platform signs a receipt to the same bytes as the portable code', () => {
  for (let number = 0; number < 20; number++) {
    const secret = new Uint8Array(32).fill(number)
    const fields = {
      eventId: '0190a6f0-0000-7000-8000-000000000001',
      rules: '0a'.repeat(32),
      id: 'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
      applicationNumber: 'K7M2-9QXA',
      salt: '09'.repeat(16),
      visited: 1 as const,
      n: number,
      at: '2026-12-20T09:00:00.000Z',
    }
    expect(signReceiptNatively(secret, fields)).toEqual(signReceipt(secret, fields))
  }
})
