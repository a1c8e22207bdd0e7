import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Recorder = z.object({
  interactions: z.record(
    z.string(),
    z.object({
      request: z.object({ method: z.string(), uri: z.string() }).nullish(),
      response: z.object({ status_code: z.number(), elapsed: z.number() }).nullish(),
    }),
  ),
})
const Finished = z.object({ ScenarioFinished: z.object({ recorder: Recorder }) })

export interface RequestTimes {
  requests: number
  byStatus: Map<number, number>
  /** The slowest requests, longest first. */
  slow: { request: string; ms: number }[]
}

/** Reads schemathesis' events (one JSON per line): how many requests it sent, and which took longer than `maxMs`. */
export async function slowRequests(file: string, maxMs: number): Promise<RequestTimes> {
  const times: RequestTimes = { requests: 0, byStatus: new Map(), slow: [] }
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { data } = Finished.safeParse(JSON.parse(line))
    for (const { request, response } of Object.values(data?.ScenarioFinished.recorder.interactions ?? {})) {
      times.requests += 1
      if (!response) continue
      times.byStatus.set(response.status_code, (times.byStatus.get(response.status_code) ?? 0) + 1)
      const ms = Math.round(response.elapsed * 1_000)
      if (request && ms > maxMs) times.slow.push({ request: `${request.method} ${request.uri}`, ms })
    }
  }
  times.slow.sort((a, b) => b.ms - a.ms)
  return times
}

const MAX_LISTED = 20

/** What a run came to, in a few lines. */
export function summary({ requests, byStatus, slow }: RequestTimes, maxMs: number): string {
  const statuses = [...byStatus].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  const listed = slow.slice(0, MAX_LISTED).map(({ request, ms }) => `  ${ms} ms ${request.slice(0, 160)}`)
  return [
    `${requests} requests (${statuses.join(', ')})`,
    `${slow.length} took longer than ${maxMs} ms${slow.length > 0 ? ':' : ''}`,
    ...listed,
  ].join('\n')
}
