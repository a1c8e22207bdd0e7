import { pause } from '@eungmo/db/timing/pause'
import { bothModes, formatLongest, type Scenario } from '../scenario.ts'

export const backendsTerminated: Scenario = {
  number: 5,
  title: 'continuous pg_terminate_backend',
  modes: bothModes,
  async run(fixture, scale, random) {
    const end = performance.now() + (scale === 'full' ? 15_000 : 3_000)
    let terminated = 0
    while (performance.now() < end) {
      const rows = await fixture.database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'eungmo %' order by random() limit 2`
      terminated += rows.length
      await pause(random.between(20, 180))
    }
    return {
      notes: `${terminated} backends; next count after ${formatLongest([await fixture.untilProgress(3_000)])}`,
    }
  },
}
