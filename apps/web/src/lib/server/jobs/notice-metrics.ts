import type { Dependencies } from '@eungmo/api/dependencies'
import { countNotices } from '@eungmo/db/queries/notices'
import { shareFor } from '@eungmo/db/timing/share-for'
import { Gauge, type Registry } from 'prom-client'

const MAX_AGE_MS = 15_000
const states = ['waiting', 'unknown', 'failed'] as const

/** Registers how many notices to winners and owners wait, failed, or have an unknown outcome; read when scraped. */
export function registerNoticeMetrics(registry: Registry, dependencies: Dependencies): void {
  const read = shareFor(MAX_AGE_MS, () => countNotices(dependencies.db))
  new Gauge({
    name: 'eungmo_notices',
    help: 'Notices to winners and owners by state; -1 where unknown',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      try {
        const counts = await read()
        for (const state of states) this.set({ state }, counts[state])
      } catch (error) {
        dependencies.log.warn({ err: error }, 'could not count the notices')
        for (const state of states) this.set({ state }, -1)
      }
    },
  })
}
