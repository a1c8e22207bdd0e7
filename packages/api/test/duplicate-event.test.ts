import { upsertPicture } from '@eungmo/db/queries/event-pictures'
import { expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const everything = {
  story: '첫째 줄\n둘째 줄',
  prizes: [
    { name: '노트북', count: 1, valueWon: 900_000, ownerPaysTax: true, isDelivered: true },
    { name: '커피', count: 3, valueWon: null, ownerPaysTax: false, isDelivered: false },
  ],
  winnerCount: 4,
  alternateCount: 6,
  visitBonus: 3,
  claimDays: 9,
  sitOutMonths: 2,
  drawsAutomatically: true,
  asksMarketing: true,
  beaconDelay: 45,
  channels: [{ entryPath: '전단지', code: 'flyer' }, { entryPath: 'SNS' }, { entryPath: '옛 경로' }],
}

async function visitTokenOf(eventId: string): Promise<string> {
  const [row] = await api.sql`select visit_token from events where id = ${eventId}`
  return String(row?.visit_token)
}

test('a copy has title, story, prizes and settings of its event, and starts when it is published', async () => {
  const source = await createOpenEvent(owner, everything)
  const copy = await owner.events.duplicate({ eventId: source.id })
  const same = [
    'title',
    'story',
    'prizes',
    'winnerCount',
    'alternateCount',
    'visitBonus',
    'claimDays',
    'sitOutMonths',
    'drawsAutomatically',
    'asksMarketing',
    'beacon',
    'beaconDelay',
    'channels',
  ] as const
  for (const field of same) expect(copy[field], field).toEqual(source[field])
  expect(copy).toMatchObject({ status: 'draft', startsAtPublication: true })
  expect(copy.id).not.toBe(source.id)
  expect(copy.slug).not.toBe(source.slug)
  expect(await visitTokenOf(copy.id)).not.toBe(await visitTokenOf(source.id))
  expect((await owner.events.publish({ eventId: copy.id })).phase).toBe('open')
})

test('every column of an event is either copied or set for the copy', async () => {
  const source = await createOpenEvent(owner, { ...everything, startsAt: inHours(-72) })
  const copy = await owner.events.duplicate({ eventId: source.id })
  const rows = await api.sql`select * from events where id in ${api.sql([source.id, copy.id])}`
  const [before, after] = [source, copy].map(({ id }) => rows.find((row) => row.id === id) ?? {})
  const different = Object.keys(before ?? {}).filter(
    (column) => JSON.stringify(before?.[column]) !== JSON.stringify(after?.[column]),
  )
  expect(different.sort()).toEqual([
    'announcement_date',
    'consent_version',
    'created_at',
    'ends_at',
    'id',
    'marketing_version',
    'published_at',
    'rules_seq',
    'seed_ciphertext',
    'slug',
    'starts_at',
    'starts_at_publication',
    'status',
    'updated_at',
    'visit_token',
  ])
})

test('a copy lasts as many days as its event, to the same time of day, and is announced as long after', async () => {
  const source = await owner.events.create(
    eventInput({
      startsAt: '2026-01-03T10:00:00+09:00',
      endsAt: '2026-01-17T21:00:00+09:00',
      announcementDate: '2026-01-18T14:00:00+09:00',
    }),
  )
  const copy = await owner.events.duplicate({ eventId: source.id })
  const [row] = await api.sql`select
    to_char(ends_at at time zone 'Asia/Seoul', 'HH24:MI:SS') as closes,
    (ends_at at time zone 'Asia/Seoul')::date - (starts_at at time zone 'Asia/Seoul')::date as days,
    extract(epoch from announcement_date - ends_at) / 3600 as hours,
    clock_timestamp() - starts_at < interval '1 minute' as "startsNow"
    from events where id = ${copy.id}`
  expect(row).toMatchObject({ closes: '21:00:00', days: 14, startsNow: true })
  expect(Number(row?.hours)).toBe(17)
})

test('entry paths keep their codes, archived ones are left out, and an archived 매장 방문 stays archived', async () => {
  const source = await createOpenEvent(owner, everything)
  const archive = (entryPath: string) => owner.channels.archive({ eventId: source.id, entryPath })
  await archive('옛 경로')
  const codes = async () => {
    const { id } = await owner.events.duplicate({ eventId: source.id })
    const channels = await owner.channels.list({ eventId: id })
    return channels.map(({ code, kind, archived, entries }) => ({ code, kind, archived, entries }))
  }
  const link = { kind: 'link', archived: false, entries: 0 }
  const store = { code: 'store', kind: 'store', entries: 0 }
  expect(await codes()).toEqual([
    { ...link, code: 'flyer' },
    { ...link, code: 'sns' },
    { ...store, archived: false },
  ])
  await archive('매장 방문')
  expect((await codes()).at(-1)).toEqual({ ...store, archived: true })
})

test('the picture is copied, and is no longer bound to that of its event', async () => {
  const source = await createOpenEvent(owner)
  const bytes = new Uint8Array([1, 2, 3])
  const picture = { version: 'v1', altText: '케이크', width: 400, small: bytes, large: bytes, jpeg: bytes }
  await upsertPicture(api.dependencies.db, { eventId: source.id, ...picture })
  const copy = await owner.events.duplicate({ eventId: source.id })
  await owner.pictures.remove({ eventId: source.id })
  const [row] = await api.sql`select alt_text, width, large from event_pictures where event_id = ${copy.id}`
  expect(row).toMatchObject({ alt_text: '케이크', width: 400 })
  expect(new Uint8Array(row?.large)).toEqual(bytes)
})

test('an event in every phase can be duplicated, and nothing of its entrants is', async () => {
  const draft = await owner.events.create(eventInput())
  const scheduled = await createOpenEvent(owner, { startsAt: inHours(1) })
  const cancelled = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, cancelled.id, 2)
  await owner.events.cancel({ eventId: cancelled.id })
  const drawn = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, drawn.id, 3)
  await owner.draws.drawWinners({ eventId: drawn.id, winnerCount: 1, visitBonus: false })
  for (const source of [draft, scheduled, cancelled, drawn]) {
    const copy = await owner.events.duplicate({ eventId: source.id })
    expect(copy.status).toBe('draft')
    const [row] = await api.sql`select
      (select count(*)::int from participants where event_id = ${copy.id}) as entries,
      (select count(*)::int from draw_records where event_id = ${copy.id}) as records,
      (select count(*)::int from consent_texts where event_id = ${copy.id}) as texts`
    expect(row).toMatchObject({ entries: 0, records: 0, texts: 0 })
    await owner.events.publish({ eventId: copy.id })
    await enterParticipants(api.anonymous, copy.id, 2)
  }
})

test('a press that is repeated with its submission id creates one draft, also at the same moment', async () => {
  const source = await createOpenEvent(owner)
  const duplicate = (submissionId: string) => owner.events.duplicate({ eventId: source.id, submissionId })
  const one = crypto.randomUUID()
  const copies = await Promise.all([duplicate(one), duplicate(one), duplicate(one.toUpperCase())])
  expect(new Set(copies.map(({ id }) => id)).size).toBe(1)
  expect((await duplicate(one)).id).toBe(copies[0]?.id)
  expect((await duplicate(crypto.randomUUID())).id).not.toBe(copies[0]?.id)
})

test('only owners of the event’s shop duplicate it', async () => {
  const { id: eventId } = await createOpenEvent(owner)
  const submissionId = crypto.randomUUID()
  await expectApiError(staff.events.duplicate({ eventId, submissionId }), 'FORBIDDEN')
  await expectApiError(stranger.events.duplicate({ eventId, submissionId }), 'NOT_FOUND')
  await expectApiError(api.anonymous.events.duplicate({ eventId, submissionId }), 'UNAUTHENTICATED')
})

test('an event whose copy would end after the year 9999 is not duplicated', async () => {
  const source = await owner.events.create(
    eventInput({ endsAt: '9999-01-01T00:00:00Z', announcementDate: '9999-12-30T00:00:00Z' }),
  )
  await owner.events.duplicate({ eventId: source.id })
  const { id: eventId } = await owner.events.create(
    eventInput({
      startsAt: '1500-01-01T00:00:00Z',
      endsAt: '9999-01-01T00:00:00Z',
      announcementDate: '9999-12-30T00:00:00Z',
    }),
  )
  await expectApiError(owner.events.duplicate({ eventId }), 'VALIDATION_FAILED')
})

test('an event with a channel from before its code was reserved is duplicated, with a new code for it', async () => {
  const source = await createOpenEvent(owner, { channels: [{ entryPath: 'Share', code: 'old' }] })
  await api.sql`update channels set code = 'share' where event_id = ${source.id} and code = 'old'`
  const copy = await owner.events.duplicate({ eventId: source.id })
  expect(copy.channels).toEqual([{ entryPath: 'Share', code: 'share-2' }])
})
