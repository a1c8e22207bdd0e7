import type { Registrar } from '../src/participations/registrar.ts'

const CONCURRENCY = 32

export const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0
export const median = (values: readonly number[]) => quantile(values, 0.5)

let nextPhone = 50_000_000

/** Enters an event for `ms` milliseconds, 32 at once, and resolves with the latency of each entry in milliseconds. */
export async function entryLatencies(registrar: Registrar, eventId: string, ms: number): Promise<number[]> {
  const latenciesMs: number[] = []
  const end = performance.now() + ms
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let began = performance.now(); began < end; began = performance.now()) {
        const entry = { eventId, name: '김은모', phoneNumber: `+8210${nextPhone++}`, entryPath: 'SNS' }
        await registrar.register({ ...entry, visitToken: null, submissionId: null, consentVersion: null })
        latenciesMs.push(performance.now() - began)
      }
    }),
  )
  return latenciesMs
}
