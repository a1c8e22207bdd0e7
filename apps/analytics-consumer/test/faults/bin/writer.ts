import { parseSecretKeys } from '@eungmo/api/crypto/key-ring'
import { DomainError } from '@eungmo/api/errors/domain-error'
import { createEventKeys } from '@eungmo/api/participations/event-keys'
import { createRegistrar } from '@eungmo/api/participations/registrar'
import { createNotifier, OUTBOX_CHANNEL } from '@eungmo/db/connection/notifier'
import { openLink } from '@eungmo/db/connection/statement-link'
import { z } from 'zod'

/** The registration of entries as a process of its own behind plain HTTP. Responds with 201, 409 or 503. */
const env = z
  .object({
    DATABASE_URL: z.string(),
    SECRET_KEYS: z.string(),
    PORT: z.coerce.number(),
    STATEMENT_TIMEOUT: z.coerce.number(),
  })
  .parse(process.env)
const requestSchema = z.object({
  eventId: z.uuid(),
  phoneNumber: z.string(),
  entryPath: z.string(),
  submissionId: z.uuid(),
})

const keys = parseSecretKeys(env.SECRET_KEYS)
const reader = openLink(env.DATABASE_URL, { name: 'eungmo writer', timeout: env.STATEMENT_TIMEOUT })
const runner = openLink(env.DATABASE_URL, { max: 2, name: 'eungmo entries', timeout: env.STATEMENT_TIMEOUT })
const notifier = createNotifier(env.DATABASE_URL, OUTBOX_CHANNEL)
const registrar = createRegistrar({
  runner,
  keys,
  keyOfEvent: createEventKeys(reader, keys),
  onQueued: () => notifier.notify(),
})

Bun.serve({
  port: env.PORT,
  hostname: '127.0.0.1',
  async fetch(request) {
    const entry = requestSchema.parse(await request.json())
    try {
      const person = { name: '김하나', visitToken: null, consentVersion: null }
      const accepted = await registrar.register({ ...entry, ...person })
      return Response.json({ applicationNumber: accepted.applicationNumber }, { status: 201 })
    } catch (error) {
      const code = error instanceof DomainError ? error.code : ''
      const status = code === 'ALREADY_PARTICIPATED' ? 409 : 503
      return Response.json({ code, message: String(error) }, { status })
    }
  },
})
