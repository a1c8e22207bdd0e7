import type { Dependencies } from '@eungmo/api/dependencies'
import { countOverdue } from '@eungmo/api/destruction/count-overdue'
import { readClock } from '@eungmo/db/queries/clock'
import { shareFor } from '@eungmo/db/timing/share-for'
import { Gauge, type Registry } from 'prom-client'

const MAX_AGE_MS = 60_000

/** Registers the number of participants whose personal data should have been destroyed; read when scraped. */
export function registerOverdueMetric(registry: Registry, dependencies: Dependencies): void {
  const read = shareFor(MAX_AGE_MS, async () => countOverdue(dependencies, await readClock(dependencies.db)))
  new Gauge({
    name: 'eungmo_personal_data_overdue',
    help: 'Participants whose personal data should have been destroyed two hours ago; -1 where unknown',
    registers: [registry],
    async collect() {
      try {
        this.set(await read())
      } catch (error) {
        dependencies.log.warn({ err: error }, 'could not count the personal data that is overdue')
        this.set(-1)
      }
    },
  })
}
