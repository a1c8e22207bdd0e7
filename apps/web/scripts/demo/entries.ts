import type { Dependencies } from '@eungmo/api/dependencies'
import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { backdateParticipants } from '@eungmo/db/queries/backdate-participants'
import { entryTimes } from './entry-times.ts'
import { generatePeople } from './people.ts'
import { seededRandom } from './seeded-random.ts'

export interface DemoEntries {
  eventId: string
  /** From the in-store QR. */
  visitToken: string
  count: number
  /** Entries are spread over so many hours before now. */
  hours: number
  seed: number
}

/** Entry paths with their share in percent; null is the in-store QR. */
const pathShares: readonly [string | null, number][] = [
  ['우리동네TV', 46],
  ['SNS', 29],
  ['링고비즈', 13],
  [null, 12],
]

function pickPath(roll: number): string | null {
  let left = roll * 100
  for (const [path, share] of pathShares) {
    left -= share
    if (left <= 0) return path
  }
  return pathShares[0]?.[0] ?? null
}

/**
 * Enters generated people through the registrar, as customers do, and spreads them over the last hours. Running it again adds
 * no one twice.
 */
export async function enterDemoPeople(
  { registrar, sql }: Pick<Dependencies, 'registrar' | 'sql'>,
  { eventId, visitToken, count, hours, seed }: DemoEntries,
): Promise<void> {
  const next = seededRandom(seed + 1)
  const moments = entryTimes(count, hours, Date.now(), seed + 2)
  const entered = await Promise.all(
    generatePeople(count, seed).map(async (person, i) => {
      const path = pickPath(next())
      const at = moments[i] ?? new Date()
      try {
        const accepted = await registrar.register({
          ...person,
          eventId,
          entryPath: path,
          visitToken: path === null ? visitToken : null,
          submissionId: null,
          consentVersion: null,
          // Lists are in the order of ids, and filter days by them.
          idTime: at,
        })
        return { participantId: accepted.participantId, at }
      } catch (error) {
        if (asDomainError(error).code === 'ALREADY_PARTICIPATED') return undefined
        throw error
      }
    }),
  )
  const times = entered.filter((each) => each !== undefined)
  if (times.length > 0) await backdateParticipants(sql, { eventId, times })
}
