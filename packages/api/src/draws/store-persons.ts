import type { Executor } from '@eungmo/db/connection/client'
import { setPersons } from '@eungmo/db/queries/draw-winners'
import { findPhoneEnvelopes } from '@eungmo/db/queries/participant-envelopes'
import { randomBytes } from '../crypto/random-bytes.ts'
import type { Dependencies } from '../dependencies.ts'
import { LINK_ID_BYTES } from '../links/derived-link.ts'
import { personOf } from '../personal-data/derive.ts'

/**
 * Stores the persons behind entries that have taken a slot, so that a transcript can open them without a key, and
 * the ids of their claim links. A phone number whose envelope is gone or does not open is left out and logged: it
 * never stops a draw, and without it nobody could prove to be the winner.
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
      const person = personOf(secrets, { eventId, participantId }, phoneNumber)
      return [{ participantId, person, linkId: randomBytes(LINK_ID_BYTES) }]
    } catch (error) {
      log.error({ err: error, eventId, participantId }, 'a winner gets no opening in the transcript')
      return []
    }
  })
  await setPersons(tx, { eventId, persons })
}
