import { describe, expect, test } from 'vitest'
import { DomainError } from '../src/errors/domain-error.ts'
import { listParticipants } from '../src/participants/list-participants.ts'
import { type Scan, scanParticipants } from '../src/participants/scan-participants.ts'
import { createTurns } from '../src/participants/turns.ts'
import { registration } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner: viewer },
  callers: { owner },
} = await startTwoShops()

/** An event with more entries than one read of a scan; every hundredth is a 박. */
const COUNT = 6_000
const { id: eventId } = await createOpenEvent(owner)
for (let from = 0; from < COUNT; from += 500)
  await Promise.all(
    Array.from({ length: 500 }, (_, at) => {
      const n = from + at
      const name = n % 100 === 0 ? `박하늘${n}` : `김바다${n}`
      return api.dependencies.registrar.register({ ...registration(eventId, n), name })
    }),
  )

const never = new AbortController().signal
const scan = (changes: Partial<Scan>) =>
  scanParticipants(api.dependencies.db, {
    eventId,
    limit: 10,
    matches: () => false,
    partial: false,
    signal: never,
    deadline: never,
    ...changes,
  })

describe('a search by parts', () => {
  test('finds every match once over its pages, newest first, beyond one read of the table', async () => {
    const names: string[] = []
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const page = await owner.participants.search({
        eventId,
        q: 'ㅂㅎㄴ',
        limit: 25,
        ...(cursor && { cursor }),
      })
      names.push(...page.items.map(({ name }) => name ?? ''))
      ids.push(...page.items.map(({ participantId }) => participantId))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(names.toSorted()).toEqual(
      Array.from({ length: COUNT / 100 }, (_, n) => `박하늘${n * 100}`).toSorted(),
    )
    expect(ids).toEqual(ids.toSorted().toReversed())
  })

  test('stops at a full page', async () => {
    let compared = 0
    const { ids, last } = await scan({
      limit: 3,
      matches: () => {
        compared += 1
        return true
      },
    })
    expect([ids.length, compared, last]).toEqual([3, 3, null])
  })

  test('returns a part of a page while it searches on, and finds every match once over the parts', async () => {
    const isMatch = ({ id }: { id: string }) => id.endsWith('0')
    const isMatchSlowly: typeof isMatch = (row) => {
      const until = performance.now() + 0.15
      while (performance.now() < until);
      return isMatch(row)
    }
    const expected = await scan({ limit: COUNT, matches: isMatch })
    let parts = 0
    const ids: string[] = []
    let before: string | undefined
    do {
      const part = await scan({ limit: COUNT, partial: true, before, matches: isMatchSlowly })
      parts += 1
      ids.push(...part.ids)
      before = part.last ?? undefined
    } while (before !== undefined)
    expect(parts).toBeGreaterThan(1)
    expect(ids).toEqual(expected.ids)
  })

  test('ends when its caller is gone, and at the deadline with 503', async () => {
    let compared = 0
    const gone = new AbortController()
    await scan({
      signal: gone.signal,
      matches: () => {
        compared += 1
        if (compared === 10) gone.abort()
        Bun.sleepSync(2)
        return false
      },
    })
    expect(compared).toBeLessThan(100)
    const late = scan({ deadline: AbortSignal.abort() })
    await expect(late).rejects.toThrow(DomainError)
    await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  test('lets other work of the process run in between', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await scan({
      matches: () => {
        const until = performance.now() + 0.02
        while (performance.now() < until);
        return false
      },
    })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
  })
})

test('one search by parts runs at a time, and one that fails does not stop the next', async () => {
  const takeScanTurn = createTurns()
  let running = 0
  const most: number[] = []
  const work = (fails: boolean) => async () => {
    running += 1
    most.push(running)
    await scan({})
    running -= 1
    if (fails) throw new Error('failed')
  }
  const settled = await Promise.allSettled(
    [work(true), work(false), work(false)].map((each) => takeScanTurn(each)),
  )
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(most).toEqual([1, 1, 1])
})

test('a whole number is found by index, without a turn', async () => {
  const { applicationNumber } = await api.dependencies.registrar.register(registration(eventId, COUNT))
  const dependencies = {
    ...api.dependencies,
    takeScanTurn: () => Promise.reject(new Error('a scan')),
  }
  for (const q of [applicationNumber, '010-1000-6000']) {
    const { items } = await listParticipants(dependencies, viewer, { eventId, q, limit: 5 })
    expect(items).toMatchObject([{ applicationNumber }])
  }
})
