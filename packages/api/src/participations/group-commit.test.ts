import { describe, expect, test } from 'vitest'
import { createGroupCommit } from './group-commit.ts'
import type { GroupCommitOptions } from './group-commit-options.ts'

class ItemError extends Error {}
class UnreachableError extends Error {}

const createCommits = (options: Partial<GroupCommitOptions<number, string>>) =>
  createGroupCommit<number, string>({
    write: async (batch) => batch.map(String),
    isItemError: (error) => error instanceof ItemError,
    onItemError: (_, error) => (error instanceof Error ? error : new Error('item error')),
    unavailable: (cause) => new Error('unavailable', { cause }),
    ...options,
  })

/** A promise that resolves once it is opened. */
function createGate() {
  const opened = Promise.withResolvers<void>()
  return { open: opened.resolve, passed: opened.promise }
}

describe('group commit', () => {
  test('writes waiting items as one batch and returns each caller its own result', async () => {
    const sizes: number[] = []
    const first = createGate()
    const commits = createCommits({
      lanes: 1,
      write: async (batch) => {
        sizes.push(batch.length)
        if (sizes.length === 1) await first.passed
        return batch.map((item) => `result ${item}`)
      },
    })
    const one = commits.submit(0)
    await new Promise((resolve) => setImmediate(resolve))
    const rest = Array.from({ length: 50 }, (_, n) => commits.submit(n + 1))
    first.open()
    expect(await one).toBe('result 0')
    expect(await Promise.all(rest)).toEqual(Array.from({ length: 50 }, (_, n) => `result ${n + 1}`))
    expect(sizes).toEqual([1, 50])
  })

  test('never has more batches in progress than lanes, nor more items per batch than allowed', async () => {
    let inProgress = 0
    let most = 0
    let largest = 0
    const commits = createCommits({
      lanes: 2,
      maxBatch: 7,
      write: async (batch) => {
        inProgress += 1
        most = Math.max(most, inProgress)
        largest = Math.max(largest, batch.length)
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
        inProgress -= 1
        return batch.map(String)
      },
    })
    await Promise.all(Array.from({ length: 100 }, (_, n) => commits.submit(n)))
    expect([most, largest]).toEqual([2, 7])
  })

  test('spreads waiting items over the lanes, but writes a few together', async () => {
    const sizes: number[] = []
    let held = createGate()
    const commits = createCommits({
      lanes: 2,
      write: async (batch) => {
        sizes.push(batch.length)
        await held.passed
        return batch.map(String)
      },
    })
    const sizesOf = async (items: number) => {
      sizes.length = 0
      held = createGate()
      const results = Array.from({ length: items }, (_, n) => commits.submit(n))
      while (sizes.reduce((sum, size) => sum + size, 0) < items)
        await new Promise((resolve) => setImmediate(resolve))
      held.open()
      await Promise.all(results)
      return sizes
    }
    expect(await sizesOf(41)).toEqual([21, 20])
    expect(await sizesOf(10)).toEqual([10])
  })

  test('halves a batch until only the invalid item is rejected', async () => {
    const written: number[] = []
    const commits = createCommits({
      lanes: 1,
      write: async (batch) => {
        if (batch.includes(13)) throw new ItemError('13')
        written.push(...batch)
        return batch.map(String)
      },
    })
    const results = await Promise.allSettled(Array.from({ length: 32 }, (_, n) => commits.submit(n)))
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([13])
    expect(written.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 32 }, (_, n) => n).filter((n) => n !== 13),
    )
  })

  test('writes the others again in one batch where the error names the invalid item', async () => {
    const sizes: number[] = []
    const commits = createCommits({
      lanes: 1,
      culpritOf: (error, batch) =>
        batch.find((item) => error instanceof Error && error.message === String(item)),
      write: async (batch) => {
        sizes.push(batch.length)
        const invalid = batch.find((item) => item === 13 || item === 20)
        if (invalid !== undefined) throw new ItemError(String(invalid))
        return batch.map(String)
      },
    })
    const results = await Promise.allSettled(Array.from({ length: 32 }, (_, n) => commits.submit(n)))
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([13, 20])
    expect(sizes).toEqual([32, 31, 30])
  })

  test('a group that blocks all lanes does not block the others', async () => {
    const locked = createGate()
    const commits = createCommits({
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

  test('writes an item again after it was corrected', async () => {
    const commits = createCommits({
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
    const commits = createCommits({
      write: async (batch, attempt) => {
        attempts.push(attempt)
        if (attempt < 3) throw new UnreachableError()
        return batch.map(String)
      },
    })
    expect(await commits.submit(5)).toBe('5')
    expect(attempts).toEqual([1, 2, 3])
  })

  test('rejects callers after the maximum wait, with the cause, and works again afterwards', async () => {
    let unreachable = true
    const commits = createCommits({
      maxWaitMs: 150,
      write: async (batch) => {
        if (unreachable) throw new UnreachableError('no database')
        return batch.map(String)
      },
    })
    const rejected = await commits.submit(1).catch((error: unknown) => error)
    expect(rejected).toMatchObject({ message: 'unavailable', cause: { message: 'no database' } })
    unreachable = false
    expect(await commits.submit(2)).toBe('2')
  })

  test('rejects a caller whose statement hangs, and those that wait behind it', async () => {
    const hanging = createGate()
    const commits = createCommits({
      lanes: 1,
      maxWaitMs: 100,
      write: async (batch) => {
        await hanging.passed
        return batch.map(String)
      },
    })
    const results = await Promise.allSettled([commits.submit(1), commits.submit(2)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    hanging.open()
    await commits.close()
  })

  test('rejects items beyond the maximum that may wait', async () => {
    const first = createGate()
    const commits = createCommits({
      lanes: 1,
      maxWaiting: 10,
      write: async (batch) => {
        await first.passed
        return batch.map(String)
      },
    })
    const under = commits.submit(0)
    await new Promise((resolve) => setImmediate(resolve))
    const results = Array.from({ length: 25 }, (_, n) => commits.submit(n + 1))
    const settled = Promise.allSettled(results)
    first.open()
    expect((await settled).filter(({ status }) => status === 'rejected').length).toBe(15)
    expect(await under).toBe('0')
  })

  test('settles accepted items before it closes, and accepts no more', async () => {
    const first = createGate()
    const commits = createCommits({
      write: async (batch) => {
        await first.passed
        return batch.map(String)
      },
    })
    const accepted = commits.submit(1)
    const closed = commits.close()
    await expect(commits.submit(2)).rejects.toThrow('unavailable')
    first.open()
    expect(await accepted).toBe('1')
    await closed
  })
})
