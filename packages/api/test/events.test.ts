import { textHash } from '@eungmo/draw/records'
import { describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()

describe('creating an event', () => {
  test('a title, three dates and a winner count are enough', async () => {
    const event = await owner.events.create(eventInput({ winnerCount: 3 }))
    expect(event).toMatchObject({
      shopName: '링고베이커리',
      slug: expect.stringMatching(/^opeun-1junyeon-keikeu-jeungjeong/),
      story: '',
      winnerCount: 3,
      alternateCount: 0,
      visitBonus: null,
      prizes: [{ name: '경품', count: 3 }],
      status: 'draft',
      phase: 'draft',
      beacon: 'none',
      beaconDelay: 30,
      channels: [
        { entryPath: '우리동네TV', code: 'tv' },
        { entryPath: 'SNS', code: 'sns' },
        { entryPath: '링고비즈', code: 'lingobiz' },
      ],
    })
    const [store] = (await owner.channels.list({ eventId: event.id })).filter(({ kind }) => kind === 'store')
    expect(store).toMatchObject({ entryPath: '매장 방문', code: 'store' })
  })

  test('the prizes determine the winner count; custom channels get a code', async () => {
    const { winnerCount: _, ...input } = eventInput()
    const event = await owner.events.create({
      ...input,
      prizes: [
        { name: '케이크', count: 1 },
        { name: '커피', count: 4 },
      ],
      visitBonus: true,
      channels: [{ entryPath: '단골 카페' }, { entryPath: 'SNS' }],
    })
    expect(event).toMatchObject({ winnerCount: 5, visitBonus: 1 })
    expect(event.channels).toEqual([
      { entryPath: '단골 카페', code: 'dangol-kape' },
      { entryPath: 'SNS', code: 'sns' },
    ])
  })

  test.each([
    ['title', { title: ' ㄱ ' }],
    ['endsAt', { endsAt: inHours(-2) }],
    ['announcementDate', { announcementDate: inHours(1) }],
    ['startsAt', { startsAt: 'tomorrow' }],
    ['winnerCount', { winnerCount: 0 }],
    ['winnerCount', { winnerCount: 2, prizes: [{ name: '케이크', count: 3 }] }],
    ['prizes.0.name', { prizes: [{ name: ' ', count: 2 }] }],
    ['alternateCount', { winnerCount: 2, alternateCount: 9_999 }],
    ['visitBonus', { visitBonus: 101 }],
    ['beaconDelay', { beaconDelay: 14 }],
    ['channels.0.entryPath', { channels: [{ entryPath: '매장 방문' }] }],
    ['channels.1.entryPath', { channels: [{ entryPath: 'SNS' }, { entryPath: 'SNS' }] }],
  ])('a wrong %s is reported by name', async (field, wrong) => {
    const error = await expectApiError(owner.events.create(eventInput(wrong)), 'VALIDATION_FAILED')
    expect(error.details.fields?.map((fieldError) => fieldError.field)).toContain(field)
  })

  test('two events with the same title have different addresses', async () => {
    const [one, other] = [await owner.events.create(eventInput()), await owner.events.create(eventInput())]
    expect(one.slug).not.toBe(other.slug)
  })
})

describe('a draft', () => {
  test('is 404 for visitors and other shops, and a preview for its own shop', async () => {
    const { id, slug } = await owner.events.create(eventInput())
    for (const caller of [api.anonymous, stranger]) {
      await expectApiError(caller.events.get({ eventId: id }), 'NOT_FOUND')
      await expectApiError(caller.events.getBySlug({ slug }), 'NOT_FOUND')
      await expectApiError(caller.winners.public({ slug }), 'NOT_FOUND')
    }
    await expectApiError(staff.events.getBySlug({ slug }), 'NOT_FOUND')
    await expectApiError(stranger.events.getPreview({ eventId: id }), 'NOT_FOUND')
    const page = await staff.events.getPreview({ eventId: id })
    expect(page).toMatchObject({ slug, phase: 'draft', rules: null, consent: { version: 1 } })
    await expectApiError(enterParticipants(api.anonymous, id, 1), 'NOT_FOUND')
  })

  test('stays 404 for visitors when it is cancelled', async () => {
    const { id, slug } = await owner.events.create(eventInput())
    await owner.events.cancel({ eventId: id })
    await expectApiError(api.anonymous.events.get({ eventId: id }), 'NOT_FOUND')
    await expectApiError(api.anonymous.events.getBySlug({ slug }), 'NOT_FOUND')
  })

  test('can be changed in every field', async () => {
    const { id } = await owner.events.create(eventInput())
    const changed = await owner.events.update({
      eventId: id,
      title: '새 이름',
      winnerCount: 4,
      visitBonus: 2,
      beacon: 'quicknet',
      story: '이야기',
    })
    expect(changed).toMatchObject({
      title: '새 이름',
      winnerCount: 4,
      prizes: [{ name: '경품', count: 4 }],
      visitBonus: 2,
      beacon: 'quicknet',
      story: '이야기',
    })
    expect((await owner.events.update({ eventId: id, beacon: 'none' })).beacon).toBe('none')
  })
})

describe('publishing', () => {
  test('writes signed rules with the hash of the text that entrants read', async () => {
    const event = await createOpenEvent(owner, { visitBonus: 2, prizes: [{ name: '케이크', count: 2 }] })
    expect(event).toMatchObject({ status: 'published', phase: 'open' })
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    expect(chain.records).toHaveLength(1)
    expect(chain.records[0]).toMatchObject({
      type: 'rules',
      winnerCount: 2,
      visitBonus: 2,
      endsAt: event.endsAt,
      textHash: textHash(page.rules?.text ?? ''),
    })
    expect(page.rules).toMatchObject({ hash: chain.head, head: chain.head, amendments: [] })
    expect(page.rules?.text).toContain('케이크 2명')
    expect(chain.signatures[0]).toMatch(/^[0-9a-f]{128}$/)
    expect(page.consent.text.ko).toContain('링고베이커리')
    for (const word of ['이름', '전화번호', '당첨되지 않으면', '만 14세 이상', '다른 목적', '거부할 권리'])
      expect(page.consent.text.ko).toContain(word)
    expect(page.consent.text.en).toContain('You may decline')
  })

  test('works once, not after the end, and only for the owner', async () => {
    const event = await createOpenEvent(owner)
    await expectApiError(owner.events.publish({ eventId: event.id }), 'CONFLICT')
    const over = await owner.events.create(
      eventInput({ startsAt: inHours(-5), endsAt: inHours(-4), announcementDate: inHours(-3) }),
    )
    await expectApiError(owner.events.publish({ eventId: over.id }), 'VALIDATION_FAILED')
    await expectApiError(staff.events.publish({ eventId: over.id }), 'FORBIDDEN')
    await expectApiError(stranger.events.publish({ eventId: over.id }), 'NOT_FOUND')
    await expectApiError(api.anonymous.events.publish({ eventId: over.id }), 'UNAUTHENTICATED')
    await expectApiError(owner.events.publish({ eventId: Bun.randomUUIDv7() }), 'NOT_FOUND')
  })
})

describe('after publication', () => {
  test('changed terms become a record with the entries so far; a changed story does not', async () => {
    const event = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, event.id, 3)
    await owner.events.update({ eventId: event.id, story: '더 긴 이야기' })
    await owner.events.update({ eventId: event.id, winnerCount: 5 })
    await owner.events.update({ eventId: event.id, winnerCount: 5 })
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(page).toMatchObject({ winnerCount: 5, story: '더 긴 이야기' })
    expect(page.rules?.amendments).toMatchObject([{ entriesSoFar: 3, hash: page.rules?.hash }])
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    expect(chain.records).toHaveLength(2)
    expect(chain.texts.map(({ text }) => text.includes('당첨자 5명'))).toEqual([false, true])
  })

  test('another announcement date creates a new version of the consent text', async () => {
    const event = await createOpenEvent(owner)
    const before = await api.anonymous.events.getBySlug({ slug: event.slug })
    await owner.events.update({ eventId: event.id, announcementDate: inHours(500) })
    const after = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(after.consent.version).toBe(before.consent.version + 1)
    expect(after.consent.text.ko).not.toBe(before.consent.text.ko)
  })

  test('the phase follows the clock', async () => {
    const scheduled = await createOpenEvent(owner, { startsAt: inHours(1) })
    expect(scheduled.phase).toBe('scheduled')
    await expectApiError(enterParticipants(api.anonymous, scheduled.id, 1), 'EVENT_NOT_OPEN')
    const closed = await owner.events.update({
      eventId: scheduled.id,
      startsAt: inHours(-2),
      endsAt: inHours(-1),
    })
    expect(closed.phase).toBe('closed')
    await expectApiError(enterParticipants(api.anonymous, scheduled.id, 1), 'EVENT_CLOSED')
  })

  test('a link preselects its entry path; an unknown code, and 매장 방문 without its token, do not', async () => {
    const event = await createOpenEvent(owner)
    const open = (via: string, visitToken?: string) =>
      api.anonymous.events.getBySlug({ slug: event.slug, via, visitToken })
    expect(await open('sns')).toMatchObject({ chosenEntryPath: 'SNS', visit: false })
    expect(await open('nowhere')).toMatchObject({ chosenEntryPath: null, visit: false })
    expect(await open('store')).toMatchObject({ chosenEntryPath: null, visit: false })
    expect(await open('store', 'guess')).toMatchObject({ chosenEntryPath: null, visit: false })
    const [row] = await api.sql`select visit_token from events where id = ${event.id}`
    expect(await open('store', String(row?.visit_token))).toMatchObject({
      chosenEntryPath: '매장 방문',
      visit: true,
    })
  })

  test('an event can be cancelled until it is locked; after either its terms cannot change', async () => {
    const event = await createOpenEvent(owner)
    expect((await owner.events.cancel({ eventId: event.id })).status).toBe('cancelled')
    await expectApiError(enterParticipants(api.anonymous, event.id, 1), 'EVENT_CLOSED')
    await expectApiError(owner.events.update({ eventId: event.id, title: '다시' }), 'CONFLICT')

    const drawn = await createOpenEvent(owner, { winnerCount: 1 })
    await enterParticipants(api.anonymous, drawn.id, 1)
    await owner.draws.drawWinners({ eventId: drawn.id, winnerCount: 1, visitBonus: false })
    await expectApiError(owner.events.cancel({ eventId: drawn.id }), 'CONFLICT')
    await expectApiError(
      owner.events.update({ eventId: drawn.id, announcementDate: inHours(900) }),
      'CONFLICT',
      { reason: 'event-locked' },
    )
    expect((await owner.events.update({ eventId: drawn.id, story: '고맙습니다' })).story).toBe('고맙습니다')
  })
})

test('a shop sees only its own events', async () => {
  const event = await createOpenEvent(owner)
  expect((await owner.events.list()).map(({ id }) => id)).toContain(event.id)
  expect((await stranger.events.list()).map(({ id }) => id)).not.toContain(event.id)
  expect(await staff.events.getForOwner({ eventId: event.id })).toMatchObject({
    latestDraw: null,
  })
  await expectApiError(stranger.events.getForOwner({ eventId: event.id }), 'NOT_FOUND')
  await expectApiError(api.anonymous.events.list(), 'UNAUTHENTICATED')
})
