import type { Dependencies } from '@eungmo/api/dependencies'
import { createDependencies } from '@eungmo/api/dependencies'
import { checkKeys } from '@eungmo/api/key-checks/check-keys'
import { createNotifier } from '@eungmo/api/notices/create-notifier'
import { shareFor } from '@eungmo/db/timing/share-for'
import {
  DATABASE_URL,
  DESTRUCTION_JOURNAL,
  DRAND_RELAYS,
  PORT,
  PUBLIC_URL,
  RATE_LIMIT,
  SECRET_KEYS,
  SOLAPI_API_KEY,
  SOLAPI_API_SECRET,
  SOLAPI_CHANNEL,
  SOLAPI_SENDER,
  SOLAPI_TEMPLATES,
  SOLAPI_URL,
} from '$app/env/private'
import { logger } from './logger.ts'
import { mailer } from './mailer.ts'
import { observe } from './metrics.ts'
import { addReadinessCheck, addReadinessWarning } from './readiness.ts'
import { onShutdown } from './shutdown.ts'

/** Anybody may call /readyz. */
const KEY_CHECK_MAX_AGE_MS = 2_000

/** PUBLIC_URL, or the address on this machine where it is unset. */
export const publicUrl = (): string => PUBLIC_URL ?? `http://localhost:${PORT}`

const solapiVariables = {
  SOLAPI_API_KEY,
  SOLAPI_API_SECRET,
  SOLAPI_SENDER,
  SOLAPI_CHANNEL,
  SOLAPI_TEMPLATES,
  SOLAPI_URL,
}

let composed: Dependencies | undefined

/** The process's dependencies, composed at the first call: building must not need a database. */
export function dependencies(): Dependencies {
  if (composed) return composed
  const created = createDependencies({
    databaseUrl: DATABASE_URL,
    secretKeys: SECRET_KEYS,
    publicUrl: publicUrl(),
    drandRelays: DRAND_RELAYS,
    rateLimit: RATE_LIMIT === 'on',
    destructionJournal: DESTRUCTION_JOURNAL,
    notifier: createNotifier({ mailer: mailer(), solapi: solapiVariables, log: logger }),
    log: logger,
    observe,
  })
  composed = created.dependencies
  onShutdown(created.close)
  addReadinessCheck('database', async () => {
    await created.dependencies.sql`select 1`
  })
  addReadinessCheck(
    'keys',
    shareFor(KEY_CHECK_MAX_AGE_MS, () => checkKeys(created.dependencies)),
  )
  addReadinessWarning('destruction-journal', created.dependencies.destructionJournal.isBehind)
  return composed
}
