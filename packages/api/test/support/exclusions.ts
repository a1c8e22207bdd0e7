import { storeEntries } from '@eungmo/db/queries/locked-lists'
import type { ApiFixture, Caller } from './api-fixture.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent } from './sample-events.ts'

/** An open event with entries, by their order: what names each for the owner, and what its entrant proves it with. */
export async function createEnteredEvent(
  api: ApiFixture,
  owner: Caller,
  { entrants = 3, from = 0, ...terms }: { entrants?: number; from?: number; winnerCount?: number } = {},
) {
  const event = await createOpenEvent(owner, { winnerCount: 1, visitBonus: 1, ...terms })
  const entries = await enterParticipants(api.anonymous, event.id, entrants, from)
  const { items } = await owner.participants.list({ eventId: event.id, limit: 200 })
  const targets = (at: number) => {
    const found = items.find(({ applicationNumber }) => applicationNumber === entries[at]?.applicationNumber)
    if (!found) throw new Error(`no entry ${at}`)
    return { eventId: event.id, participantId: found.participantId }
  }
  const proofs = (at: number) => {
    const { applicationNumber = '', phoneNumber = '' } = entries[at] ?? {}
    return { eventId: event.id, applicationNumber, phoneNumber }
  }
  return { event, entries, targets, proofs }
}

class Undone extends Error {}

/** The list as a lock would store it now, which is not stored. */
export async function entriesText({ dependencies }: ApiFixture, eventId: string): Promise<string> {
  let text = ''
  const stored = dependencies.db.transaction(async (tx) => {
    await storeEntries(tx, { eventId, visitBonus: 1 }, (lines) => {
      text += lines
    })
    throw new Undone()
  })
  await stored.catch((error) => {
    if (!(error instanceof Undone)) throw error
  })
  return text
}
