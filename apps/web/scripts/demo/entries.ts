import type { Dependencies } from '@eungmo/api/dependencies'
import { asDomainError } from '@eungmo/api/errors/as-domain-error'
import { backdateParticipants } from '@eungmo/db/queries/backdate-participants'
import { paceOfDays } from './pace.ts'
import { makeUpPeople, repeatable } from './people.ts'

export interface Entries {
  eventId: string
  /** From the in-store QR. */
  visitToken: string
  count: number
  /** Over how many hours before now. */
  hours: number
  seed: number
}

/** Paths and how many of a hundred come by each; null is the in-store QR. */
const paths: readonly [string | null, number][] = [
  ['우리동네TV', 46],
  ['SNS', 29],
  ['링고비즈', 13],
  [null, 12],
]

function pickPath(roll: number): string | null {
  let left = roll * 100
  for (const [path, share] of paths) {
    left -= share
    if (left <= 0) return path
  }
  return paths[0]?.[0] ?? null
}

/** Enters made-up people through the registrar, as customers do, and spreads them over the last hours. Repeating it adds nobody twice. */
export async function enterPeople(
  { registrar, sql }: Pick<Dependencies, 'registrar' | 'sql'>,
  { eventId, visitToken, count, hours, seed }: Entries,
): Promise<void> {
  const next = repeatable(seed + 1)
  const moments = paceOfDays(count, hours, Date.now(), seed + 2)
  const entered = await Promise.all(
    makeUpPeople(count, seed).map(async (person) => {
      const path = pickPath(next())
      try {
        const accepted = await registrar.register({
          ...person,
          eventId,
          entryPath: path,
          visitToken: path === null ? visitToken : null,
          submissionId: null,
        })
        return { participantId: accepted.participantId }
      } catch (error) {
        if (asDomainError(error).code === 'ALREADY_PARTICIPATED') return undefined
        throw error
      }
    }),
  )
  // Ids carry their order of making; the earliest id gets the earliest moment, so that lists agree with the clock.
  const times = entered
    .filter((each) => each !== undefined)
    .sort((a, b) => (a.participantId < b.participantId ? -1 : 1))
    .map(({ participantId }, i) => ({ participantId, at: moments[i] ?? new Date() }))
  if (times.length > 0) await backdateParticipants(sql, { eventId, times })
}
