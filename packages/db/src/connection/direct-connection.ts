import postgres from 'postgres'
import { withDeadline } from '../timing/with-deadline.ts'
import { errorCode } from './statement-error.ts'
import { connectionSettings } from './statement-link.ts'

/** DATABASE_URL leads to something that cannot serve the product; the message is one line. */
class UnsuitableDatabaseError extends Error {
  override readonly name = 'UnsuitableDatabaseError'
}

const CHECK_TIMEOUT_MS = 5_000
const PROTOCOL_VIOLATION = '08P01'
const UNKNOWN_SETTING = '42704'

const advice = 'Connect to PostgreSQL itself, or to a pooler in session mode that passes settings on.'

/**
 * Checks that a connection keeps its settings, its advisory locks and its LISTEN. Two connections that are
 * open at once and run on one backend lead through a pooler in transaction mode. Where the database cannot be
 * reached nothing is known, and nothing is thrown: it may come later.
 * @throws UnsuitableDatabaseError
 */
export async function requireDirectConnection(url: string): Promise<void> {
  const open = () =>
    postgres(url, {
      max: 1,
      connect_timeout: CHECK_TIMEOUT_MS / 1000,
      fetch_types: false,
      onnotice: () => undefined,
      connection: { ...connectionSettings, application_name: 'eungmo check' },
    })
  const clients = [open(), open()]
  try {
    const backends = new Set<number>()
    for (const client of clients) {
      const [row] = await withDeadline(
        client<{ pid: number }[]>`select pg_backend_pid() as pid`,
        CHECK_TIMEOUT_MS,
        () => new Error('The database did not respond to the check'),
      )
      if (row) backends.add(row.pid)
    }
    if (backends.size === 1) {
      throw new UnsuitableDatabaseError(
        `DATABASE_URL leads through a pooler in transaction mode, which loses locks and notifications. ${advice}`,
      )
    }
  } catch (error) {
    if (error instanceof UnsuitableDatabaseError) throw error
    const code = errorCode(error)
    if (code === PROTOCOL_VIOLATION || code === UNKNOWN_SETTING) {
      throw new UnsuitableDatabaseError(
        `DATABASE_URL leads to a server or pooler that does not accept the settings of a connection. ${advice}`,
      )
    }
  } finally {
    await Promise.all(clients.map((client) => client.end({ timeout: 0 })))
  }
}
