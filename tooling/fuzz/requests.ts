import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const Recorder = z.object({
  cases: z
    .record(z.string(), z.object({ value: z.object({ method: z.string(), path: z.string() }) }))
    .optional(),
  interactions: z
    .record(
      z.string(),
      z.object({
        request: z.object({ method: z.string(), uri: z.string() }).nullish(),
        response: z.object({ status_code: z.number(), elapsed: z.number() }).nullish(),
      }),
    )
    .optional(),
})
const Finished = z.object({ ScenarioFinished: z.object({ recorder: Recorder }) })

/** Requests with a method that the path does not have. */
const OTHER_METHODS = 'other methods'

export interface OperationRequests {
  requests: number
  byStatus: Map<number, number>
  slowestMs: number
}

export interface Requests {
  total: number
  byOperation: Map<string, OperationRequests>
  /** Longer than the limit of the run, longest first. */
  slow: { request: string; ms: number }[]
}

export function noRequests(operations: readonly string[]): Requests {
  const none = () => ({ requests: 0, byStatus: new Map(), slowestMs: 0 })
  return {
    total: 0,
    byOperation: new Map([...operations, OTHER_METHODS].map((operation) => [operation, none()])),
    slow: [],
  }
}

/** Adds what schemathesis' events (one JSON per line) say: each request's operation, status and duration. */
export async function addRequests(requests: Requests, file: string, maxMs: number): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const recorder = Finished.safeParse(JSON.parse(line)).data?.ScenarioFinished.recorder
    for (const [id, { request, response }] of Object.entries(recorder?.interactions ?? {})) {
      const { method, path } = recorder?.cases?.[id]?.value ?? { method: '', path: '' }
      const operation =
        requests.byOperation.get(`${method} ${path}`) ?? requests.byOperation.get(OTHER_METHODS)
      if (!operation) continue
      requests.total += 1
      operation.requests += 1
      if (!response) continue
      const { status_code: status, elapsed } = response
      const ms = Math.round(elapsed * 1_000)
      operation.byStatus.set(status, (operation.byStatus.get(status) ?? 0) + 1)
      operation.slowestMs = Math.max(operation.slowestMs, ms)
      if (request && ms > maxMs) requests.slow.push({ request: `${request.method} ${request.uri}`, ms })
    }
  }
  requests.slow.sort((a, b) => b.ms - a.ms)
}

/** Operations of which no request succeeded: the fuzzer has seen nothing but their validation. */
export function neverSucceeded({ byOperation }: Requests): string[] {
  return [...byOperation]
    .filter(
      ([operation, { byStatus }]) => operation !== OTHER_METHODS && ![...byStatus.keys()].some(isSuccess),
    )
    .map(([operation]) => operation)
}

const isSuccess = (status: number) => status >= 200 && status < 300
