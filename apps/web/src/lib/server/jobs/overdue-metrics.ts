import type { Dependencies } from '@eungmo/api/dependencies'
import { countOverdue } from '@eungmo/api/destruction/count-overdue'
import { countOverdueDraws } from '@eungmo/api/draws/count-overdue-draws'
import { readClock } from '@eungmo/db/queries/clock'
import { shareFor } from '@eungmo/db/timing/share-for'
import { Gauge, type Registry } from 'prom-client'

const MAX_AGE_MS = 60_000

const gauges = [
  {
    name: 'eungmo_personal_data_overdue',
    help: 'Participants whose personal data should have been destroyed two hours ago; -1 where unknown',
    count: countOverdue,
  },
  {
    name: 'eungmo_draws_overdue',
    help: 'Events that should have been drawn by themselves two minutes ago; -1 where unknown',
    count: countOverdueDraws,
  },
]

/** Registers how much is overdue of what the jobs promise to do; read when scraped. */
export function registerOverdueMetrics(registry: Registry, dependencies: Dependencies): void {
  for (const { name, help, count } of gauges) {
    const read = shareFor(MAX_AGE_MS, async () => count(dependencies, await readClock(dependencies.db)))
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        try {
          this.set(await read())
        } catch (error) {
          dependencies.log.warn({ err: error }, `could not read the metric ${name}`)
          this.set(-1)
        }
      },
    })
  }
}
