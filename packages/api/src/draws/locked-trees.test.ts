import { entryTree, toEntryList } from '@eungmo/draw/list'
import { expect, test } from 'vitest'
import { createLockedTrees } from './locked-trees.ts'

const treeOf = (size: number) =>
  entryTree(
    toEntryList(Array.from({ length: size }, (_, n) => ({ id: `entry-${n}`, tickets: 1, reason: 0 }))),
  )

/** Trees whose sizes are the event ids, and the reads so far. */
function countReads(maxEntries: number) {
  const reads: string[] = []
  const trees = createLockedTrees(async (eventId) => {
    reads.push(eventId)
    await new Promise((resolve) => setImmediate(resolve))
    if (eventId === 'none') throw new Error('no locked list')
    return treeOf(Number(eventId))
  }, maxEntries)
  return { trees, reads }
}

test('concurrent and later calls for one event share one read', async () => {
  const { trees, reads } = countReads(10)
  const [first, second] = await Promise.all([trees.get('4'), trees.get('4')])
  expect(second).toBe(first)
  expect(await trees.get('4')).toBe(first)
  expect(reads).toEqual(['4'])
})

test('the least recently used trees are dropped once the entries exceed the maximum', async () => {
  const { trees, reads } = countReads(10)
  for (const eventId of ['4', '5', '4', '3', '4', '5']) await trees.get(eventId)
  expect(reads).toEqual(['4', '5', '3', '5'])
})

test('a tree larger than the maximum is cached until another one is read', async () => {
  const { trees, reads } = countReads(10)
  for (const eventId of ['12', '12', '1', '12']) await trees.get(eventId)
  expect(reads).toEqual(['12', '1', '12'])
})

test('a failed read is not cached', async () => {
  const { trees, reads } = countReads(10)
  await expect(trees.get('none')).rejects.toThrow('no locked list')
  await expect(trees.get('none')).rejects.toThrow('no locked list')
  expect(reads).toEqual(['none', 'none'])
})
