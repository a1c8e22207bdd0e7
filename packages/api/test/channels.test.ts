import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { toErrorResponse } from '../src/errors/error-response.ts'
import { type ApiFixture, startApi } from './support/api-fixture.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { eventInput } from './support/sample-events.ts'

let api: ApiFixture

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
})
afterAll(() => api.close())

/** As many as a form can show. */
const MAX_CHANNELS = 30

const inputWith = (channels: number) =>
  eventInput({ channels: Array.from({ length: channels }, (_, n) => ({ entryPath: `경로 ${n + 1}` })) })

test(`an event takes ${MAX_CHANNELS} channels; one more gets 409 in the caller's language`, async () => {
  const owner = api.as((await api.createShop()).owner)
  const { id: eventId } = await owner.events.create(inputWith(MAX_CHANNELS))
  const oneMore = owner.channels.create({ eventId, entryPath: '하나 더' })
  const error = await expectApiError(oneMore, 'CONFLICT', { reason: 'too-many-channels' })
  expect(toErrorResponse(error, 'ko')).toMatchObject({
    status: 409,
    body: { message: '참여경로를 더 만들 수 없어요' },
  })
  expect(toErrorResponse(error, 'en').body.message).toBe('There are too many entry paths already')
})

test('an event cannot be created with more channels than that', async () => {
  const owner = api.as((await api.createShop()).owner)
  const tooMany = owner.events.create(inputWith(MAX_CHANNELS + 1))
  await expectApiError(tooMany, 'VALIDATION_FAILED', { fields: [{ field: 'channels' }] })
})

test('매장 방문 does not count as one of them', async () => {
  const owner = api.as((await api.createShop()).owner)
  const { id: eventId } = await owner.events.create(inputWith(MAX_CHANNELS - 1))
  await owner.channels.create({ eventId, entryPath: '마지막' })
  const oneMore = owner.channels.create({ eventId, entryPath: '하나 더' })
  await expectApiError(oneMore, 'CONFLICT', { reason: 'too-many-channels' })
})
