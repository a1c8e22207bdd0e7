import type { Executor } from '@eungmo/db/connection/client'
import { setPersons } from '@eungmo/db/queries/draw-winners'
import { findPhoneEnvelopes } from '@eungmo/db/queries/participant-envelopes'
import { personHash } from '@eungmo/draw/list'
import { nativePrimitives } from '../crypto/native-primitives.ts'
import { openPhone } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'

/**
 * Stores the persons behind entries that have taken a slot, so that a transcript can open them without a key.
 * A phone number whose envelope is gone or does not open is left out and logged: it never stops a draw.
 */
export async function storePersons(
  tx: Executor,
  { secrets, log }: Pick<Dependencies, 'secrets' | 'log'>,
  { eventId, participantIds }: { eventId: string; participantIds: readonly string[] },
): Promise<void> {
  const envelopes = await findPhoneEnvelopes(tx, { eventId, participantIds })
  const persons = envelopes.flatMap(({ id: participantId, phoneNumber }) => {
    if (phoneNumber === null) return []
    try {
      const { salt, e164 } = openPhone(secrets, { eventId, participantId }, phoneNumber)
      return [{ participantId, person: personHash(salt, e164, nativePrimitives) }]
    } catch (error) {
      log.error({ err: error, eventId, participantId }, 'a winner gets no opening in the transcript')
      return []
    }
  })
  await setPersons(tx, { eventId, persons })
}
