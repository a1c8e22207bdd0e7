import { openApiDocument } from '@eungmo/api/http/openapi-document'
import { describe, expect, test } from 'vitest'
import { apiReference } from './api-reference.ts'

describe('the API reference page', () => {
  const operations = apiReference(openApiDocument('https://eungmo.example/api/v1'))
  const find = (id: string) => operations.find((operation) => operation.id === id)

  test('has every operation, with what it takes and answers', () => {
    const register = find('participations-register')
    expect(register).toMatchObject({ method: 'POST', path: '/participations', isPublic: true })
    expect(register?.parameters.map(({ name }) => name)).toEqual(['Idempotency-Key'])
    expect(register?.body.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'eventId',
      'name',
      'phoneNumber',
      'privacyConsent',
    ])
    expect(register?.answers.map(({ status }) => status).slice(0, 4)).toEqual(['201', '400', '404', '409'])
  })

  test('flattens what lies inside lists and shared schemas', () => {
    const list = find('participants-list')
    expect(list?.isPublic).toBe(false)
    const names = list?.answers[0]?.fields.map(({ name }) => name)
    expect(names).toContain('items[].applicationNumber')
    expect(names).toContain('nextCursor')
  })
})
