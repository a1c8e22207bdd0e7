import { STEPS } from '@eungmo/draw/verify'
import { expect, test } from 'vitest'
import { groupState, stepGroups } from './step-groups.ts'

test('the groups hold every check once, in the order of the protocol', () => {
  expect(stepGroups.flatMap(({ steps }) => [...steps])).toEqual([...STEPS])
})

test('a group has passed when all its checks have, and fails with any of them', () => {
  const steps = ['round', 'signature'] as const
  expect(groupState(steps, new Set(), null, null)).toBe('waiting')
  expect(groupState(steps, new Set(['round']), 'signature', null)).toBe('working')
  expect(groupState(steps, new Set(['round', 'signature']), 'seed', null)).toBe('passed')
  expect(groupState(steps, new Set(['round']), null, 'signature')).toBe('failed')
})
