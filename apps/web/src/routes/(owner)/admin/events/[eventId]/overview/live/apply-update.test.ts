import { expect, test } from 'vitest'
import { applyUpdate } from './apply-update.ts'

const channels = [{ entryPath: 'SNS', count: 3 }]
const at = (hour: number, count: number) => ({ hour: `2026-11-22T${hour}:00:00.000Z`, count })
const current = { total: 3, channels, hourly: [at(12, 1), at(14, 2)] }

test('an update with all hours replaces what was there', () => {
  const next = { total: 1, channels, hourly: [at(15, 1)] }
  expect(applyUpdate(current, { ...next, hours: 'all' })).toEqual(next)
})

test('changed hours are added in order, and an hour without entries goes', () => {
  const update = { total: 6, channels, hourly: [at(13, 4), at(14, 2), at(12, 0)] }
  expect(applyUpdate(current, { ...update, hours: 'changed' }).hourly).toEqual([at(13, 4), at(14, 2)])
})
