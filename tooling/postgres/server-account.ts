import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Binaries } from './binaries.ts'

/** How PostgreSQL's programs are run on this machine, and where they and the data are. */
export type ServerAccount = {
  binaries: string
  dataDir: string
  /** Put before each command. */
  prefix: string[]
  /** The user and group to run as. Defaults to those of this process. */
  uid?: number
  gid?: number
}

type Account = { uid: number; gid: number }

/** A place that another user can read when the checkout is in a private directory. */
const SHARED_HOME = '/var/lib/eungmo'

/**
 * PostgreSQL does not run as root. For an ordinary user this function changes nothing; for root it uses, in this order:
 * the user that owns `dataDir` already; a user namespace, in which root's files belong to an ordinary user (so that a
 * checkout in a private home directory works); another account of this machine, with copies of the programs, and the
 * data, in a place that this account can read.
 * @throws on a system where none of these works
 */
export function serverAccount(
  binaries: Binaries,
  dataDir: string,
  log: (line: string) => void,
): ServerAccount {
  const directory = resolve(dataDir)
  if (process.getuid?.() !== 0) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return { binaries: binaries.root, dataDir: directory, prefix: [] }
  }
  const owner = ownerOf(directory)
  if (owner.uid === 0) {
    const prefix = ['unshare', '--user', `--map-user=${namespaceUser()}`]
    if (runs(prefix, binaries.root)) {
      mkdirSync(directory, { recursive: true, mode: 0o700 })
      return { binaries: binaries.root, dataDir: directory, prefix }
    }
  }
  const account = owner.uid === 0 ? otherAccount() : owner
  const root = runs([], binaries.root, account) ? binaries.root : copyBinaries(binaries, account)
  return { binaries: root, dataDir: ownedDirectory(directory, account, log), prefix: [], ...account }
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

/** The id of any user with a name: inside the namespace initdb only looks the name up. */
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

function ownedDirectory(directory: string, account: Account, log: (line: string) => void): string {
  changeOwner(directory, account)
  if (spawnSync('test', ['-w', directory], { cwd: '/', ...account }).status === 0) return directory
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 12)
  const elsewhere = join(SHARED_HOME, `data-${name}`)
  mkdirSync(SHARED_HOME, { recursive: true })
  chmodSync(SHARED_HOME, 0o755)
  changeOwner(elsewhere, account)
  log(`The database's files are in ${elsewhere}: the user that PostgreSQL runs as cannot reach ${directory}.`)
  return elsewhere
}

function changeOwner(path: string, { uid, gid }: Account): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const { status } = spawnSync('chown', ['-R', `${uid}:${gid}`, path])
  if (status !== 0) throw new Error(`${path} cannot be given to user ${uid}, as which PostgreSQL runs.`)
}
