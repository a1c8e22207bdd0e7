import { describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, staff, stranger },
} = await startTwoShops()

describe('channels', () => {
  test('have links that carry their code; the in-store link carries a token', async () => {
    const event = await createOpenEvent(api.as(owner))
    const channels = await api.as(staff).channels.list({ eventId: event.id })
    expect(channels.map(({ entryPath, kind }) => [entryPath, kind])).toEqual([
      ['우리동네TV', 'link'],
      ['SNS', 'link'],
      ['링고비즈', 'link'],
      ['매장 방문', 'store'],
    ])
    const sns = new URL(channels[1]?.link ?? '')
    expect([sns.origin, sns.searchParams.get('via'), sns.searchParams.get('t')]).toEqual([
      'https://eungmo.example',
      'sns',
      null,
    ])
    const store = new URL(channels[3]?.link ?? '')
    expect(store.searchParams.get('via')).toBe('store')
    expect(store.searchParams.get('t')?.length).toBeGreaterThan(16)
  })

  test('can be added, archived and restored', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels, participations } = api.as(owner)
    const added = await channels.create({ eventId, entryPath: '동네 게시판' })
    expect(added).toMatchObject({ entryPath: '동네 게시판', kind: 'link', archived: false, entries: 0 })
    await participations.register(entryInput(eventId, 1, { entryPath: '동네 게시판' }))
    await channels.archive({ eventId, entryPath: '동네 게시판' })
    const entering = participations.register(entryInput(eventId, 2, { entryPath: '동네 게시판' }))
    await expectApiError(entering, 'VALIDATION_FAILED', { fields: [{ code: 'entry_path.unknown' }] })
    const back = await channels.archive({ eventId, entryPath: '동네 게시판', archived: false })
    expect(back).toMatchObject({ archived: false, entries: 1, link: added.link })
    await participations.register(entryInput(eventId, 2, { entryPath: '동네 게시판' }))
  })

  test('keep their link when renamed, and cannot be renamed once they have entries', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels, participations } = api.as(owner)
    const [before] = await channels.list({ eventId })
    const renamed = await channels.rename({ eventId, entryPath: '우리동네TV', newEntryPath: '마을 방송' })
    expect(renamed).toMatchObject({ entryPath: '마을 방송', link: before?.link })
    await participations.register(entryInput(eventId, 1, { entryPath: '마을 방송' }))
    const again = channels.rename({ eventId, entryPath: '마을 방송', newEntryPath: '방송' })
    await expectApiError(again, 'CONFLICT', { reason: 'channel-has-entries' })
  })

  test('reject names that are taken, reserved for 매장 방문, or empty; the last one cannot be archived', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels } = api.as(owner)
    await expectApiError(channels.create({ eventId, entryPath: 'SNS' }), 'CONFLICT', {
      reason: 'channel-exists',
    })
    await expectApiError(channels.create({ eventId, entryPath: '매장 방문' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'channel.reserved' }],
    })
    await expectApiError(channels.create({ eventId, entryPath: ' ' }), 'VALIDATION_FAILED', {
      fields: [{ code: 'channel.name' }],
    })
    const taken = channels.rename({ eventId, entryPath: 'SNS', newEntryPath: '링고비즈' })
    await expectApiError(taken, 'CONFLICT', { reason: 'channel-exists' })
    const store = channels.rename({ eventId, entryPath: '매장 방문', newEntryPath: '방문' })
    await expectApiError(store, 'NOT_FOUND')
    await channels.archive({ eventId, entryPath: 'SNS' })
    await channels.archive({ eventId, entryPath: '링고비즈' })
    await expectApiError(channels.archive({ eventId, entryPath: '우리동네TV' }), 'CONFLICT', {
      reason: 'last-channel',
    })
  })

  test('no new channel gets the code of shared links, whatever its name', async () => {
    const { channels, events } = api.as(owner)
    const input = eventInput({ channels: [{ entryPath: 'Share' }] })
    const { id: eventId } = await events.create(input)
    await channels.create({ eventId, entryPath: 'share' })
    const codes = (await channels.list({ eventId })).map(({ code }) => code)
    expect(codes).toEqual(['share-2', 'store', 'share-3'])
    const chosen = events.create(eventInput({ channels: [{ entryPath: '친구', code: 'share' }] }))
    await expectApiError(chosen, 'VALIDATION_FAILED', {
      fields: [{ field: 'channels.0.code', code: 'channel.reserved' }],
    })
  })

  test('a renewed in-store link invalidates the older one', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const { channels, participations } = api.as(owner)
    const tokenOf = (link: string) => new URL(link).searchParams.get('t') ?? ''
    const older = tokenOf((await channels.list({ eventId })).at(-1)?.link ?? '')
    const newer = tokenOf((await channels.renewVisitToken({ eventId })).link)
    expect(newer).not.toBe(older)
    const visit = (n: number, visitToken: string) =>
      participations.register(entryInput(eventId, n, { entryPath: undefined, visitToken }))
    await expectApiError(visit(1, older), 'VALIDATION_FAILED', { fields: [{ code: 'visit_token.invalid' }] })
    await visit(2, newer)
    expect((await channels.list({ eventId })).at(-1)).toMatchObject({ entryPath: '매장 방문', entries: 1 })
  })

  test('are changed only by the owner', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    for (const [viewer, code] of [
      [staff, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
      [{ kind: 'anonymous' }, 'UNAUTHENTICATED'],
    ] as const) {
      const { channels } = api.as(viewer)
      await expectApiError(channels.create({ eventId, entryPath: '새 경로' }), code)
      await expectApiError(channels.renewVisitToken({ eventId }), code)
    }
    await expectApiError(api.as(stranger).channels.list({ eventId }), 'NOT_FOUND')
  })
})
