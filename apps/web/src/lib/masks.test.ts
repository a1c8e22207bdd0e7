import { expect, it } from 'vitest'
import { maskName } from './mask-name.ts'
import { maskPhone } from './mask-phone.ts'

it('leaves the family name, and the last two digits', () => {
  expect(maskName('김하늘')).toBe('김**')
  expect(maskName('남궁민수')).toBe('남***')
  expect(maskPhone('010-1234-5678')).toBe('010-****-**78')
  expect(maskPhone('02-123-4567')).toBe('02-***-**67')
})

it('stands where personal data was destroyed', () => {
  expect(maskName(null)).toBe('–')
  expect(maskPhone(null)).toBe('')
})
