import { describe, expect, test } from 'vitest'
import { createGroupCommit } from './group-commit.ts'
import type { GroupCommitOptions } from './group-commit-options.ts'

class UnreachableError extends Error {}

const createCommits = (options: Partial<GroupCommitOptions<number, string>>) =>
  createGroupCommit<number, string>({
    write: async (batch) => batch.map(String),
    isItemError: () => false,
    onItemError: (_, error) => (error instanceof Error ? error : new Error('item error')),
    unavailable: (cause) => new Error('unavailable', { cause }),
    ...options,
  })

describe('group commit with a slow group', () => {
  test('a batch that waited too long is split by group, and a slow group holds one lane at most', async () => {
    const batches: number[][] = []
    let open = false
    let measuring = false
    let slowInProgress = 0
    let mostSlow = 0
    const commits = createCommits({
      lanes: 2,
      maxWaitMs: 10_000,
      groupOf: String,
      isTooSlow: (error) => error instanceof UnreachableError,
      write: async (batch) => {
        batches.push([...batch])
        if (open || batch.every((item) => item > 0)) return batch.map(String)
        const measured = measuring
        if (measured) mostSlow = Math.max(mostSlow, ++slowInProgress)
        await new Promise((resolve) => setTimeout(resolve, 20))
        if (measured) slowInProgress -= 1
        throw new UnreachableError()
      },
    })
    const slow = [-1, -2, -3].map((item) => commits.submit(item))
    const quick = [1, 2, 3].map((item) => commits.submit(item))
    expect(await Promise.all(quick)).toEqual(['1', '2', '3'])
    measuring = true
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await commits.submit(4)).toBe('4')
    open = true
    expect(await Promise.all(slow)).toEqual(['-1', '-2', '-3'])
    expect(mostSlow).toBe(1)
    // Once a slow group has succeeded, it shares statements again.
    const together = [-1, 5].map((item) => commits.submit(item))
    await Promise.all(together)
    expect(batches.at(-1)).toEqual([-1, 5])
  })

  test('an item of a batch that waited too long may be stored: it is written again as a repetition', async () => {
    const attempts: number[] = []
    const commits = createCommits({
      groupOf: String,
      isTooSlow: (error) => error instanceof UnreachableError,
      write: async (batch, attempt) => {
        attempts.push(attempt)
        if (attempts.length === 1) throw new UnreachableError()
        return batch.map(String)
      },
    })
    expect(await Promise.all([commits.submit(1), commits.submit(2)])).toEqual(['1', '2'])
    expect(attempts).toEqual([1, 2, 2])
  })
})
