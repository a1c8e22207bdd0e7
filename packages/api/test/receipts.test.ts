import { isReceiptSignature, receiptText, verifyInclusion } from '@eungmo/draw/receipts'
import type { LockRecord } from '@eungmo/draw/records'
import { verifyDraw } from '@eungmo/draw/verify'
import { expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

async function enterOne(eventId: string, number: number) {
  const [entry] = await enterParticipants(api.anonymous, eventId, 1, number)
  if (!entry?.receipt) throw new Error('no receipt')
  return { ...entry, receipt: entry.receipt }
}

test('the 201 contains a receipt signed with the published key, and a later request returns it unchanged', async () => {
  const event = await createOpenEvent(owner)
  const { receipt, applicationNumber, phoneNumber } = await enterOne(event.id, 1)
  const page = await api.anonymous.events.getBySlug({ slug: event.slug })
  expect(isReceiptSignature(page.rules?.operatorKey ?? '', receipt)).toBe(true)
  expect(receipt.receipt).toMatchObject({ applicationNumber, rules: page.rules?.hash, visited: 0, n: 0 })
  const again = await api.anonymous.participations.receipt({
    eventId: event.id,
    applicationNumber,
    phoneNumber,
  })
  expect(again).toEqual(receipt)
})

test('a later visit creates another receipt under the rules of that moment', async () => {
  const event = await createOpenEvent(owner, { visitBonus: 1 })
  const { receipt, applicationNumber, phoneNumber } = await enterOne(event.id, 1)
  await owner.events.update({ eventId: event.id, alternateCount: 3 })
  const { items } = await owner.participants.list({ eventId: event.id, limit: 1 })
  await owner.participants.markVisit({ eventId: event.id, participantId: items[0]?.participantId ?? '' })
  const upgraded = await api.anonymous.participations.receipt({
    eventId: event.id,
    applicationNumber,
    phoneNumber,
  })
  const page = await api.anonymous.events.getBySlug({ slug: event.slug })
  expect(upgraded?.receipt).toMatchObject({ visited: 1, n: 1, rules: page.rules?.hash })
  expect(receipt.receipt.rules).not.toBe(page.rules?.hash)
  const check = await api.anonymous.participations.selfCheck({
    eventId: event.id,
    applicationNumber,
    phoneNumber,
  })
  expect(check).toMatchObject({ tickets: 2, outcome: 'waiting', inclusion: null, missing: false })
})

test('the self-check proves that the entry is in the locked list and shows the outcome after the announcement', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  const entered = []
  for (let number = 0; number < 5; number++) entered.push(await enterOne(event.id, number))
  const drawn = await owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false })
  if (!('winners' in drawn)) throw new Error('not drawn')
  const winner = drawn.winners[0]?.applicationNumber
  const transcript = await api.anonymous.draws.transcript({ drawLogId: drawn.drawLogId })
  const entries = await api.anonymous.draws.entries({ drawLogId: drawn.drawLogId })

  for (const { applicationNumber, phoneNumber, receipt } of entered) {
    const spelled = applicationNumber.toLowerCase().replace('-', ' ')
    const check = await api.anonymous.participations.selfCheck({
      eventId: event.id,
      applicationNumber: spelled,
      phoneNumber: phoneNumber.replaceAll('-', ''),
    })
    if (check.shows !== 'entry') throw new Error('only the status in the list')
    expect(check).toMatchObject({ outcome: 'waiting', tickets: 1, exclusionReason: 0 })
    if (!check.inclusion) throw new Error('no proof')
    const { lock, proof, drawLogId } = check.inclusion
    expect(drawLogId).toBe(drawn.drawLogId)
    expect(lock).toEqual(transcript.records.find(({ type }) => type === 'lock'))
    expect(verifyInclusion(proof, lock as unknown as LockRecord)).toMatchObject({ ok: true })
    const verification = verifyDraw(transcript, entries, { anchors: { receipt } })
    expect(verification).toMatchObject({ ok: true })

    const byReceipt = await api.anonymous.participations.selfCheck({
      eventId: event.id,
      receipt: receiptText(receipt),
      phoneNumber,
    })
    // The proof bears the time at which it was created.
    expect(byReceipt).toEqual({ ...check, salt: null, proof: expect.any(String) })
  }

  await api.sql`update events set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
    announcement_date = now() - interval '1 day' where id = ${event.id}`
  for (const { applicationNumber, phoneNumber } of entered) {
    const check = await api.anonymous.participations.selfCheck({
      eventId: event.id,
      applicationNumber,
      phoneNumber,
    })
    expect(check).toMatchObject(
      applicationNumber === winner
        ? { outcome: 'won', rank: 1, prize: '경품' }
        : { outcome: 'not-won', rank: null, prize: null },
    )
  }
})

test('a wrong pair gets 404 without naming the wrong half, and a changed receipt is rejected', async () => {
  const event = await createOpenEvent(owner)
  const { applicationNumber, receipt } = await enterOne(event.id, 1)
  const other = await enterOne(event.id, 2)
  for (const wrongNumber of [applicationNumber, 'AAAA-AAAA'])
    await expectApiError(
      api.anonymous.participations.selfCheck({
        eventId: event.id,
        applicationNumber: wrongNumber,
        phoneNumber: other.phoneNumber,
      }),
      'NOT_FOUND',
    )

  const forged = { ...receipt, receipt: { ...receipt.receipt, visited: 1 as const } }
  await expectApiError(
    api.anonymous.participations.selfCheck({ eventId: event.id, receipt: forged }),
    'VALIDATION_FAILED',
    { fields: [{ field: 'receipt' }] },
  )
})

test('an entry deleted from the database shows as missing to the holder of its receipt', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  const { receipt } = await enterOne(event.id, 1)
  await enterOne(event.id, 2)
  await api.sql`delete from participants where event_id = ${event.id} and entry_id = ${receipt.receipt.id}`
  await owner.draws.drawWinners({ eventId: event.id, winnerCount: 1, visitBonus: false })
  const check = await api.anonymous.participations.selfCheck({
    eventId: event.id,
    receipt: receiptText(receipt),
  })
  expect(check).toMatchObject({
    missing: true,
    inclusion: null,
    applicationNumber: receipt.receipt.applicationNumber,
  })
})

test('missing and malformed fields are reported by name', async () => {
  const event = await createOpenEvent(owner)
  const fields = async (input: object) => {
    const check = api.anonymous.participations.selfCheck({ eventId: event.id, ...input })
    return (await expectApiError(check, 'VALIDATION_FAILED')).details.fields
  }
  expect(await fields({})).toEqual([
    { field: 'applicationNumber', code: 'required' },
    { field: 'phoneNumber', code: 'required' },
  ])
  expect(await fields({ applicationNumber: 'K7M2-9QXF', phoneNumber: '12' })).toEqual([
    { field: 'phoneNumber', code: 'phone.invalid' },
  ])
  expect(await fields({ receipt: 'no receipt' })).toEqual([{ field: 'receipt', code: 'receipt.invalid' }])
})
