import { connect } from '@eungmo/db/connection/client'
import { reconcileAnalytics } from '@eungmo/db/queries/analytics-reconcile'
import { commandDatabaseUrl, print } from './command-environment.ts'

/** An entry that waits longer to be counted is a difference. */
const OVERDUE_AFTER_SECONDS = 60

/**
 * Compares the counts with participants and prints every difference. The exit code is 1 when there is one.
 */
const { sql, close } = connect(commandDatabaseUrl(), { max: 1, name: 'eungmo reconcile' })
const { participants, waiting, overdue, differences } = await reconcileAnalytics(
  sql,
  Date.now(),
  OVERDUE_AFTER_SECONDS,
)
await close()

print(`${participants} participants, ${waiting} of them not counted yet.`)
if (overdue > 0) print(`${overdue} have waited for more than ${OVERDUE_AFTER_SECONDS} s.`)
for (const { eventId, entryPath, hour, expected, counted } of differences)
  print(`event ${eventId}, ${entryPath ?? hour ?? 'total'}: ${expected} expected, ${counted} counted`)
if (overdue === 0 && differences.length === 0) print('No difference.')
else process.exitCode = 1
