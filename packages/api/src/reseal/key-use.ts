import type { Executor } from '@eungmo/db/connection/client'
import { countAuthTexts } from '@eungmo/db/queries/auth-texts'
import { listEventsByKey, listKeyChecks, retireKeys } from '@eungmo/db/queries/key-checks'
import { countEnvelopes } from '@eungmo/db/queries/sealed-rows'
import { authVersion } from '../crypto/auth-secrets.ts'
import type { KeyRing } from '../crypto/key-ring.ts'

/** What still needs a key that is not the newest. */
export interface KeyUse {
  keyId: string
  /** Envelopes, and texts of better-auth, under it, by column. */
  envelopes: { column: string; count: number }[]
  /** Events whose records it signs and whose entrants it finds. */
  events: number
  /** When the personal data of the last of these events is destroyed, at the latest. */
  eventsUntil: Date | null
  isRetired: boolean
}

/**
 * What needs each older key of SECRET_KEYS. A key that nothing needs any more is retired: it may then be missing from
 * SECRET_KEYS. Reads every row with an envelope.
 */
export async function retireUnneededKeys(db: Executor, secrets: KeyRing): Promise<KeyUse[]> {
  const uses = await readKeyUses(db, secrets)
  const unneeded = uses.filter(
    ({ envelopes, events, isRetired }) => !envelopes.length && !events && !isRetired,
  )
  const retired = new Set(await retireKeys(db, { keyIds: unneeded.map(({ keyId }) => keyId) }))
  return uses.map((use) => ({ ...use, isRetired: use.isRetired || retired.has(use.keyId) }))
}

async function readKeyUses(db: Executor, secrets: KeyRing): Promise<KeyUse[]> {
  const [checks, counts, texts, events] = await Promise.all([
    listKeyChecks(db),
    countEnvelopes(db),
    countAuthTexts(db),
    listEventsByKey(db),
  ])
  return checks
    .filter(({ keyId, retiredAt }) => keyId !== secrets.newest.id && (secrets.find(keyId) || !retiredAt))
    .map(({ keyId, value, retiredAt }) => {
      const ofKey = events.find((each) => each.keyId === keyId)
      return {
        keyId,
        envelopes: [
          ...counts.filter((each) => each.keyId === keyId),
          ...texts.filter((each) => each.version === authVersion(value)),
        ].map(({ table, column, count }) => ({ column: `${table}.${column}`, count })),
        events: ofKey?.count ?? 0,
        eventsUntil: ofKey?.until ?? null,
        isRetired: retiredAt !== null,
      }
    })
    .toSorted((a, b) => a.keyId.localeCompare(b.keyId))
}
