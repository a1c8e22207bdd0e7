import { expect, test } from 'vitest'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow } from './support/draws.ts'
import { startNotices } from './support/notices.ts'
import { registration } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

/** An event has at most 10,000 winners; docs/notices.md has the figures of a run with these. */
const WINNERS = 2_000
const ENTRIES_AT_ONCE = 500
/** Rows that are opened at once, and one call's request and response. */
const MAX_GROWTH_BYTES = 100 * 1_048_576

const {
  api,
  solapi,
  startSender,
  states,
  callers: { owner },
} = await startNotices()

test('thousands of notices leave at the pace of the provider, in bounded memory, and none twice', {
  timeout: 300_000,
}, async () => {
  const event = await createOpenEvent(owner, { winnerCount: WINNERS })
  for (let from = 0; from < WINNERS; from += ENTRIES_AT_ONCE)
    await Promise.all(
      Array.from({ length: ENTRIES_AT_ONCE }, (_, n) =>
        api.dependencies.registrar.register(registration(event.id, from + n)),
      ),
    )
  await drawNow(owner, { eventId: event.id, winnerCount: WINNERS, visitBonus: false })
  await announceDaysAgo(api, event.id, 1)
  expect(await owner.notices.send({ eventId: event.id, locale: 'ko' })).toEqual({ queued: WINNERS })

  // Every fifth response is a 429.
  solapi.limitFor(0.05)
  for (let n = 0; n < WINNERS / 500 + 1; n++) solapi.behave('accept', 'accept', 'accept', 'accept', 'limit')
  const run = startSender()
  Bun.gc(true)
  const before = process.memoryUsage().heapUsed
  let peak = before
  while ((await states(event.id)).sent !== WINNERS) {
    await run()
    peak = Math.max(peak, process.memoryUsage().heapUsed)
  }
  expect(solapi.accepted).toHaveLength(WINNERS)
  expect(new Set(solapi.accepted.map(({ to }) => to)).size).toBe(WINNERS)
  expect(solapi.requests()).toBe(WINNERS / 100 + WINNERS / 500)
  expect(peak - before).toBeLessThan(MAX_GROWTH_BYTES)
})
