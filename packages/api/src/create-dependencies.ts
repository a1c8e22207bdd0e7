import { connect } from '@eungmo/db/connection/client'
import { COUNTS_CHANNEL, createNotifier, OUTBOX_CHANNEL } from '@eungmo/db/connection/notifier'
import { openLink } from '@eungmo/db/connection/statement-link'
import { registerSettings } from '@eungmo/db/queries/register-participants'
import { type BeaconChain, QUICKNET } from '@eungmo/draw/beacon'
import type { Logger } from '@eungmo/messaging/logger'
import { createCountsFeed } from './analytics/counts-feed.ts'
import { parseSecretKeys } from './crypto/key-ring.ts'
import type { Dependencies } from './dependencies.ts'
import { createLockedTrees } from './draws/locked-trees.ts'
import { createEventKeys } from './participations/event-keys.ts'
import { createRateLimit, noRateLimit } from './participations/rate-limit.ts'
import { createRegistrar } from './participations/registrar.ts'

export interface DependenciesOptions {
  databaseUrl: string
  /** SECRET_KEYS as it stands in the environment. */
  secretKeys: string
  /** Origin without a trailing slash. */
  publicUrl: string
  log: Logger
  drandRelays?: readonly string[]
  /** Tests only; quicknet unless told. */
  beaconChain?: BeaconChain
  /** False switches request limits off. */
  rateLimit?: boolean
  /** Connections for everything but entries; 10 unless told. */
  maxConnections?: number
}

/** A whole shop enters from one address (its Wi-Fi), so the allowance is wide: 300 at once, 600 a minute. */
const entryAllowance = { burst: 300, perMinute: 600 }
const [lanes, spareLanes] = [2, 2]

/** Composes what procedures work with. Throws one clear sentence when the secrets are not what they should be. */
export function createDependencies(options: DependenciesOptions): {
  dependencies: Dependencies
  close(): Promise<void>
} {
  const { databaseUrl, log } = options
  const secrets = parseSecretKeys(options.secretKeys)
  const connection = connect(databaseUrl, { name: 'eungmo api', max: options.maxConnections ?? 10 })
  const entries = openLink(databaseUrl, {
    name: 'eungmo entries',
    max: lanes + spareLanes,
    timeout: 4_000,
    settings: registerSettings,
  })
  const outbox = createNotifier(databaseUrl, OUTBOX_CHANNEL, {
    onError: (err) => log.debug({ err }, 'the outbox could not be announced'),
  })
  const countsFeed = createCountsFeed(databaseUrl, COUNTS_CHANNEL, {
    onError: (err) => log.debug({ err }, 'lost the connection that tells of changed counts'),
  })
  const registrar = createRegistrar({
    runner: entries,
    keys: secrets,
    keyOfEvent: createEventKeys(entries, secrets),
    onQueued: () => outbox.notify(),
    onFailure: (err) => log.warn({ err }, 'entries wait for the database'),
    lanes,
    spareLanes,
  })
  return {
    dependencies: {
      db: connection.db,
      sql: connection.sql,
      secrets,
      registrar,
      countsFeed,
      lockedTrees: createLockedTrees(connection.db),
      entryLimit: options.rateLimit === false ? noRateLimit : createRateLimit(entryAllowance),
      log,
      publicUrl: options.publicUrl,
      drandRelays: options.drandRelays ?? [],
      beaconChain: options.beaconChain ?? QUICKNET,
    },
    async close() {
      await registrar.close()
      await Promise.all([countsFeed.close(), outbox.close(), entries.close(), connection.close()])
    },
  }
}
