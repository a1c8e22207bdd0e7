import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { receiptText } from '@eungmo/draw/receipts'
import { verifyDraw } from '@eungmo/draw/verify'
import { afterAll, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()
const directory = mkdtempSync(join(tmpdir(), 'eungmo-cancelled-'))
afterAll(() => rmSync(directory, { recursive: true }))

const cli = join(import.meta.dirname, '../../draw/src/cli/main.ts')
const recordTypes = async (eventId: string) =>
  (await api.sql`select type from draw_records where event_id = ${eventId} order by seq`).map(
    ({ type }) => type,
  )

test('a cancellation is the last record of the chain, and the verifier and the command line show it', async () => {
  const event = await createOpenEvent(owner)
  const [entry] = await enterParticipants(api.anonymous, event.id, 1)
  if (!entry?.receipt) throw new Error('no receipt')
  await owner.events.cancel({ eventId: event.id })

  const transcript = await api.anonymous.draws.cancelledTranscript({ eventId: event.id })
  expect(transcript.records.map(({ type }) => type)).toEqual(['rules', 'cancel'])
  const verification = verifyDraw(transcript, [], { anchors: { receipt: entry.receipt } })
  expect(verification).toMatchObject({ ok: true, level: 'anchored', state: { cancelled: { seq: 1 } } })
  expect(verification.ok && verification.warnings.map(({ code }) => code)).toContain('cancelled')
  expect((await api.anonymous.draws.chain({ eventId: event.id })).head).toBe(transcript.head)

  const file = join(directory, 'transcript.json')
  const receipt = join(directory, 'receipt.json')
  writeFileSync(file, JSON.stringify((await api.rest('GET', `/events/${event.id}/transcript`)).body))
  writeFileSync(receipt, receiptText(entry.receipt))
  const { status, stdout } = spawnSync(process.execPath, [cli, 'verify', file, '--receipt', receipt], {
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([0, expect.stringContaining('VERIFIED: anchored')])
  expect(stdout).toContain('the event was cancelled at')
})

test('of two owners who cancel at once one gets 409, and the chain has one cancel record', async () => {
  const event = await createOpenEvent(owner)
  const results = await Promise.allSettled([1, 2].map(() => owner.events.cancel({ eventId: event.id })))
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await recordTypes(event.id)).toEqual(['rules', 'cancel'])
})

test('an event whose cancellation cannot be stored has no cancel record', async () => {
  const event = await createOpenEvent(owner)
  await api.sql.unsafe(`create function reject_cancellation() returns trigger language plpgsql as
      $$ begin raise exception 'not stored'; end $$;
    create trigger reject_cancellation before update on events for each row
      when (new.status = 'cancelled') execute function reject_cancellation()`)
  await expect(owner.events.cancel({ eventId: event.id })).rejects.toThrow()
  await api.sql`drop trigger reject_cancellation on events`
  expect(await recordTypes(event.id)).toEqual(['rules'])
  expect((await owner.events.get({ eventId: event.id })).status).toBe('published')
})

test('a cancelled draft has no chain, and nothing of it is public', async () => {
  const { id } = await owner.events.create(eventInput())
  await owner.events.cancel({ eventId: id })
  expect(await recordTypes(id)).toEqual([])
  await expectApiError(api.anonymous.draws.cancelledTranscript({ eventId: id }), 'NOT_FOUND')
})

test('an event that was not cancelled has no transcript of a cancellation', async () => {
  const { id } = await createOpenEvent(owner)
  await expectApiError(api.anonymous.draws.cancelledTranscript({ eventId: id }), 'NOT_FOUND')
})
