import { expect, it } from 'vitest'
import { differsFromPublished, ticketsOf } from './draw-choice.ts'

const published = { winnerCount: 3, alternateCount: 0, visitBonus: 1 }
const preview = { eligible: 342, visited: 59, published, beforeEnd: false }

it('counts one ticket an entry and the bonus for each visit', () => {
  expect(ticketsOf(preview, 1)).toBe(401)
  expect(ticketsOf(preview, 0)).toBe(342)
})

it('asks for a reason when a published number is changed, or the draw comes early', () => {
  expect(differsFromPublished(preview, published)).toBe(false)
  expect(differsFromPublished(preview, { ...published, winnerCount: 4 })).toBe(true)
  expect(differsFromPublished(preview, { ...published, visitBonus: 0 })).toBe(true)
  expect(differsFromPublished({ ...preview, beforeEnd: true }, published)).toBe(true)
})
