import type { Executor } from '@eungmo/db/connection/client'
import { errorCode } from '@eungmo/db/connection/statement-error'
import {
  findEnvelopeOfKey,
  insertKeyCheck,
  listEventKeyIds,
  listKeyChecks,
  unretireKey,
} from '@eungmo/db/queries/key-checks'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOpens as requirePhoneOpens } from '../personal-data/derive.ts'
import { decryptSeedChain } from '../rules-record/encrypted-seed.ts'

/** SECRET_KEYS or DATABASE_URL is not the one that belongs to the other; the message is one line. */
export class UnsuitableKeysError extends Error {
  override readonly name = 'UnsuitableKeysError'
}

const UNDEFINED_TABLE = '42P01'

/**
 * Compares SECRET_KEYS with the check values in the database, and stores the value of a key that nothing was
 * written with yet, or that has opened an envelope of its name. A retired key that is the newest again is in
 * use again. Stores nothing where it throws. Rejects with the driver's error where the database is away.
 * @throws UnsuitableKeysError where a key has another secret, or one is missing that is in use
 */
export async function checkKeys({ db, secrets }: Pick<Dependencies, 'db' | 'secrets'>): Promise<void> {
  const [checks, eventKeyIds] = await readKeysInUse(db)
  const known = new Map(checks.map((row) => [row.keyId, row]))
  const inUse = [...checks.filter(({ retiredAt }) => retiredAt === null).map((row) => row.keyId)]
  const missing = [...inUse, ...eventKeyIds.filter((id) => !known.has(id))].find((id) => !secrets.find(id))
  for (const key of secrets.all) {
    const check = known.get(key.id)
    if (check && !key.hasCheckValue(check.value)) throw otherSecret(key.id)
  }
  if (missing !== undefined) {
    throw new UnsuitableKeysError(
      `SECRET_KEYS: "${missing}" is missing, and this database was written with it; add it at the end of the list.`,
    )
  }
  const unknown = secrets.all.filter(({ id }) => !known.has(id))
  for (const key of unknown) await requireOpens(db, secrets, key)
  for (const key of unknown) await requireKey(db, key)
  const { id: newest } = secrets.newest
  if (known.get(newest)?.retiredAt) await unretireKey(db, { keyId: newest })
}

async function readKeysInUse(db: Executor) {
  try {
    return await Promise.all([listKeyChecks(db), listEventKeyIds(db)])
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    if (errorCode(cause) !== UNDEFINED_TABLE) throw error
    throw new UnsuitableKeysError(
      'DATABASE_URL leads to a database without the tables of this version; run `bun run migrate` first.',
    )
  }
}

const otherSecret = (id: string) =>
  new UnsuitableKeysError(
    `SECRET_KEYS: "${id}" is not the key this database was written with; put the original one back.`,
  )

/** @throws UnsuitableKeysError where an envelope names the key, and the key does not open it */
async function requireOpens(db: Executor, secrets: KeyRing, { id }: SecretKey): Promise<void> {
  const found = await findEnvelopeOfKey(db, { keyId: id })
  if (!found) return
  try {
    if (found.purpose === 'seed') decryptSeedChain(secrets, found.eventId, found.envelope)
    else requirePhoneOpens(secrets, found, found.envelope)
  } catch {
    // Whatever is wrong with it, this key does not open what was sealed under its name.
    throw otherSecret(id)
  }
}

/**
 * Compares one key with its check value, which is stored where there is none, before something is written with
 * the key.
 * @throws UnsuitableKeysError where the value is that of another secret
 */
export async function requireKey(executor: Executor, key: SecretKey): Promise<void> {
  if (await insertKeyCheck(executor, { keyId: key.id, value: key.checkValue() })) return
  const stored = (await listKeyChecks(executor)).find(({ keyId }) => keyId === key.id)
  if (!stored || !key.hasCheckValue(stored.value)) throw otherSecret(key.id)
}
