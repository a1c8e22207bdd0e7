import { type FileHandle, open, unlink } from 'node:fs/promises'
import type { Database } from '@eungmo/db/connection/client'
import { countStored } from '@eungmo/db/queries/count-stored'
import { findEvent } from '@eungmo/db/queries/events'
import { z } from 'zod'
import type { KeyRing } from '../crypto/key-ring.ts'
import { exportInput } from '../csv/schema.ts'
import { withHeadings } from '../csv/stream-csv.ts'
import { participantRows, participantsTable } from '../participants/export-participants.ts'
import { showPeople } from '../personal-data/read-people.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { text, uuid } from '../validation/fields.ts'
import { CommandError, operatorOf } from './command.ts'

const MAX_PATH_LENGTH = 1_000

export const listAffectedArguments = z.strictObject({
  event: uuid,
  ...exportInput.shape,
  file: text(MAX_PATH_LENGTH, { min: 1 }).optional(),
})

/**
 * Writes everybody whose personal data an event stores to a new CSV file that only its owner can read: whole names
 * and numbers, to tell them of a breach. Returns what the command prints. Throws CommandError for an unknown event
 * and for a file that exists or cannot be written, and UNAVAILABLE where the access log cannot be written; no file
 * stays then.
 */
export async function listAffected(
  { db, secrets }: { db: Database; secrets: KeyRing },
  { event: eventId, purpose, file = `affected-${eventId}.csv` }: z.output<typeof listAffectedArguments>,
): Promise<string> {
  const event = await findEvent(db, { eventId })
  if (!event) throw new CommandError(`No event has the id ${eventId}.`)
  const handle = await createFile(file)
  try {
    const { stored, destroyed } = await countStored(db, { eventId })
    const access = await recordAccess(db, {
      actor: operatorOf(event.shopId),
      action: 'list-affected',
      eventId,
      people: stored,
      purpose,
    })
    const rows = participantRows(
      db,
      eventId,
      (subjects) => showPeople(secrets, access, subjects),
      ({ phoneNumber }) => phoneNumber !== null,
    )
    for await (const chunk of withHeadings(participantsTable.headings.ko, rows))
      await handle.appendFile(chunk)
    await handle.sync()
    const before = destroyed > 0 ? ` The data of ${destroyed} more was destroyed before.` : ''
    return `Wrote ${stored} people to ${file}.${before}`
  } catch (error) {
    await unlink(file)
    throw error
  } finally {
    await handle.close()
  }
}

/** Never an existing file, nor through a link in its place. */
async function createFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${file} cannot be created: ${reason}`, { cause })
  }
}
