import { expect, test } from 'vitest'
import { drawNow } from './support/draws.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()
const { publicReads } = api.dependencies

const WITHDRAWALS = 1_700
/** 500 records of less than 500 characters. */
const MAX_PIECE_LENGTH = 250_000

async function drawnEvent() {
  const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 3 })
  await enterParticipants(api.anonymous, event.id, 8)
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
  return { eventId: event.id, drawLogId }
}

const announce = (eventId: string) => api.sql`
  update events set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
    announcement_date = now() - interval '1 day' where id = ${eventId}`

test('a chain of some thousand records is read in pieces, which together are the stored records', async () => {
  const { eventId, drawLogId } = await drawnEvent()
  await api.sql`
    insert into draw_records (event_id, seq, type, record, hash, signature)
    select ${eventId}, r.seq + n, 'withdraw', jsonb_build_object('seq', r.seq + n, 'filler', repeat('x', 300))::text,
      sha256(convert_to(n::text, 'UTF8')), r.signature
    from (select seq, signature from draw_records where event_id = ${eventId} order by seq desc limit 1) r,
      generate_series(1, ${WITHDRAWALS}) n`
  const rows = await api.sql<{ record: string; signature: string; hash: string }[]>`
    select record, encode(signature, 'hex') as signature, encode(hash, 'hex') as hash
    from draw_records where event_id = ${eventId} order by seq`
  const expected = {
    v: 'eungmo-draw/1',
    records: rows.map(({ record }) => JSON.parse(record)),
    signatures: rows.map(({ signature }) => signature),
    head: rows.at(-1)?.hash,
  }
  for (const read of [publicReads.chain(eventId), publicReads.transcript(drawLogId)]) {
    const pieces = await Array.fromAsync((await read).chunks())
    expect(pieces.length).toBeGreaterThan(2 * (WITHDRAWALS / 500))
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(MAX_PIECE_LENGTH)
    expect(JSON.parse(pieces.join(''))).toMatchObject(expected)
  }
})

test('a chain that grows while it is read ends where it ended when the read began', async () => {
  const { eventId, drawLogId } = await drawnEvent()
  const { length } = (await api.anonymous.draws.chain({ eventId })).records
  const before = await publicReads.chain(eventId)
  const pieces = before.chunks()
  const first = await pieces.next()
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
  const text = first.value + (await Array.fromAsync(pieces)).join('')
  const { records, head } = JSON.parse(text)
  expect(before.version).toBe(`chain-${head}`)
  expect(records).toHaveLength(length)
  expect((await publicReads.chain(eventId)).version).not.toBe(before.version)
})

test('the version of a transcript changes with each record, the announcement and the destruction of personal data', async () => {
  const { eventId, drawLogId } = await drawnEvent()
  const versions = new Set<string>()
  const addVersion = async () => versions.add((await publicReads.transcript(drawLogId)).version)
  await addVersion()
  await addVersion()
  expect(versions.size).toBe(1)
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
  await addVersion()
  await announce(eventId)
  await addVersion()
  await api.sql`update participants set name = null, phone_number = null, application_number = null
    where event_id = ${eventId} and id = (
      select participant_id from draw_winners where event_id = ${eventId} and slot = 2 limit 1)`
  await addVersion()
  expect(versions.size).toBe(4)
})

test('the summary of a draw shows the first winners, and changes with a redraw', async () => {
  const { eventId, drawLogId } = await drawnEvent()
  const early = await api.anonymous.draws.summary({ drawLogId })
  expect(early).toMatchObject({
    eventId,
    rules: { winnerCount: 2 },
    attempts: [{ attempt: 1, entryCount: 8 }],
  })
  expect(early.winners).toEqual([
    { slot: 1, applicationNumber: null },
    { slot: 2, applicationNumber: null },
  ])
  await announce(eventId)
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
  const { openings, head } = await api.anonymous.draws.transcript({ drawLogId })
  const later = await api.anonymous.draws.summary({ drawLogId })
  expect(later.head).toBe(head)
  expect(later.version).not.toBe(early.version)
  const numbers = openings.map(({ applicationNumber }) => applicationNumber)
  for (const { applicationNumber } of later.winners) expect(numbers).toContain(applicationNumber)
})

test('the summary of a draw has replacements from the announcement until the destruction, in neutral words', async () => {
  const { eventId, drawLogId } = await drawnEvent()
  await owner.draws.redraw({ drawLogId, ranks: [2], reason: '부정 응모' })
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'withdrawn' })
  const summary = () => api.anonymous.draws.summary({ drawLogId })
  const hidden = { replacements: [], replacementTotal: 0 }
  expect(await summary()).toMatchObject({ isAnnounced: false, isDestroyed: false, ...hidden })
  await announce(eventId)
  const announced = await summary()
  expect(announced).toMatchObject({ isAnnounced: true, winnerTotal: 2, replacementTotal: 2 })
  expect(announced.replacements).toMatchObject([
    { slot: 1, reason: 'declined' },
    { slot: 2, reason: 'ineligible' },
  ])
  expect(announced.winners.every(({ applicationNumber }) => applicationNumber !== null)).toBe(true)
  const { slug } = await api.anonymous.events.get({ eventId })
  const { withdrawn } = await api.anonymous.winners.public({ slug })
  expect(withdrawn.map(({ reason }) => reason)).toEqual(['declined', 'ineligible'])

  await api.sql`update consent_texts set winners_until = now() - interval '1 second' where event_id = ${eventId}`
  const due = await summary()
  expect(due).toMatchObject({ isDestroyed: true, winnerTotal: 2, ...hidden })
  expect(due.winners.every(({ applicationNumber }) => applicationNumber === null)).toBe(true)
})

test('a published event is stored by caches until something changes, and a draft by none', async () => {
  const draft = await owner.events.create(eventInput())
  const get = (headers: Record<string, string> = {}) =>
    api.rest('GET', `/events/${draft.id}`, { viewer: members.owner, headers })
  const before = await get()
  expect(before.headers.get('cache-control')).toBe('private, no-store')

  await owner.events.publish({ eventId: draft.id })
  const published = await get()
  expect(published.headers.get('cache-control')).toBe('public, no-cache')
  expect(published.body).toEqual(await api.anonymous.events.get({ eventId: draft.id }))
  const stored = { 'if-none-match': published.headers.get('etag') ?? '' }
  expect((await get(stored)).status).toBe(304)

  await owner.events.update({ eventId: draft.id, title: '이름을 바꾼 이벤트' })
  const changed = await get(stored)
  expect(changed.status).toBe(200)
  expect(changed.body.title).toBe('이름을 바꾼 이벤트')
})
