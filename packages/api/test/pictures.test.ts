import { beforeEach, describe, expect, test } from 'vitest'
import { contentVersion } from '../src/content-version.ts'
import { pause } from '../src/operator/pause.ts'
import { readOwnPicture, readPictureJpeg } from '../src/pictures/read-picture.ts'
import { setPicture } from '../src/pictures/set-picture.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const { publicReads } = api.dependencies

const bytes = (text: string) => new TextEncoder().encode(text)
/** The encoder has tests of its own. Here a picture is any bytes. */
const encode = async (upload: Uint8Array) => ({
  width: 1440,
  small: bytes('small'),
  large: upload,
  jpeg: bytes('jpeg'),
})

const set = (eventId: string, large = 'cake', altText = '딸기 케이크', member = members.owner) =>
  setPicture(api.contextOf(member), { eventId, altText, upload: bytes(large) }, encode)
const view = (large: string, altText = '딸기 케이크') => ({
  version: contentVersion(large),
  altText,
  width: 1440,
})

let event: Awaited<ReturnType<typeof createOpenEvent>>
beforeEach(async () => {
  event = await createOpenEvent(owner)
})
const onPage = async () => (await api.anonymous.events.getBySlug({ slug: event.slug })).picture
const read = (large: string, size: 'small' | 'large' = 'large') =>
  publicReads.picture({ slug: event.slug, version: contentVersion(large), size })

describe('the picture of an event', () => {
  test('shows on the entry page, to its shop, and in both sizes under its version', async () => {
    expect(await onPage()).toBeNull()
    await set(event.id)
    expect(await onPage()).toEqual(view('cake'))
    expect((await staff.events.getForOwner({ eventId: event.id })).picture).toEqual(view('cake'))
    expect([await read('cake'), await read('cake', 'small')]).toEqual([bytes('cake'), bytes('small')])
    expect(await readPictureJpeg(api.dependencies.db, event.id)).toEqual({
      ...view('cake'),
      jpeg: bytes('jpeg'),
    })
  })

  test('is replaced at once: the page has another version, and the earlier address shows nothing', async () => {
    await set(event.id)
    const page = await api.anonymous.events.getBySlug({ slug: event.slug })
    await read('cake')
    await set(event.id, 'bread', '소금빵')
    const next = await api.anonymous.events.getBySlug({ slug: event.slug })
    expect(next.picture).toEqual(view('bread', '소금빵'))
    expect(next.version).not.toBe(page.version)
    await expectApiError(read('cake'), 'NOT_FOUND')
    expect(await read('bread')).toEqual(bytes('bread'))
  })

  test('can be described in other words without another upload', async () => {
    await set(event.id)
    const words = { eventId: event.id, altText: ' 초를 꽂은 케이크 ', upload: null }
    await setPicture(api.contextOf(members.owner), words, encode)
    expect(await onPage()).toEqual(view('cake', '초를 꽂은 케이크'))
  })

  test('needs a file and a description of at most 120 characters', async () => {
    const context = api.contextOf(members.owner)
    const without = setPicture(context, { eventId: event.id, altText: '케이크', upload: null }, encode)
    await expectApiError(without, 'VALIDATION_FAILED', {
      fields: [{ field: 'picture', code: 'picture.required' }],
    })
    for (const altText of ['', '  ', '가'.repeat(121), '케이크\u202e'])
      await expectApiError(set(event.id, 'cake', altText), 'VALIDATION_FAILED', {
        fields: [{ field: 'altText', code: 'alt_text.length' }],
      })
    await set(event.id, 'cake', '가'.repeat(120))
  })

  test('is set and removed by owners of its shop only', async () => {
    await expectApiError(set(event.id, 'cake', '케이크', members.staff), 'FORBIDDEN')
    await expectApiError(set(event.id, 'cake', '케이크', members.stranger), 'NOT_FOUND')
    const anonymous = setPicture(
      api.contextOf(),
      { eventId: event.id, altText: '케이크', upload: bytes('cake') },
      encode,
    )
    await expectApiError(anonymous, 'UNAUTHENTICATED')
    await set(event.id)
    await expectApiError(staff.pictures.remove({ eventId: event.id }), 'FORBIDDEN')
    await expectApiError(stranger.pictures.remove({ eventId: event.id }), 'NOT_FOUND')
    await owner.pictures.remove({ eventId: event.id })
    await owner.pictures.remove({ eventId: event.id })
    expect(await onPage()).toBeNull()
    await expectApiError(read('cake'), 'NOT_FOUND')
  })

  test('is seen before publication by its shop only', async () => {
    const draft = await owner.events.create(eventInput())
    await set(draft.id)
    const picture = { eventId: draft.id, version: contentVersion('cake'), size: 'large' } as const
    expect((await staff.events.getPreview({ eventId: draft.id })).picture).toEqual(view('cake'))
    expect(await readOwnPicture(api.contextOf(members.staff), picture)).toEqual(bytes('cake'))
    await expectApiError(readOwnPicture(api.contextOf(members.stranger), picture), 'NOT_FOUND')
    await expectApiError(readOwnPicture(api.contextOf(), picture), 'UNAUTHENTICATED')
    const other = { ...picture, version: contentVersion('bread') }
    await expectApiError(readOwnPicture(api.contextOf(members.owner), other), 'NOT_FOUND')
    await expectApiError(publicReads.picture({ ...picture, slug: draft.slug }), 'NOT_FOUND')
    await owner.events.publish({ eventId: draft.id })
    expect(await publicReads.picture({ ...picture, slug: draft.slug })).toEqual(bytes('cake'))
  })

  test('is hidden from the public while the operator pauses the event', async () => {
    await set(event.id)
    await read('cake')
    await pause(api.dependencies.db, { target: event.id, reason: '확인하고 있어요' })
    expect(await onPage()).toBeNull()
    await expectApiError(read('cake'), 'NOT_FOUND')
    expect((await owner.events.getForOwner({ eventId: event.id })).picture).toEqual(view('cake'))
  })

  test('is no term: it changes once drawn, without a record in the chain', async () => {
    await enterParticipants(api.anonymous, event.id, 3)
    await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    await set(event.id)
    expect(await onPage()).toEqual(view('cake'))
    expect(await api.anonymous.draws.chain({ eventId: event.id })).toEqual(chain)
  })

  test('of an event that is cancelled while it is encoded is not stored', async () => {
    const cancelMeanwhile = async (upload: Uint8Array) => {
      await owner.events.cancel({ eventId: event.id })
      return encode(upload)
    }
    const upload = { eventId: event.id, altText: '케이크', upload: bytes('cake') }
    await expectApiError(setPicture(api.contextOf(members.owner), upload, cancelMeanwhile), 'CONFLICT', {
      reason: 'event-cancelled',
    })
    expect(await readPictureJpeg(api.dependencies.db, event.id)).toBeNull()
  })

  test('of a cancelled event can be removed, and no longer set', async () => {
    await set(event.id)
    await owner.events.cancel({ eventId: event.id })
    await expectApiError(set(event.id, 'bread'), 'CONFLICT', { reason: 'event-cancelled' })
    await owner.pictures.remove({ eventId: event.id })
    expect(await onPage()).toBeNull()
  })
})
