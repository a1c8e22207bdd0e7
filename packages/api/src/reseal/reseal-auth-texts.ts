import type { Executor } from '@eungmo/db/connection/client'
import { authTextColumns, listOlderAuthTexts, replaceAuthText } from '@eungmo/db/queries/auth-texts'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { authSecrets } from '../crypto/auth-secrets.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import type { ResealedTable } from './reseal.ts'

/**
 * Encrypts what better-auth has stored, such as second factors, with the newest key. As with envelopes, a text
 * that was changed meanwhile stays as it is.
 */
export async function resealAuthTexts(db: Executor, secrets: KeyRing): Promise<ResealedTable[]> {
  const [newest, ...older] = authSecrets(secrets)
  const { version } = newest
  const keys = new Map([newest, ...older].map((secret) => [secret.version, secret.value]))
  const key = { keys, currentVersion: version }
  const outcomes: ResealedTable[] = []
  for (const place of authTextColumns) {
    const outcome: ResealedTable = {
      table: `${place.table}.${place.column}`,
      resealed: 0,
      inUse: 0,
      unreadable: [],
    }
    for (const { id, text } of await listOlderAuthTexts(db, place, { version })) {
      const plain = await symmetricDecrypt({ key, data: text }).catch(() => null)
      if (plain === null) {
        outcome.unreadable.push(`${outcome.table} ${id}`)
        continue
      }
      const replacement = await symmetricEncrypt({ key, data: plain })
      if (await replaceAuthText(db, place, { id, text, replacement })) outcome.resealed += 1
      else outcome.inUse += 1
    }
    outcomes.push(outcome)
  }
  return outcomes
}
