import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { logTail, openLog } from '../processes/log-file.ts'
import { processEnd } from '../processes/process-end.ts'
import type { RunningServer, ServerOptions } from '../processes/running-server.ts'
import { stopProcess } from '../processes/stop-process.ts'
import { findBinaries } from './binaries.ts'
import { type Cluster, openCluster, plainEnvironment } from './cluster.ts'
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
}

const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 20_000
const POLL_INTERVAL_MS = 10

/**
 * Starts the PostgreSQL that npm installed, on 127.0.0.1 only and without a Unix socket, and resolves when it accepts
 * connections. Works as root and as an ordinary user. Commits are durable (fsync is on unless `settings` turn it off), and
 * a crash of an earlier run is recovered from.
 * @throws when a server already runs on `dataDir`, and with the end of its log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { dataDir, log = () => {}, database = 'postgres' } = options
  const account = serverAccount(findBinaries(), dataDir, log)
  const cluster = openCluster(account, options.password)
  const running = runningPostmaster(cluster.directory)
  if (running !== undefined) throw new Error(`A PostgreSQL already runs on ${dataDir} (process ${running}).`)
  removeStaleLock(cluster.directory)

  const port = options.port ?? (await freePort())
  const logFile = join(account.dataDir, 'postgres.log')
  const child = launch(account, cluster, logFile, { ...options.settings, port })
  const exited = processEnd(child)
  const pid = await untilReady(child, cluster, logFile)
  const url = (name: string) => databaseUrl(cluster.password, port, name)
  await ensureDatabase(url('postgres'), database)
  return {
    url: url(database),
    port,
    pid,
    exited,
    async stop() {
      await stopProcess(pid, { signal: 'SIGINT', force: 'SIGQUIT', timeoutMs: STOP_TIMEOUT_MS })
    },
  }
}

/** Ends a server that an earlier run left running on `dataDir`, if there is one. */
export async function stopLeftoverPostgres(dataDir: string): Promise<void> {
  const account = serverAccount(findBinaries(), dataDir, () => {})
  const pid = runningPostmaster(join(account.dataDir, 'cluster'))
  if (pid !== undefined)
    await stopProcess(pid, { signal: 'SIGINT', force: 'SIGQUIT', timeoutMs: STOP_TIMEOUT_MS })
}

function launch(
  account: ServerAccount,
  cluster: Cluster,
  logFile: string,
  settings: Record<string, string | number>,
): ChildProcess {
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings }
  const [command = '', ...rest] = [
    ...account.prefix,
    join(account.binaries, 'bin', 'postgres'),
    '-D',
    cluster.directory,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const { uid, gid } = account
  const output = openLog(logFile)
  try {
    // In a session of its own, so that Ctrl-C in a terminal does not reach it before the programs that use it.
    const stdio: ['ignore', number, number] = ['ignore', output, output]
    return spawn(command, rest, {
      cwd: account.dataDir,
      uid,
      gid,
      detached: true,
      stdio,
      env: plainEnvironment(),
    })
  } finally {
    closeSync(output)
  }
}

async function untilReady(child: ChildProcess, cluster: Cluster, logFile: string): Promise<number> {
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const { pid } = child
  const deadline = performance.now() + START_TIMEOUT_MS
  while (pid !== undefined && !failure && child.exitCode === null && child.signalCode === null) {
    if (isReady(cluster.directory, pid)) return pid
    if (performance.now() > deadline) {
      await stopProcess(pid, { signal: 'SIGINT', force: 'SIGQUIT', timeoutMs: STOP_TIMEOUT_MS })
      throw new Error(
        `The embedded PostgreSQL did not come up in ${START_TIMEOUT_MS / 1000} s:\n${logTail(logFile)}`,
      )
    }
    await delay(POLL_INTERVAL_MS)
  }
  throw new Error(`The embedded PostgreSQL did not start:\n${logTail(logFile)}`, { cause: failure })
}
