import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerAccount } from './server-account.ts'

/** A database cluster on disk and the password of its superuser `postgres`. */
export type Cluster = { directory: string; password: string }

/** The major version of PostgreSQL that wrote the cluster below `dataDir`; undefined where there is none. */
export function clusterMajor(dataDir: string): number | undefined {
  const file = join(dataDir, 'cluster', 'PG_VERSION')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

/**
 * Opens the cluster below the account's data directory, and creates it first where there is none. A new one gets its name
 * only when it is complete, so that an interrupted start leaves nothing incomplete.
 * @param password for a new cluster, stored in the file `password` beside it. Defaults to 32 random characters.
 * @throws with the output of initdb when it fails
 */
export function openCluster(account: ServerAccount, password?: string): Cluster {
  const directory = join(account.dataDir, 'cluster')
  const passwordFile = join(account.dataDir, 'password')
  if (existsSync(directory)) return { directory, password: readFileSync(passwordFile, 'utf8').trim() }
  const fresh = join(account.dataDir, 'cluster.new')
  rmSync(fresh, { recursive: true, force: true })
  writeFileSync(passwordFile, `${password ?? randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid ?? account.uid)
  const [command = '', ...rest] = [
    ...account.prefix,
    join(account.binaries, 'bin', 'initdb'),
    ...['--pgdata', fresh, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...[
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
  ]
  const { uid, gid } = account
  const result = spawnSync(command, rest, {
    cwd: account.dataDir,
    uid,
    gid,
    encoding: 'utf8',
    env: plainEnvironment(),
  })
  if (result.status !== 0) {
    throw new Error(
      `The embedded PostgreSQL could not be set up in ${account.dataDir}:\n${result.stdout}${result.stderr}`,
    )
  }
  renameSync(fresh, directory)
  return { directory, password: readFileSync(passwordFile, 'utf8').trim() }
}

/** An environment without the PG… variables for clients, which PostgreSQL's programs would obey. */
export function plainEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}
