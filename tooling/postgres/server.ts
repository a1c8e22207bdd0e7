import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { processEnd } from '../processes/process-end.ts'
import type { RunningServer, ServerOptions } from '../processes/running-server.ts'
import { spawnLogged } from '../processes/spawn-logged.ts'
import { stopProcess } from '../processes/stop-process.ts'
import { waitForServer } from '../processes/wait-for-server.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { type Cluster, clusterMajor, openCluster, plainEnvironment } from './cluster.ts'
import { ensureDatabase } from './database.ts'
import { isReady, removeStaleLock, runningPostmaster } from './lock-file.ts'
import { databaseUrl } from './running-url.ts'
import { type ServerAccount, serverAccount } from './server-account.ts'

export type PostgresOptions = ServerOptions & {
  /** For a new cluster. Defaults to a random one. */
  password?: string
  /** Created when missing. Defaults to `postgres`, the superuser's own. */
  database?: string
}

export type RunningPostgres = RunningServer & {
  /** The superuser's address, with the password. */
  url: string
  /** Where its files are: `dataDir`, or another place where its user cannot reach that. */
  filesDir: string
}

const STOP_TIMEOUT_MS = 20_000
const LEFTOVER_TIMEOUT_MS = 20_000
const RETRY_INTERVAL_MS = 100

/**
 * Starts the PostgreSQL that npm installed, on 127.0.0.1 only and without a Unix socket, and resolves when it accepts
 * connections. Works as root and as an ordinary user. Commits are durable (fsync is on unless `settings` turn it off), and
 * a crash of an earlier run is recovered from.
 * @throws when a server already runs on `dataDir` or another major version wrote it, and with the end of its log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, log = () => {}, database = 'postgres' } = options
  const binaries = findBinaries()
  const account = serverAccount(binaries, dataDir, log)
  const [major, ours] = [clusterMajor(account.dataDir), majorOf(binaries)]
  if (major !== undefined && major !== ours)
    throw new Error(`${dataDir} was written by PostgreSQL ${major}, which PostgreSQL ${ours} cannot read.`)
  const cluster = openCluster(account, options.password)
  const running = runningPostmaster(cluster.directory)
  if (running !== undefined) throw new Error(`A PostgreSQL already runs on ${dataDir} (process ${running}).`)
  removeStaleLock(cluster.directory)

  const port = options.port ?? (await freePort())
  const logFile = join(account.dataDir, 'postgres.log')
  const start = async () => {
    const child = launch(account, cluster, logFile, { ...options.settings, port })
    const exited = processEnd(child)
    const pid = await waitForServer(child, {
      name: 'The embedded PostgreSQL',
      logFile,
      isReady: (id) => isReady(cluster.directory, id),
      stop: stopServer,
      timeoutMs: options.startTimeoutMs,
    })
    return { pid, exited }
  }
  const { pid, exited } = await onceMemoryIsFree(start)
  const url = (name: string) => databaseUrl(cluster.password, port, name)
  await ensureDatabase(url('postgres'), database)
  return {
    url: url(database),
    filesDir: account.dataDir,
    port,
    pid,
    exited,
    async stop() {
      await stopServer(pid)
    },
  }
}

/**
 * Starts a server again while processes of one that was killed still hold its memory, as those that compute do until
 * they notice. Rejects as `start` does, at the latest when the time is over.
 */
async function onceMemoryIsFree<Started>(start: () => Promise<Started>): Promise<Started> {
  const deadline = performance.now() + LEFTOVER_TIMEOUT_MS
  for (;;) {
    try {
      return await start()
    } catch (error) {
      const isHeld = error instanceof Error && error.message.includes('pre-existing shared memory block')
      if (!isHeld || performance.now() > deadline) throw error
      await delay(RETRY_INTERVAL_MS)
    }
  }
}

/** Where the files of `dataDir` are, when an earlier major version of PostgreSQL wrote them; else undefined. */
export function filesOfEarlierMajor(dataDir: string, log: (line: string) => void): string | undefined {
  const binaries = findBinaries()
  const account = serverAccount(binaries, dataDir, log)
  const major = clusterMajor(account.dataDir)
  return major !== undefined && major < majorOf(binaries) ? account.dataDir : undefined
}

const majorOf = ({ version }: Binaries): number => Number.parseInt(version, 10)

/** Ends a server that an earlier run left running on `dataDir`, if there is one. */
export async function stopLeftoverPostgres(dataDir: string): Promise<void> {
  const account = serverAccount(findBinaries(), dataDir, () => {})
  const pid = runningPostmaster(join(account.dataDir, 'cluster'))
  if (pid !== undefined) await stopServer(pid)
}

/** Neither values of a row (DETAIL) nor parameters of a statement reach the server's log. */
const QUIET_LOG = {
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
}

function launch(
  account: ServerAccount,
  cluster: Cluster,
  logFile: string,
  settings: Record<string, string | number>,
): ChildProcess {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...QUIET_LOG, ...settings }
  const command = [
    ...account.prefix,
    join(account.binaries, 'bin', 'postgres'),
    '-D',
    cluster.directory,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const { uid, gid } = account
  return spawnLogged(command, logFile, { cwd: account.dataDir, uid, gid, env: plainEnvironment() })
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT the immediate one. */
function stopServer(pid: number): Promise<boolean> {
  return stopProcess(pid, { signal: 'SIGINT', force: 'SIGQUIT', timeoutMs: STOP_TIMEOUT_MS })
}
