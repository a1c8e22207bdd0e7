import { openLink } from '@eungmo/db/connection/statement-link'
import { deleteFromOutbox } from '@eungmo/db/queries/outbox'
import { createMigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { afterAll, inject } from 'vitest'
import { noMetrics } from '../src/metrics/metrics.ts'
import { createOutboxSource } from '../src/outbox/outbox-source.ts'
import { writeOutbox } from '../testing/outbox-rows.ts'
import { quietLogger } from '../testing/quiet-logger.ts'
import { describeMessageSource } from './message-source-conformance.ts'

const cleanups: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup()
})

describeMessageSource('outbox', async () => {
  const database = await createMigratedDatabase(inject('postgresUrl'))
  const link = openLink(database.url, { max: 3 })
  cleanups.push(async () => {
    await link.close()
    await database.drop()
  })
  return {
    publish: (messages) => writeOutbox(database.url, messages),
    open: () => createOutboxSource({ databaseUrl: database.url, link, log: quietLogger, metrics: noMetrics }),
    warnings: () => 0,
    settle: (batch) =>
      deleteFromOutbox(
        link,
        batch.messages.map((message) => message.outboxId).filter((id) => id !== null),
      ),
  }
})
