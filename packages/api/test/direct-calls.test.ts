import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toErrorResponse } from '../src/errors/error-response.ts'
import { appRouter } from '../src/router.ts'
import type { ProcedureMeta } from '../src/trpc.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, callers } = await startTwoShops()

/** The status and body of the procedure, called through tRPC. */
async function throughTrpc(input: unknown): Promise<{ status: number; body: unknown }> {
  try {
    const register: (value: never) => Promise<unknown> = api.anonymous.participations.register
    return { status: 201, body: await register(input as never) }
  } catch (error) {
    const { status, body } = toErrorResponse(error, 'ko')
    return { status, body: JSON.parse(JSON.stringify(body)) }
  }
}

async function overRest(input: Record<string, unknown>): Promise<{ status: number; body: unknown }> {
  const { status, body } = await api.rest('POST', '/participations', { body: input })
  return { status, body }
}

test('only procedures that are open to everybody are called without tRPC', () => {
  const metas = Object.values(appRouter._def.procedures as Record<string, unknown>).map(
    (procedure) => (Reflect.get(Object(procedure), '_def') as { meta?: ProcedureMeta }).meta,
  )
  const direct = metas.filter((meta) => meta?.rest?.direct)
  expect(direct.map((meta) => meta?.openapi?.path)).toEqual(['/participations'])
  for (const meta of direct) {
    expect(meta?.openapi?.protect).toBe(false)
    expect(meta?.rest?.scope).toBeUndefined()
  }
})

test('an entry over REST has exactly the response of the procedure', async () => {
  const { id } = await createOpenEvent(callers.owner)
  const input = { ...entryInput(id, 1), submissionId: crypto.randomUUID() }
  const first = await overRest(input)
  expect(first.status).toBe(201)
  expect(await throughTrpc(input)).toStrictEqual(first)
  expect(await overRest(input)).toStrictEqual(first)
  const again = { ...input, submissionId: crypto.randomUUID() }
  expect(await overRest(again)).toStrictEqual(await throughTrpc(again))
})

test('whatever is wrong with an entry, REST and the procedure report the same', async () => {
  const { id } = await createOpenEvent(callers.owner)
  const right: Record<string, unknown> = entryInput(id, 1)
  const anything = fc.oneof(
    fc.constantFrom(undefined, null, '', ' ', 'x', '\0', '\ud800', '김', true, false, 0, 1.5, -1),
    fc.constantFrom('0507-1234-5678', crypto.randomUUID(), id.toUpperCase(), 'SNS ', [], {}),
    fc.string({ maxLength: 120 }),
  )
  const keys = [
    ...Object.keys(right),
    'visitToken',
    'submissionId',
    'consentVersion',
    'marketingConsent',
    'marketingVersion',
    'unknown',
  ]
  const changes = fc.dictionary(fc.constantFrom(...keys), anything, { minKeys: 1, maxKeys: 3 })
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      // JSON has no undefined.
      const input: Record<string, unknown> = JSON.parse(JSON.stringify({ ...right, ...change }))
      const rest = await overRest(input)
      if (rest.status === 201) expect(rest.body).toHaveProperty('receipt')
      else expect(rest).toStrictEqual(await throughTrpc(input))
    }),
    { numRuns: 300, seed: 5 },
  )
})
