/** Opens /metrics. */
export const METRICS_TOKEN = 'e2e-metrics'

/** Addresses and credentials of the running stack. */
export interface StackInfo {
  baseUrl: string
  /** The web app's process id; after a SIGKILL the app is started again. */
  webPid: number
  /** The output of each process, one file each. */
  logDirectory: string
  /** The log of the stack's own PostgreSQL; null where it shares a server. */
  postgresLog: string | null
  /** For tests that break the database. All others use pages and REST only. */
  databaseUrl: string
  /** SECRET_KEYS, for further processes on that database. */
  secretKeys: string
  /** The demo's open event. */
  eventId: string
  slug: string
  ownerEmail: string
  ownerPassword: string
  apiKey: string
}
