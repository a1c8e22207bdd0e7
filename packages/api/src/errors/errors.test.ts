import { TRPCError } from '@trpc/server'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { DomainError, invalidField } from './domain-error.ts'
import { errorCodes, errorMessage } from './error-codes.ts'
import { toErrorResponse } from './error-response.ts'
import { toFieldErrors } from './field-errors.ts'

describe('errors', () => {
  test('have their documented statuses', () => {
    const statuses = Object.fromEntries(
      Object.entries(errorCodes).map(([code, { status }]) => [code, status]),
    )
    expect(statuses).toMatchObject({
      VALIDATION_FAILED: 400,
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      NOT_FOUND: 404,
      ALREADY_PARTICIPATED: 409,
      EVENT_NOT_OPEN: 409,
      EVENT_CLOSED: 409,
      ALREADY_DRAWN: 409,
      DRAW_IN_PROGRESS: 409,
      DRAW_SUPERSEDED: 409,
      PAYLOAD_TOO_LARGE: 413,
      UNSUPPORTED_MEDIA_TYPE: 415,
      NOT_ENOUGH_ENTRIES: 422,
      RATE_LIMITED: 429,
      UNAVAILABLE: 503,
    })
  })

  test('have messages in both languages, with the numbers in them', () => {
    for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
      expect(errorMessage(code, {}, 'ko')).toMatch(/[가-힣]/)
      expect(errorMessage(code, {}, 'en')).not.toMatch(/[가-힣]/)
    }
    const few = new DomainError('NOT_ENOUGH_ENTRIES', { entries: 3, requested: 5 })
    const { status, body } = toErrorResponse(few, 'ko')
    expect([status, body.entries, body.requested]).toEqual([422, 3, 5])
    expect(body.message).toMatch(/5.*3/)
  })

  test('send Retry-After', () => {
    expect(toErrorResponse(new DomainError('UNAVAILABLE', { retryAfter: 0.2 }), 'en').headers).toEqual({
      'Retry-After': '1',
    })
    expect(
      toErrorResponse(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' }), 'en'),
    ).toMatchObject({
      status: 503,
      headers: { 'Retry-After': '1' },
    })
  })

  test('of ours reveal nothing', () => {
    const { status, body } = toErrorResponse(new TypeError('undefined is not a function'), 'en')
    expect(status).toBe(500)
    expect(body).toEqual({ code: 'INTERNAL', message: 'Something went wrong. Please try again shortly' })
  })

  test('are unwrapped from tRPC errors', () => {
    const wrapped = new TRPCError({
      code: 'INTERNAL_SERVER_ERROR',
      cause: invalidField('name', 'name.too_short'),
    })
    expect(toErrorResponse(wrapped, 'ko').body).toMatchObject({
      code: 'VALIDATION_FAILED',
      fields: [{ field: 'name', code: 'name.too_short', message: '이름을 2자 이상 입력해 주세요' }],
    })
    expect(toErrorResponse(new TRPCError({ code: 'NOT_FOUND' }), 'ko').status).toBe(404)
    expect(toErrorResponse(new TRPCError({ code: 'PARSE_ERROR' }), 'ko').status).toBe(400)
  })

  test('of a form name each field once, with its error', () => {
    const schema = z.strictObject({
      title: z.string().min(2),
      count: z.number().max(5),
      at: z.iso.datetime(),
      prizes: z.array(z.object({ name: z.string() })),
    })
    const read = schema.safeParse({ title: 'x', count: 6, prizes: [{}], more: 1 })
    expect(toFieldErrors(read.error?.issues ?? [])).toEqual([
      { field: 'title', code: 'too_short' },
      { field: 'count', code: 'too_large' },
      { field: 'at', code: 'required' },
      { field: 'prizes.0.name', code: 'required' },
      { field: 'more', code: 'unknown_field' },
    ])
  })
})
