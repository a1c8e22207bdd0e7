import type { ApiFixture, Caller } from './api-fixture.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent, inHours } from './sample-events.ts'

type Terms = NonNullable<Parameters<typeof createOpenEvent>[1]>

/**
 * An event that is drawn by itself, with this many entries, which closed a while ago. Defaults to a little over a
 * minute: it is due, and not late.
 */
export async function createDueEvent(
  api: Pick<ApiFixture, 'anonymous'>,
  owner: Caller,
  entries: number,
  { endedMinutes = 1.05, ...terms }: Terms & { endedMinutes?: number } = {},
) {
  const event = await createOpenEvent(owner, { drawsAutomatically: true, ...terms })
  if (entries > 0) await enterParticipants(api.anonymous, event.id, entries)
  await owner.events.update({ eventId: event.id, endsAt: inHours(-endedMinutes / 60) })
  return event
}
