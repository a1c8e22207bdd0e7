import { expect, test } from 'vitest'
import { entryErrors } from './entry-rules.ts'

const right = { name: '김하늘', phoneNumber: '010-1234-5678', entryPath: 'SNS', privacyConsent: true }

test('names are counted as a person counts them', () => {
  expect(entryErrors(right, true)).toEqual({})
  // Two syllables, typed as five conjoining letters.
  expect(entryErrors({ ...right, name: '김솔'.normalize('NFD') }, true)).toEqual({})
  expect(entryErrors({ ...right, name: ' 김 ' }, true)).toHaveProperty('name')
  // One family of four, joined to one character.
  expect(entryErrors({ ...right, name: '👨‍👩‍👧‍👦' }, true)).toHaveProperty('name')
  expect(entryErrors({ ...right, name: '가'.repeat(50) }, true)).toEqual({})
  expect(entryErrors({ ...right, name: '가'.repeat(51) }, true)).toHaveProperty('name')
  expect(entryErrors({ ...right, name: '김\u0007하늘' }, true)).toHaveProperty('name')
  // Nothing that anybody could read out.
  expect(entryErrors({ ...right, name: '...' }, true)).toHaveProperty('name')
})

test('everything that is missing is said at once, and a visit token stands for the path', () => {
  const empty = { name: '', phoneNumber: '', entryPath: '', privacyConsent: false }
  expect(Object.keys(entryErrors(empty, true))).toEqual([
    'name',
    'phoneNumber',
    'entryPath',
    'privacyConsent',
  ])
  expect(entryErrors({ ...right, entryPath: '' }, false)).toEqual({})
})
