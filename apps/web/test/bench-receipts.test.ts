import { signReceipt } from '@eungmo/draw/receipts'
import { operatorKeyOf } from '@eungmo/draw/records'
import { describe, expect, test } from 'vitest'
import { checkDonePage, checkRestReceipt } from '../bench/http/receipts.ts'

const operator = new Uint8Array(32).fill(7)
const key = operatorKeyOf(operator)
const eventId = '0190a6f0-0000-7000-8000-000000000001'
const applicationNumber = 'K7M2-9QXF'
const signed = signReceipt(operator, {
  eventId,
  rules: 'ab'.repeat(32),
  id: 'mfJnsaApbFNLHDEMucb5KHDS0qBkMuu4if52IHZRJ3w',
  applicationNumber,
  person: '75e2006186b9ea10ec6f17995c684a73cc9b4c78876589067781c36d08ba2a3e',
  visited: 0,
  n: 0,
  at: '2026-03-01T09:00:00.000Z',
})
const forged = {
  ...signed,
  signature: signed.signature.replace(/^../, (hex) => (hex === '00' ? '01' : '00')),
}

/** Checks the done page that shows `text` as it stands in HTML. */
async function checkPage(text: string): Promise<void> {
  const page = `<textarea>${text.replaceAll('"', '&quot;')}</textarea>`
  const server = Bun.serve({ port: 0, fetch: () => new Response(page) })
  const sample = JSON.stringify({ location: '/e/demo/done', cookie: 'eungmo_done=1' })
  try {
    await checkDonePage(server.url.href, key, eventId, sample)
  } finally {
    await server.stop(true)
  }
}

describe('the bench over HTTP', () => {
  test('accepts a receipt that the operator signed for the entry', async () => {
    expect(() =>
      checkRestReceipt(key, eventId, JSON.stringify({ applicationNumber, receipt: signed })),
    ).not.toThrow()
    await expect(checkPage(JSON.stringify(signed))).resolves.toBeUndefined()
  })

  test('stops at a response without a receipt', async () => {
    expect(() => checkRestReceipt(key, eventId, JSON.stringify({ applicationNumber }))).toThrow('receipt')
    await expect(checkPage('')).rejects.toThrow('no receipt on /e/demo/done')
  })

  test('stops at a wrong signature', async () => {
    const body = JSON.stringify({ applicationNumber, receipt: forged })
    expect(() => checkRestReceipt(key, eventId, body)).toThrow('The signature is wrong')
    await expect(checkPage(JSON.stringify(forged))).rejects.toThrow('The signature is wrong')
  })

  test('stops at the receipt of another entry', () => {
    const body = JSON.stringify({ applicationNumber: 'OTHER', receipt: signed })
    expect(() => checkRestReceipt(key, eventId, body)).toThrow('another entry')
  })
})
