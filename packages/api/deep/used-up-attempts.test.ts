import { expect, test } from 'vitest'
import { drawNow, verifiedDraw } from '../test/support/draws.ts'
import { expectApiError } from '../test/support/expect-api-error.ts'
import { enterParticipants } from '../test/support/sample-entries.ts'
import { createOpenEvent } from '../test/support/sample-events.ts'
import { startTwoShops } from '../test/support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

test('a 257th attempt is rejected: the chain of secrets is used up', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 258)
  let { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
  for (let attempt = 2; attempt <= 256; attempt++)
    ({ drawLogId } = await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' }))
  const { transcript } = await verifiedDraw(api, drawLogId)
  await expectApiError(owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' }), 'CONFLICT', {
    reason: 'attempts-used-up',
  })
  expect((await api.anonymous.draws.transcript({ drawLogId })).head).toBe(transcript.head)
}, 120_000)
