import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecretKey } from '@eungmo/config/secret-keys'
import { SettingsError } from './settings.ts'

/**
 * The SECRET_KEYS of the embedded database, created while it is empty and stored in the file `secrets` of the data
 * directory.
 * @throws SettingsError when the database holds something but the file is missing: new keys could not decrypt it
 */
export function embeddedSecretKeys(dataDir: string, isEmpty: boolean): string {
  const file = join(dataDir, 'secrets')
  if (existsSync(file)) {
    const keys = /^SECRET_KEYS=(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1]
    if (!keys) throw new SettingsError(`${file} holds no SECRET_KEYS.`)
    return keys
  }
  if (!isEmpty) {
    throw new SettingsError(
      `${file} is missing, and the database cannot be read without the keys in it: put a copy of the file back.`,
    )
  }
  const keys = createSecretKey()
  writeFileSync(file, `SECRET_KEYS=${keys}\n`, { mode: 0o600, flag: 'wx' })
  return keys
}
