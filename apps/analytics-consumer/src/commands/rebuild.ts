import { connect } from '@eungmo/db/connection/client'
import { COUNTS_CHANNEL, createNotifier } from '@eungmo/db/connection/notifier'
import { rebuildAnalytics } from '@eungmo/db/queries/analytics-rebuild'
import { maintainPartitions } from '@eungmo/db/queries/processed-messages'
import { commandDatabaseUrl, print } from './command-environment.ts'

/** Rebuilds all counts from participants, while everything else runs. */
const url = commandDatabaseUrl()
const { sql, close } = connect(url, { max: 1, name: 'eungmo rebuild' })
const notifier = createNotifier(url, COUNTS_CHANNEL)
const start = performance.now()
await maintainPartitions(sql, Date.now())
const { participants, marked } = await rebuildAnalytics(sql, Date.now())
notifier.notify()
const seconds = ((performance.now() - start) / 1000).toFixed(1)
print(
  `Rebuilt the counts from ${participants} participants in ${seconds} s; ${marked} had not been counted before.`,
)
await notifier.close()
await close()
