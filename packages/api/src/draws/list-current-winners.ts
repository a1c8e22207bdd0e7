import type { Executor } from '@eungmo/db/connection/client'
import { listSlotHolders } from '@eungmo/db/queries/slot-holders'
import type { KeyRing } from '../crypto/key-ring.ts'
import { showPeople } from '../personal-data/read-people.ts'
import type { RecordedAccess } from '../personal-data/record-access.ts'
import { presentWinners } from './present-winner.ts'
import type { WinnerView } from './schema.ts'

/** The whole current list, by slot. */
export async function listCurrentWinners(
  executor: Executor,
  secrets: KeyRing,
  { access, eventId }: { access: RecordedAccess; eventId: string },
): Promise<WinnerView[]> {
  const holders = await listSlotHolders(executor, { eventId, standing: 'selected' })
  const shown = presentWinners(eventId, holders, (subjects) => showPeople(secrets, access, subjects))
  return shown.map(({ winner }) => winner)
}
