import { expect, test } from 'vitest'
import { maskName } from './mask-name.ts'
import { displayPhone, maskPhone, maskPhoneForShop } from './phone.ts'

test('a masked name shows its first character and where its words end', () => {
  expect(maskName('김하늘')).toBe('김**')
  expect(maskName('남궁민수')).toBe('남***')
  expect(maskName('남궁 민수')).toBe('남* **')
})

test('a masked phone number shows its area and its last two digits', () => {
  expect(maskPhone('010-1234-5678')).toBe('010-****-**78')
  expect(maskPhone('02-123-4567')).toBe('02-***-**67')
  expect(maskPhone(displayPhone('+821012345678'))).toBe('010-****-**78')
  expect(maskPhone(displayPhone('+8223124567'))).toBe('02-***-**67')
})

test('a phone number that a shop sees masked shows its area and its last four digits', () => {
  expect(maskPhoneForShop('010-1234-5678')).toBe('010-••••-5678')
  expect(maskPhoneForShop(displayPhone('+8223124567'))).toBe('02-•••-4567')
})
