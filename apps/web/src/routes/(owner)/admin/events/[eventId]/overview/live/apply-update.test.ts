import { expect, test } from 'vitest'
import { applyUpdate } from './apply-update.ts'

const channels = [{ entryPath: 'SNS', count: 3 }]
const at = (hour: number, count: number) => ({ hour: `2026-11-22T${hour}:00:00.000Z`, count })
const current = { total: 3, channels, hourly: [at(12, 1), at(14, 2)], views: null }

test('an update with all hours replaces what was there', () => {
  const next = { total: 1, channels, hourly: [at(15, 1)], views: null }
  expect(applyUpdate(current, { ...next, hours: 'all' })).toEqual(next)
})

test('changed hours are added in order, and an hour without entries goes', () => {
  const update = { total: 6, channels, hourly: [at(13, 4), at(14, 2), at(12, 0)], views: null }
  expect(applyUpdate(current, { ...update, hours: 'changed' }).hourly).toEqual([at(13, 4), at(14, 2)])
})

test('changed hours of views are added to those that are known, and their sums are replaced', () => {
  const views = (total: number, hourly: (typeof current)['hourly']) => ({
    total,
    channels,
    shared: 0,
    direct: 1,
    other: 0,
    hourly,
  })
  const first = applyUpdate(current, { ...current, hours: 'changed', views: views(5, [at(12, 5)]) })
  const second = applyUpdate(first, { ...current, hours: 'changed', views: views(9, [at(13, 4)]) })
  expect(second.views).toEqual(views(9, [at(12, 5), at(13, 4)]))
  expect(applyUpdate(second, { ...current, hours: 'all' }).views).toBeNull()
})
