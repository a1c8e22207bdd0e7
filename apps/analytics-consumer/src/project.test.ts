import { expect, test } from 'vitest'
import { project } from './project.ts'

test.each([
  ['2026-11-01T09:59:59.999Z', '2026-11-01T09:00:00.000Z'],
  ['2026-11-01T09:59Z', '2026-11-01T09:00:00.000Z'],
  ['2026-11-01T09:00:00+09:00', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01T00:30:00.5+05:30', '2026-10-31T19:00:00.000Z'],
])('%s counts in the hour that starts at %s', (timestamp, hour) => {
  const group = project({ participantId: 'p', eventId: 'AB', entryPath: 'SNS', timestamp })
  expect(group).toEqual({ eventId: 'ab', entryPath: 'SNS', hour, delta: 1 })
})
