import { describe, expect, test } from 'vitest'
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts'

class ItemError extends Error {}
class Away extends Error {}

const make = (options: Partial<GroupCommitOptions<number, string>>) =>
  createGroupCommit<number, string>({
    write: async (batch) => batch.map(String),
    isItemError: (error) => error instanceof ItemError,
    onItemError: (_, error) => (error instanceof Error ? error : new Error('fault')),
    unavailable: (cause) => new Error('unavailable', { cause }),
    ...options,
  })

/** A write that waits until it is let go. */
function gate() {
  const opened = Promise.withResolvers<void>()
  return { open: opened.resolve, passed: opened.promise }
}

describe('group commit', () => {
  test('writes what waits together as one batch, and gives each caller its own answer', async () => {
    const sizes: number[] = []
    const first = gate()
    const commits = make({
      lanes: 1,
      write: async (batch) => {
        sizes.push(batch.length)
        if (sizes.length === 1) await first.passed
        return batch.map((item) => `answer ${item}`)
      },
    })
    const one = commits.submit(0)
    await new Promise((resolve) => setImmediate(resolve))
    const rest = Array.from({ length: 50 }, (_, n) => commits.submit(n + 1))
    first.open()
    expect(await one).toBe('answer 0')
    expect(await Promise.all(rest)).toEqual(Array.from({ length: 50 }, (_, n) => `answer ${n + 1}`))
    expect(sizes).toEqual([1, 50])
  })

  test('never has more batches under way than lanes, nor more items in one than allowed', async () => {
    let underWay = 0
    let most = 0
    let largest = 0
    const commits = make({
      lanes: 2,
      maxBatch: 7,
      write: async (batch) => {
        underWay += 1
        most = Math.max(most, underWay)
        largest = Math.max(largest, batch.length)
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
        underWay -= 1
        return batch.map(String)
      },
    })
    await Promise.all(Array.from({ length: 100 }, (_, n) => commits.submit(n)))
    expect([most, largest]).toEqual([2, 7])
  })

  test('spreads what waits over the lanes, but sends a few together', async () => {
    const sizes: number[] = []
    let held = gate()
    const commits = make({
      lanes: 2,
      write: async (batch) => {
        sizes.push(batch.length)
        await held.passed
        return batch.map(String)
      },
    })
    const sizesOf = async (items: number) => {
      sizes.length = 0
      held = gate()
      const answers = Array.from({ length: items }, (_, n) => commits.submit(n))
      while (sizes.reduce((sum, size) => sum + size, 0) < items)
        await new Promise((resolve) => setImmediate(resolve))
      held.open()
      await Promise.all(answers)
      return sizes
    }
    expect(await sizesOf(41)).toEqual([21, 20])
    expect(await sizesOf(10)).toEqual([10])
  })

  test('halves a batch until only the faulty item is refused', async () => {
    const written: number[] = []
    const commits = make({
      lanes: 1,
      write: async (batch) => {
        if (batch.includes(13)) throw new ItemError('13')
        written.push(...batch)
        return batch.map(String)
      },
    })
    const answers = await Promise.allSettled(Array.from({ length: 32 }, (_, n) => commits.submit(n)))
    expect(answers.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([13])
    expect(written.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 32 }, (_, n) => n).filter((n) => n !== 13),
    )
  })

  test('a group that holds all lanes up does not hold up the others', async () => {
    const locked = gate()
    const commits = make({
      lanes: 2,
      spareLanes: 1,
      maxBatch: 1,
      groupOf: (item) => (item < 100 ? 'locked' : 'open'),
      write: async (batch) => {
        if (batch.some((item) => item < 100)) await locked.passed
        return batch.map(String)
      },
    })
    const held = [1, 2, 3, 4].map((item) => commits.submit(item))
    expect(await Promise.all([commits.submit(101), commits.submit(102)])).toEqual(['101', '102'])
    expect(await commits.submit(103)).toBe('103')
    locked.open()
    expect(await Promise.all(held)).toEqual(['1', '2', '3', '4'])
  })

  test('writes an item again after its fault was mended', async () => {
    const commits = make({
      write: async (batch, attempt) => {
        if (attempt < 3) throw new ItemError()
        return batch.map((item) => `${item} at ${attempt}`)
      },
      onItemError: () => 'retry',
    })
    expect(await commits.submit(1)).toBe('1 at 3')
  })

  test('writes a batch of unknown outcome again, with a higher attempt', async () => {
    const attempts: number[] = []
    const commits = make({
      write: async (batch, attempt) => {
        attempts.push(attempt)
        if (attempt < 3) throw new Away()
        return batch.map(String)
      },
    })
    expect(await commits.submit(5)).toBe('5')
    expect(attempts).toEqual([1, 2, 3])
  })

  test('refuses callers who have waited long enough, with the cause, and goes on afterwards', async () => {
    let away = true
    const commits = make({
      maxWaitMs: 150,
      write: async (batch) => {
        if (away) throw new Away('no database')
        return batch.map(String)
      },
    })
    const refused = await commits.submit(1).catch((error: unknown) => error)
    expect(refused).toMatchObject({ message: 'unavailable', cause: { message: 'no database' } })
    away = false
    expect(await commits.submit(2)).toBe('2')
  })

  test('refuses a caller whose statement hangs, and the ones who wait behind it', async () => {
    const hanging = gate()
    const commits = make({
      lanes: 1,
      maxWaitMs: 100,
      write: async (batch) => {
        await hanging.passed
        return batch.map(String)
      },
    })
    const answers = await Promise.allSettled([commits.submit(1), commits.submit(2)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    hanging.open()
    await commits.close()
  })

  test('lets no more wait than allowed', async () => {
    const first = gate()
    const commits = make({
      lanes: 1,
      maxWaiting: 10,
      write: async (batch) => {
        await first.passed
        return batch.map(String)
      },
    })
    const under = commits.submit(0)
    await new Promise((resolve) => setImmediate(resolve))
    const answers = Array.from({ length: 25 }, (_, n) => commits.submit(n + 1))
    const settled = Promise.allSettled(answers)
    first.open()
    expect((await settled).filter(({ status }) => status === 'rejected').length).toBe(15)
    expect(await under).toBe('0')
  })

  test('answers what it took before it closes, and takes no more', async () => {
    const first = gate()
    const commits = make({
      write: async (batch) => {
        await first.passed
        return batch.map(String)
      },
    })
    const taken = commits.submit(1)
    const closed = commits.close()
    await expect(commits.submit(2)).rejects.toThrow('unavailable')
    first.open()
    expect(await taken).toBe('1')
    await closed
  })
})
