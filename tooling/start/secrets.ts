import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecretKey } from '@eungmo/config/secret-keys'
import { SettingsError } from './settings.ts'

/**
 * The SECRET_KEYS of the embedded database, created on the first run and stored in the file `secrets` of the data
 * directory.
 * @throws SettingsError when the database exists but the file does not: new keys could not decrypt its contents
 */
export function embeddedSecretKeys(dataDir: string, databaseExists: boolean): string {
  const file = join(dataDir, 'secrets')
  if (existsSync(file)) {
    const keys = /^SECRET_KEYS=(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1]
    if (!keys) throw new SettingsError(`${file} holds no SECRET_KEYS.`)
    return keys
  }
  if (databaseExists) {
    throw new SettingsError(`${file} is missing, and the database beside it cannot be read without its keys.`)
  }
  const keys = createSecretKey()
  writeFileSync(file, `SECRET_KEYS=${keys}\n`, { mode: 0o600, flag: 'wx' })
  return keys
}
