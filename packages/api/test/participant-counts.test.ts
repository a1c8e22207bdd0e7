import { rebuildAnalytics } from '@eungmo/db/queries/analytics-rebuild'
import { expect, test } from 'vitest'
import { DAY_MS } from '../src/seoul-time.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants, registration } from './support/sample-entries.ts'
import { createOpenEvent, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const seoulDay = (at: number) => new Date(at).toLocaleDateString('sv', { timeZone: 'Asia/Seoul' })

test('the filters of a list show how many participants each lets through', async () => {
  const { id: eventId } = await createOpenEvent(owner, { startsAt: inHours(-72), winnerCount: 2 })
  const [first] = await enterParticipants(api.anonymous, eventId, 4)
  const dayBefore = Date.now() - DAY_MS
  const { participantId } = await api.dependencies.registrar.register({
    ...registration(eventId, 90),
    entryPath: '링고비즈',
    idTime: new Date(dayBefore),
  })
  await api.sql`update participants set participated_at = ${new Date(dayBefore).toISOString()}
    where id = ${participantId}`
  await staff.participants.markVisit({ eventId, participantId })
  await api.sql`update participants set exclusion_reason = 3 where id = ${participantId}`
  if (first) await withdraw(api, eventId, first)
  await drawNow(owner, { eventId, winnerCount: 2, visitBonus: false })
  await rebuildAnalytics(api.sql, Date.now())

  expect(await staff.participants.counts({ eventId })).toEqual({
    total: 5,
    entryPaths: [
      { entryPath: '우리동네TV', count: 0 },
      { entryPath: 'SNS', count: 4 },
      { entryPath: '링고비즈', count: 1 },
      { entryPath: '매장 방문', count: 0 },
    ],
    visited: 1,
    isWinner: 2,
    excluded: 1,
    withdrawn: 1,
    countedUpTo: 10_000,
    days: [
      { day: seoulDay(dayBefore), count: 1 },
      { day: seoulDay(Date.now()), count: 4 },
    ],
  })
})

test('another shop gets no numbers', async () => {
  const { id: eventId } = await createOpenEvent(owner)
  await expectApiError(stranger.participants.counts({ eventId }), 'NOT_FOUND')
  await expectApiError(api.anonymous.participants.counts({ eventId }), 'UNAUTHENTICATED')
})
