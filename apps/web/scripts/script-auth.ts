import type { Database } from '@eungmo/db/connection/client'
import { createLogger } from '@eungmo/messaging/logging/create-logger'
import { createAuth } from '../src/lib/server/auth/create-auth.ts'

/** better-auth for scripts: it creates users and passwords; its random secret signs no valid cookie. */
export const scriptAuth = (db: Database) =>
  createAuth({
    db,
    secrets: [{ version: 1, value: crypto.randomUUID() + crypto.randomUUID() }],
    publicUrl: 'http://localhost',
    rateLimit: false,
    // An operator at the console needs no invitation.
    signUp: { mode: 'open', setupCode: '' },
    secondFactor: 'optional',
    providers: {},
    log: createLogger({ app: 'script', level: 'info', destination: process.stderr }),
  })
