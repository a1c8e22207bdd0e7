import { expect, test } from 'vitest'
import { differsFromPublished, fewestWinners, proposedChoice, ticketsOf } from './draw-choice.ts'

const published = { winnerCount: 3, alternateCount: 0, visitBonus: 1 }
const preview = { eligible: 342, visited: 59, published, beforeEnd: false, replacesDrawAt: null }

test('each entry has one ticket, and each visit adds the bonus', () => {
  expect(ticketsOf(preview, 1)).toBe(401)
  expect(ticketsOf(preview, 0)).toBe(342)
})

test('a changed number or an early draw needs a reason', () => {
  expect(differsFromPublished(preview, published)).toBe(false)
  expect(differsFromPublished(preview, { ...published, winnerCount: 4 })).toBe(true)
  expect(differsFromPublished(preview, { ...published, alternateCount: 1 })).toBe(true)
  expect(differsFromPublished({ ...preview, beforeEnd: true }, published)).toBe(true)
  expect(differsFromPublished({ ...preview, replacesDrawAt: '2026-12-06T12:01:00Z' }, published)).toBe(true)
})

test('a bonus that the draw decides needs no reason', () => {
  const undecided = { ...preview, published: { ...published, visitBonus: null } }
  expect(proposedChoice(undecided).visitBonus).toBe(0)
  for (const visitBonus of [0, 1])
    expect(differsFromPublished(undecided, { ...published, visitBonus })).toBe(false)
})

test('with fewer entries than winners, the counts that are left are proposed', () => {
  const few = { ...preview, eligible: 2, published: { ...published, alternateCount: 5 } }
  expect(fewestWinners(few)).toBe(2)
  expect(proposedChoice(few)).toEqual({ winnerCount: 2, alternateCount: 0, visitBonus: 1 })
  expect(fewestWinners(preview)).toBe(3)
  const enough = { ...few, eligible: 5 }
  expect(proposedChoice(enough)).toMatchObject({ winnerCount: 3, alternateCount: 2 })
  expect(differsFromPublished(enough, proposedChoice(enough))).toBe(false)
})
