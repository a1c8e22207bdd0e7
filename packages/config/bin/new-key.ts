import { createSecretKey } from '../src/secret-keys.ts'

/** `bun run new-key`: prints a new key for SECRET_KEYS, and what to do with it. */
const key = createSecretKey()
process.stdout.write(`${key}

The first key of a new database:
  SECRET_KEYS=${key}

A key in place of the one in use, which stays in the list:
  1. In every process, add it at the end and restart:    SECRET_KEYS=<keys in use>,${key}
  2. Then move it to the front everywhere and restart:   SECRET_KEYS=${key},<keys in use>
  3. Encrypt what is stored with it:                     bun run reseal

Keep a copy, apart from the database and its backups: nobody can read what it encrypted without it.
More in docs/operations.md, under "Keys".
`)
