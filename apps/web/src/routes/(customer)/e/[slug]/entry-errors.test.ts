import { expect, test } from 'vitest'
import { entryErrors } from './entry-errors.ts'

const right = { name: '김하늘', phoneNumber: '010-1234-5678', entryPath: 'SNS', privacyConsent: true }

test('a name has 2 to 50 characters as a reader counts them', () => {
  expect(entryErrors(right, true)).toEqual({})
  // Two syllables, typed as five conjoining letters.
  expect(entryErrors({ ...right, name: '김솔'.normalize('NFD') }, true)).toEqual({})
  expect(entryErrors({ ...right, name: ' 김 ' }, true)).toHaveProperty('name')
  // One family of four, joined to one character.
  expect(entryErrors({ ...right, name: '👨‍👩‍👧‍👦' }, true)).toHaveProperty('name')
  expect(entryErrors({ ...right, name: '가'.repeat(50) }, true)).toEqual({})
  expect(entryErrors({ ...right, name: '가'.repeat(51) }, true)).toHaveProperty('name')
  expect(entryErrors({ ...right, name: '김\u0007하늘' }, true)).toHaveProperty('name')
  // Without a letter or digit.
  expect(entryErrors({ ...right, name: '...' }, true)).toHaveProperty('name')
})

test('everything that is missing is reported at once, and a visit token replaces the entry path', () => {
  const empty = { name: '', phoneNumber: '', entryPath: '', privacyConsent: false }
  expect(Object.keys(entryErrors(empty, true))).toEqual([
    'name',
    'phoneNumber',
    'entryPath',
    'privacyConsent',
  ])
  expect(entryErrors({ ...right, entryPath: '' }, false)).toEqual({})
})
