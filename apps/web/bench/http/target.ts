import type { TargetName } from '@eungmo/tooling/bench/http-report'
import type { LoadJob } from '../../../../bench/load-job.ts'

/** What is measured, in the order of the report. */
export const PATHS = [
  { name: 'entry page', connections: 32 },
  { name: 'form POST', connections: 32 },
  { name: 'REST POST', connections: 32 },
  { name: 'REST POST', connections: 256 },
  { name: 'event JSON', connections: 32 },
  { name: 'winners page', connections: 32 },
] as const

export type Path = (typeof PATHS)[number]
export type PathName = Path['name']

/** A server under load, with all that it needs. */
export interface Target {
  name: TargetName
  /** What the load client sends for a path. */
  job(path: PathName): Pick<LoadJob, 'url' | 'kind' | 'receipts' | 'eventId'>
  /** Opens a new event with so many participants; `job` is about it from then on. */
  openEvent(participants: number): Promise<void>
  /** Processor time so far of the server, its database and whatever else it started; null where there is no /proc. */
  processorMs(): number | null
  /** The process that serves HTTP. */
  serverPid: number
  /** Checks what the load client returned as samples. @throws when a receipt is missing or its signature is wrong */
  checkSamples(path: PathName, samples: readonly string[]): Promise<void>
  stop(): Promise<void>
}

/** How a path is called where the product and the peer use the same addresses. */
export function jobOf(baseUrl: string, open: EventAddress, drawn: EventAddress, path: PathName) {
  const addresses = {
    'entry page': { url: `${baseUrl}/e/${open.slug}`, kind: 'get' },
    'form POST': { url: `${baseUrl}/e/${open.slug}`, kind: 'form' },
    'REST POST': { url: `${baseUrl}/api/v1/participations`, kind: 'rest', eventId: open.id },
    'event JSON': { url: `${baseUrl}/api/v1/events/${open.id}`, kind: 'get' },
    'winners page': { url: `${baseUrl}/e/${drawn.slug}/winners`, kind: 'get' },
  } as const
  return addresses[path]
}

export interface EventAddress {
  id: string
  slug: string
}

/** Of the event with winners, which is the same for the product and the peer. */
export const DRAWN_ENTRIES = 100
export const DRAWN_WINNERS = 10
