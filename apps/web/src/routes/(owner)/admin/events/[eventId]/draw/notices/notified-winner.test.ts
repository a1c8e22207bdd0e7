import { expect, test } from 'vitest'
import { smsHref } from './notified-winner.ts'

test('a link to the messages app has the number and the text, and none stands for a masked number', () => {
  expect(smsHref('010-1234-5678', '축하해요 & 확인\n')).toBe(
    `sms:01012345678?&body=${encodeURIComponent('축하해요 & 확인\n')}`,
  )
  expect(smsHref('010-••••-5678', '축하해요')).toBeNull()
  expect(smsHref(null, '축하해요')).toBeNull()
})
