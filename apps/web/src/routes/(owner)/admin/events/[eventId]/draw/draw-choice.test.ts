import { expect, test } from 'vitest'
import { differsFromPublished, ticketsOf } from './draw-choice.ts'

const published = { winnerCount: 3, alternateCount: 0, visitBonus: 1 }
const preview = { eligible: 342, visited: 59, published, beforeEnd: false }

test('each entry has one ticket, and each visit adds the bonus', () => {
  expect(ticketsOf(preview, 1)).toBe(401)
  expect(ticketsOf(preview, 0)).toBe(342)
})

test('a changed number or an early draw needs a reason', () => {
  expect(differsFromPublished(preview, published)).toBe(false)
  expect(differsFromPublished(preview, { ...published, winnerCount: 4 })).toBe(true)
  expect(differsFromPublished(preview, { ...published, visitBonus: 0 })).toBe(true)
  expect(differsFromPublished({ ...preview, beforeEnd: true }, published)).toBe(true)
})
