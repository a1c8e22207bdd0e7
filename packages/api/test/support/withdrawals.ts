import type { SignedReceipt } from '@eungmo/draw/receipts'
import { announceDaysAgo } from './age-event.ts'
import type { ApiFixture, Caller } from './api-fixture.ts'
import { drawNow } from './draws.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent } from './sample-events.ts'

export type Entry = Awaited<ReturnType<typeof enterParticipants>>[number]

/** What an entrant does: proves to be it, then withdraws. */
export async function withdraw(api: ApiFixture, eventId: string, entry: Entry, receipt?: SignedReceipt) {
  const { participations } = api.anonymous
  const { applicationNumber, phoneNumber } = entry
  const { proof } = await participations.ownData({ eventId, applicationNumber, phoneNumber })
  return participations.withdraw({ eventId, proof, ...(receipt && { receipt: { ...receipt } }) })
}

/** The entry that holds an application number. */
export function entryOf(
  entries: readonly Entry[],
  applicationNumber: unknown,
): Entry & { receipt: SignedReceipt } {
  const found = entries.find((entry) => entry.applicationNumber === applicationNumber)
  if (!found?.receipt) throw new Error(`no entry ${applicationNumber}`)
  return { ...found, receipt: found.receipt as SignedReceipt }
}

/** A drawn event of 6 entries, announced. */
export async function drawnEvent(
  api: ApiFixture,
  owner: Caller,
  terms: { winnerCount: number; alternateCount: number },
) {
  const event = await createOpenEvent(owner, terms)
  const entries = await enterParticipants(api.anonymous, event.id, 6)
  const { drawLogId, winners } = await drawNow(owner, {
    eventId: event.id,
    winnerCount: terms.winnerCount,
    visitBonus: false,
  })
  await announceDaysAgo(api, event.id, 1)
  const winnerOf = (rank: number) => entryOf(entries, winners[rank - 1]?.applicationNumber)
  return { event, entries, drawLogId, winners, winnerOf }
}
