import { openLink } from '@eungmo/db/connection/statement-link'
import {
  type NewParticipant,
  registerParticipants,
  registerSettings,
} from '@eungmo/db/queries/register-participants'
import type { KeyRing } from '../src/crypto/key-ring.ts'
import { generateApplicationNumber } from '../src/participations/generate-application-number.ts'
import { isApplicationNumberTaken } from '../src/participations/is-application-number-taken.ts'
import { prepareEntry } from '../src/participations/prepare-entry.ts'
import type { Registration } from '../src/participations/registration.ts'

/**
 * The upper bound for a service with `concurrency` callers: the registration statement back to back, with entries encrypted
 * and hashed beforehand, on one connection with all callers in a batch or on two with half of them each. Entries per
 * second of the faster of the two.
 */
export async function statementAlone(
  url: string,
  keys: KeyRing,
  registration: () => Registration,
  { concurrency, count }: { concurrency: number; count: number },
): Promise<number> {
  const rates: number[] = []
  for (const lanes of [1, 2]) {
    const batches = Array.from({ length: Math.ceil((count * lanes) / concurrency) }, () =>
      Array.from(
        { length: concurrency / lanes },
        () => prepareEntry(keys, keys.newest, registration(), generateApplicationNumber).row,
      ),
    )
    rates.push(await rateOf(url, batches, lanes))
  }
  return Math.max(...rates)
}

async function rateOf(url: string, batches: NewParticipant[][], lanes: number): Promise<number> {
  const link = openLink(url, { max: lanes, settings: registerSettings })
  let written = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let batch = batches.pop(); batch; batch = batches.pop()) {
        // A batch with a taken application number is not counted.
        const rows = await registerParticipants(link, batch).catch((error: unknown) => {
          if (!isApplicationNumberTaken(error)) throw error
          return []
        })
        written += rows.filter(({ verdict }) => verdict === 'registered').length
      }
    }),
  )
  const seconds = (performance.now() - started) / 1_000
  await link.close()
  return written / seconds
}
