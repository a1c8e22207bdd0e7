import type { Database, Sql } from '@eungmo/db/connection/client'
import type { BeaconChain } from '@eungmo/draw/beacon'
import type { Logger } from '@eungmo/messaging/logger'
import type { CountsFeed } from './analytics/counts-feed.ts'
import type { KeyRing } from './crypto/key-ring.ts'
import type { LockedTrees } from './draws/locked-trees.ts'
import type { RateLimit } from './participations/rate-limit.ts'
import type { Registrar } from './participations/registrar.ts'

/** What procedures work with, composed once a process and passed as arguments from there. */
export interface Dependencies {
  db: Database
  sql: Sql
  /** SECRET_KEYS. */
  secrets: KeyRing
  /** Takes entries in, many in one statement. */
  registrar: Registrar
  /** Tells which events' counts changed. */
  countsFeed: CountsFeed
  /** Trees of locked lists, for proofs. */
  lockedTrees: LockedTrees
  /** Entries by client address. */
  entryLimit: RateLimit
  log: Logger
  /** Origin that links and QR codes are built on, without a trailing slash. */
  publicUrl: string
  /** Addresses of drand relays; empty means that no beacon can be offered. */
  drandRelays: readonly string[]
  /** The beacon's chain: quicknet, pinned in code; another one in tests only. */
  beaconChain: BeaconChain
}
