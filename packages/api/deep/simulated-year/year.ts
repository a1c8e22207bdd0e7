import type { Installation } from './installation.ts'
import type { SimulatedEvent } from './model.ts'
import type { createPeople } from './people.ts'
import type { Random } from './random.ts'

/** What the parts of the simulation share. */
export interface Year {
  installation: Installation
  random: Random
  people: ReturnType<typeof createPeople>
  events: SimulatedEvent[]
  /** What happened how often. */
  counts: Map<string, number>
  /** The simulated instant of the database's clock: `days` later than it shows. */
  now(): number
  /** How far stored instants have moved back, in milliseconds. */
  passed(): number
  /** A simulated instant as the database's clock will show it. */
  toStored(instant: number): string
}

export const count = (year: Year, what: string): void => {
  year.counts.set(what, (year.counts.get(what) ?? 0) + 1)
}
