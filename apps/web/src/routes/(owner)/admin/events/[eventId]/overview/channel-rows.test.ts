import { expect, test } from 'vitest'
import { channelRows } from './channel-rows.ts'

const channels = [
  { entryPath: '우리동네TV', count: 10 },
  { entryPath: 'SNS', count: 30 },
  { entryPath: '링고비즈', count: 0 },
]
const views = {
  total: 200,
  channels: [
    { entryPath: '우리동네TV', count: 4 },
    { entryPath: 'SNS', count: 120 },
    { entryPath: '링고비즈', count: 6 },
  ],
  shared: 20,
  direct: 50,
  other: 0,
  hourly: [],
}

test('before the first view no channel has viewers or a conversion, and none is 0 %', () => {
  for (const row of channelRows({ channels, views: null }))
    expect(row).toMatchObject({ views: null, conversion: null })
})

test('channels are ordered by entries; a conversion above 100 % or without views says nothing', () => {
  expect(channelRows({ channels, views })).toEqual([
    { name: { entryPath: 'SNS' }, views: 120, entries: 30, conversion: 25 },
    { name: { entryPath: '우리동네TV' }, views: 4, entries: 10, conversion: null },
    { name: { entryPath: '링고비즈' }, views: 6, entries: 0, conversion: 0 },
    { name: { source: 'shared' }, views: 20, entries: null, conversion: null },
    { name: { source: 'direct' }, views: 50, entries: null, conversion: null },
  ])
})
