import { connect, type Database, requestLimits, type Sql } from '@eungmo/db/connection/client'
import { COUNTS_CHANNEL, createNotifier, OUTBOX_CHANNEL } from '@eungmo/db/connection/notifier'
import { openLink } from '@eungmo/db/connection/statement-link'
import { readClock } from '@eungmo/db/queries/clock'
import { registerSettings } from '@eungmo/db/queries/register-participants'
import { pause } from '@eungmo/db/timing/pause'
import { type BeaconChain, QUICKNET } from '@eungmo/draw/beacon'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { type CountsFeed, createCountsFeed } from './analytics/counts-feed.ts'
import { readEventAnalytics } from './analytics/event-counts.ts'
import { createStreamPlaces, type StreamCaps, type StreamPlaces } from './analytics/stream-places.ts'
import { type KeyRing, parseSecretKeys } from './crypto/key-ring.ts'
import {
  createDestructionJournal,
  type DestructionJournal,
} from './destruction/journal/destruction-journal.ts'
import { type BeaconStatus, createBeaconStatus } from './draws/beacon-status.ts'
import { readLockedTree } from './draws/locked-list.ts'
import { createLockedTrees, type LockedTrees } from './draws/locked-trees.ts'
import { type Notifier, noNotifier } from './notices/notifier.ts'
import type { Observe } from './observation.ts'
import { createTurns, type TakeTurn } from './participants/turns.ts'
import { createEventIds } from './participations/event-ids.ts'
import { createEventKeys } from './participations/event-keys.ts'
import { createRateLimit, noRateLimit, type RateLimit } from './participations/rate-limit.ts'
import { createRegistrar, type Registrar } from './participations/registrar.ts'
import { createPublicReads, type PublicReads } from './public-reads.ts'
import { createViewCounter, type ViewCounter } from './views/view-counter.ts'

/** What procedures work with: composed once per process, and passed as arguments from there. */
export interface Dependencies {
  db: Database
  sql: Sql
  /** The keys in SECRET_KEYS. */
  secrets: KeyRing
  /** Stores entries, many in one statement. */
  registrar: Registrar
  /** The id of a published event, by its slug. Rejects with NOT_FOUND. */
  eventIdOf: (slug: string) => Promise<string>
  /** Reads what everybody sees. */
  publicReads: PublicReads
  /** Feeds open dashboards with counts. */
  countsFeed: CountsFeed
  /** Limits how many streams of live updates are open. */
  streamPlaces: StreamPlaces
  /** Resolves after `ms`, or when the signal aborts. */
  wait: typeof pause
  /** Trees of locked lists, for proofs. */
  lockedTrees: LockedTrees
  /** Whether a public beacon can be offered, checked at most once in ten seconds. */
  beaconStatus: BeaconStatus
  /** Runs one search by scan at a time. */
  takeScanTurn: TakeTurn
  /** Counts who opens the entry pages. */
  views: ViewCounter
  /** Limits entries per client address. */
  entryLimit: RateLimit
  /** Copies early destructions to a file outside the database. */
  destructionJournal: DestructionJournal
  /** Sends notices to winners and owners. */
  notifier: Notifier
  log: Logger
  /** Counts what an operator should know of. */
  observe: Observe
  /** Origin of links and QR codes, without a trailing slash. */
  publicUrl: string
  /** Addresses of drand relays; without any, no beacon can be offered. */
  drandRelays: readonly string[]
  /** The beacon's chain: quicknet, pinned in code; another one in tests only. */
  beaconChain: BeaconChain
}

export interface DependenciesOptions {
  databaseUrl: string
  /** SECRET_KEYS as in the environment. */
  secretKeys: string
  /** Origin without a trailing slash. */
  publicUrl: string
  log: Logger
  drandRelays?: readonly string[]
  /** For tests only. Defaults to quicknet. */
  beaconChain?: BeaconChain
  /** For tests only. Defaults to 10,000. */
  beaconStatusMaxAgeMs?: number
  /** Called with what an operator should know of, for metrics. */
  observe?: Observe
  /** False switches request limits off, but never the budgets of attempts. */
  rateLimit?: boolean
  /** For tests only. Default to 10 streams of live updates per user and 500 in all. */
  streamCaps?: StreamCaps
  /** For tests only: the clock that checks of open streams wait for. */
  wait?: typeof pause
  /** DESTRUCTION_JOURNAL, the file that early destructions are copied to. Defaults to none. */
  destructionJournal?: string | undefined
  /** Defaults to one that sends nothing. */
  notifier?: Notifier
  /** Connections for everything but entries. Defaults to 10. */
  maxConnections?: number
}

/** All customers of a shop enter from one address (its Wi-Fi), so the allowance is wide. */
const ENTRY_ALLOWANCE = { burst: 300, perMinute: 600 }
const BEACON_STATUS_MAX_AGE_MS = 10_000
const LANES = 2
const SPARE_LANES = 2
const ENTRY_STATEMENT_TIMEOUT_MS = 4_000
const VIEWS_STATEMENT_TIMEOUT_MS = 4_000
/** How long a statement waits for an event's gate before its batch is split by event. */
const GATE_TIMEOUT_MS = 1_000

/**
 * Composes what procedures work with.
 * @throws {Error} of one sentence when SECRET_KEYS cannot be parsed
 */
export function createDependencies(options: DependenciesOptions): {
  dependencies: Dependencies
  close(): Promise<void>
} {
  const { databaseUrl, log } = options
  const secrets = parseSecretKeys(options.secretKeys)
  const connection = connect(databaseUrl, {
    name: 'eungmo api',
    max: options.maxConnections ?? 10,
    limits: requestLimits,
  })
  const entries = openLink(databaseUrl, {
    name: 'eungmo entries',
    max: LANES + SPARE_LANES,
    timeout: ENTRY_STATEMENT_TIMEOUT_MS,
    settings: { ...registerSettings, lock_timeout: String(GATE_TIMEOUT_MS) },
  })
  const outbox = createNotifier(databaseUrl, OUTBOX_CHANNEL, {
    onError: (err) => log.debug({ err }, 'the outbox could not be announced'),
  })
  const countsFeed = createCountsFeed(databaseUrl, COUNTS_CHANNEL, {
    read: (eventId) => readEventAnalytics(connection.db, eventId),
    onError: (err) => log.debug({ err }, 'lost the connection that announces changed counts'),
  })
  const registrar = createRegistrar({
    runner: entries,
    keys: secrets,
    keyOfEvent: createEventKeys(entries, secrets),
    onQueued: () => outbox.notify(),
    onFailure: (err) => log.warn({ err }, 'entries wait for the database'),
    lanes: LANES,
    spareLanes: SPARE_LANES,
  })
  const viewsLink = openLink(databaseUrl, { name: 'eungmo views', timeout: VIEWS_STATEMENT_TIMEOUT_MS })
  const views = createViewCounter({ link: viewsLink, log })
  const observe = options.observe ?? (() => undefined)
  const drandRelays = options.drandRelays ?? []
  const beaconChain = options.beaconChain ?? QUICKNET
  return {
    dependencies: {
      db: connection.db,
      sql: connection.sql,
      secrets,
      registrar,
      eventIdOf: createEventIds(entries),
      publicReads: createPublicReads({ db: connection.db, secrets }),
      countsFeed,
      streamPlaces: createStreamPlaces(observe, options.streamCaps),
      wait: options.wait ?? pause,
      lockedTrees: createLockedTrees((eventId) => readLockedTree(connection.db, eventId)),
      beaconStatus: createBeaconStatus(() => readClock(connection.db), {
        relays: drandRelays,
        chain: beaconChain,
        maxAgeMs: options.beaconStatusMaxAgeMs ?? BEACON_STATUS_MAX_AGE_MS,
      }),
      takeScanTurn: createTurns(),
      views,
      entryLimit: options.rateLimit === false ? noRateLimit : createRateLimit(ENTRY_ALLOWANCE),
      destructionJournal: createDestructionJournal({
        db: connection.db,
        path: options.destructionJournal,
        log,
      }),
      notifier: options.notifier ?? noNotifier,
      log,
      observe,
      publicUrl: options.publicUrl,
      drandRelays,
      beaconChain,
    },
    async close() {
      await registrar.close()
      await views.close()
      await Promise.all([countsFeed.close(), outbox.close(), entries.close(), connection.close()])
    },
  }
}
