import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coalesceReads } from './coalesce-reads.ts'

fc.configureGlobal({ seed: 20261126 })

interface Read {
  key: string
  startedAt: number
  succeed(): void
  fail(): void
}

/** Reads that end when the test says so; calls and starts are numbered by one clock. */
function controlledReads() {
  let clock = 0
  const reads: Read[] = []
  const running = new Set<Read>()
  const mostAtOnce = new Map<string, number>()
  const get = coalesceReads((key) => {
    const { promise, resolve, reject } = Promise.withResolvers<Read>()
    const end = (settle: () => void) => () => {
      running.delete(read)
      settle()
    }
    const read: Read = {
      key,
      startedAt: ++clock,
      succeed: end(() => resolve(read)),
      fail: end(() => reject(read)),
    }
    reads.push(read)
    running.add(read)
    const atOnce = [...running].filter((other) => other.key === key).length
    mostAtOnce.set(key, Math.max(mostAtOnce.get(key) ?? 0, atOnce))
    return promise
  })
  return {
    reads,
    running,
    mostAtOnce,
    call(key: string) {
      const calledAt = ++clock
      const result = get(key).then(
        (read) => ({ read, failed: false }),
        (read: Read) => ({ read, failed: true }),
      )
      return { key, calledAt, result }
    },
  }
}

/** Lets everything that is settled run on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('callers during a read share the next one, and a key without callers is read again', async () => {
  const { call, reads } = controlledReads()
  const first = call('a')
  const [second, third] = [call('a'), call('a')]
  expect(reads).toHaveLength(1)
  reads[0]?.succeed()
  expect((await first.result).read).toBe(reads[0])
  await settle()
  expect(reads).toHaveLength(2)
  reads[1]?.succeed()
  expect([(await second.result).read, (await third.result).read]).toEqual([reads[1], reads[1]])
  call('a')
  expect(reads).toHaveLength(3)
})

test('an error reaches those who shared the read, and the next read runs', async () => {
  const { call, reads } = controlledReads()
  const first = call('a')
  const second = call('a')
  reads[0]?.fail()
  expect((await first.result).failed).toBe(true)
  await settle()
  reads[1]?.succeed()
  expect((await second.result).failed).toBe(false)
})

test('a read that throws at once is an error like any other', async () => {
  const get = coalesceReads(() => {
    throw new Error('at once')
  })
  await expect(get('a')).rejects.toThrow('at once')
  await expect(get('a')).rejects.toThrow('at once')
})

test('in any order of calls and ends: fresh results, one read per key at a time, every caller served', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('call' as const), key: fc.constantFrom('a', 'b') }),
    fc.record({ kind: fc.constantFrom('succeed' as const, 'fail' as const), at: fc.nat(3) }),
    fc.record({ kind: fc.constant('settle' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { call, running, reads, mostAtOnce } = controlledReads()
      const calls: ReturnType<typeof call>[] = []
      for (const action of steps) {
        if (action.kind === 'call') calls.push(call(action.key))
        else if (action.kind === 'settle') await settle()
        else [...running][action.at]?.[action.kind]()
      }
      await settle()
      while (running.size > 0) {
        for (const read of [...running]) read.succeed()
        await settle()
      }
      for (const { key, calledAt, result } of calls) {
        const { read } = await result
        expect(read.key).toBe(key)
        expect(read.startedAt).toBeGreaterThan(calledAt)
      }
      expect(reads.length).toBeLessThanOrEqual(calls.length)
      for (const most of mostAtOnce.values()) expect(most).toBe(1)
    }),
  )
})
