import postgres from 'postgres'
import type { KeyRing } from '../src/crypto/key-ring.ts'
import { generateApplicationNumber } from '../src/participations/generate-application-number.ts'
import { isApplicationNumberTaken } from '../src/participations/is-application-number-taken.ts'
import { prepareEntry } from '../src/participations/prepare-entry.ts'
import type { Registration } from '../src/participations/registration.ts'

/**
 * The straightforward way: begin, insert the participant, insert the message, commit, with one connection per caller. A
 * taken application number is generated again, which happens in one of four runs of 100,000 entries.
 */
export function naiveWriter(url: string, keys: KeyRing, connections: number) {
  const sql = postgres(url, { max: connections, onnotice: () => undefined })

  async function write(registration: Registration): Promise<void> {
    const { row } = prepareEntry(keys, keys.newest, registration, generateApplicationNumber)
    const at = new Date().toISOString()
    try {
      await sql.begin(async (tx) => {
        await tx`
          insert into participants (event_id, id, name, phone_number, phone_index, entry_path, application_number,
            participated_at, submission_id, entry_id, consented_at, consent_version, rules_seq)
          values (${row.eventId}, ${row.id}, ${Buffer.from(row.name)}, ${Buffer.from(row.phoneNumber)}, ${Buffer.from(row.phoneIndex)},
            ${row.entryPath}, ${row.applicationNumber}, ${at}, ${row.submissionId},
            ${row.entryId}, ${at}, 1, 0)`
        await tx`
          insert into outbox (message_id, event_type, schema_version, key, payload)
          values (${row.id}, 'ParticipantRegistered', 1, ${row.id},
            ${sql.json({ participantId: row.id, eventId: row.eventId, entryPath: row.entryPath, timestamp: at })})`
      })
    } catch (error) {
      if (!isApplicationNumberTaken(error)) throw error
      return write(registration)
    }
  }

  return { write, close: () => sql.end({ timeout: 5 }) }
}
