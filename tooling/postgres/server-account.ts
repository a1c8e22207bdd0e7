import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Binaries } from './binaries.ts'

/** How PostgreSQL's programs are run here, and where they and the data lie. */
export type ServerAccount = {
  binaries: string
  dataDir: string
  /** Words put before each command. */
  prefix: string[]
  /** The user and group to run as; undefined for one's own. */
  uid?: number
  gid?: number
}

type Account = { uid: number; gid: number }

/** What another user can reach when the checkout itself lies in a private directory. */
const SHARED_HOME = '/var/lib/eungmo'

/**
 * PostgreSQL refuses to run as root. For an ordinary user this changes nothing; for root it finds, in this order:
 * the user that owns `dataDir` already; a user namespace, in which root's own files belong to somebody who is not root
 * (so that a checkout under a private home works); another account of this machine, with copies of the programs, and
 * the data, in a place that this account can read.
 * @throws on a system where none of these works
 */
export function serverAccount(
  binaries: Binaries,
  dataDir: string,
  log: (line: string) => void,
): ServerAccount {
  const wanted = resolve(dataDir)
  if (process.getuid?.() !== 0) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    return { binaries: binaries.root, dataDir: wanted, prefix: [] }
  }
  const owner = ownerOf(wanted)
  if (owner.uid === 0) {
    const prefix = ['unshare', '--user', `--map-user=${namespaceUser()}`]
    if (runs(prefix, binaries.root)) {
      mkdirSync(wanted, { recursive: true, mode: 0o700 })
      return { binaries: binaries.root, dataDir: wanted, prefix }
    }
  }
  const account = owner.uid === 0 ? otherAccount() : owner
  const root = runs([], binaries.root, account) ? binaries.root : copyBinaries(binaries, account)
  return { binaries: root, dataDir: ownedDirectory(wanted, account, log), prefix: [], ...account }
}

function runs(prefix: string[], root: string, account?: Account): boolean {
  const [command = '', ...rest] = [...prefix, join(root, 'bin', 'postgres'), '--version']
  return spawnSync(command, rest, { cwd: '/', ...account, stdio: 'ignore' }).status === 0
}

/** The owner of a directory, or of the nearest one above it that exists. */
function ownerOf(path: string): Account {
  let at = path
  while (!existsSync(at)) at = dirname(at)
  const { uid, gid } = statSync(at)
  return { uid, gid }
}

function accounts(): (Account & { name: string })[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid, gid }) => name && uid > 0 && Number.isInteger(uid) && Number.isInteger(gid))
}

/** Any named user will do inside the namespace: initdb only looks its name up. */
function namespaceUser(): number {
  return accounts().find(({ uid }) => uid !== 65_534)?.uid ?? 65_534
}

function otherAccount(): Account {
  const known = accounts()
  const found = known.find(({ name }) => name === 'postgres') ?? known.find(({ name }) => name === 'nobody')
  if (!found) {
    throw new Error(
      'PostgreSQL does not run as root and this machine has no user `nobody`: start as an ordinary user.',
    )
  }
  return { uid: found.uid, gid: found.gid }
}

function copyBinaries(binaries: Binaries, account: Account): string {
  const target = join(SHARED_HOME, `postgresql-${binaries.version}`)
  if (!existsSync(target)) {
    const fresh = `${target}.${process.pid}`
    mkdirSync(SHARED_HOME, { recursive: true })
    chmodSync(SHARED_HOME, 0o755)
    cpSync(binaries.root, fresh, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(fresh, target)
    } catch (error) {
      rmSync(fresh, { recursive: true })
      if (!existsSync(target)) throw error
    }
  }
  if (!runs([], target, account)) {
    throw new Error(
      `PostgreSQL does not run as root, nor as user ${account.uid} from ${target}: start as an ordinary user.`,
    )
  }
  return target
}

function ownedDirectory(wanted: string, account: Account, log: (line: string) => void): string {
  giveDirectory(wanted, account)
  if (spawnSync('test', ['-w', wanted], { cwd: '/', ...account }).status === 0) return wanted
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const elsewhere = join(SHARED_HOME, `data-${name}`)
  mkdirSync(SHARED_HOME, { recursive: true })
  chmodSync(SHARED_HOME, 0o755)
  giveDirectory(elsewhere, account)
  log(`The database's files are in ${elsewhere}: the user that PostgreSQL runs as cannot reach ${wanted}.`)
  return elsewhere
}

function giveDirectory(path: string, { uid, gid }: Account): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const { status } = spawnSync('chown', ['-R', `${uid}:${gid}`, path])
  if (status !== 0) throw new Error(`${path} cannot be handed to user ${uid}, whom PostgreSQL runs as.`)
}
