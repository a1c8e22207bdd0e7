import { describe, expect, test } from 'vitest'
import { documentChecker } from './support/document-checker.ts'

describe('checking a response against the OpenAPI document finds', () => {
  const page = 'GET /events/{eventId}/participants'
  test.each([
    ['an unknown code', 'POST /participations', 409, { message: 'x', code: 'NOPE' }],
    ['a code of another status', 'POST /participations', 409, { message: 'x', code: 'NOT_FOUND' }],
    ['a missing message', 'POST /participations', 409, { code: 'ALREADY_PARTICIPATED' }],
    [
      'a wrong type',
      'POST /participations',
      201,
      { applicationNumber: 1, announcementDate: '', message: '' },
    ],
    ['an undeclared status', 'POST /participations', 418, {}],
    ['an error inside a list', page, 200, { items: [{}], nextCursor: null }],
    ['an undeclared operation', 'GET /nothing', 200, {}],
  ])('%s', (_, operation, status, body) => {
    expect(() => documentChecker().check(operation, { status, body })).toThrow()
  })
})
