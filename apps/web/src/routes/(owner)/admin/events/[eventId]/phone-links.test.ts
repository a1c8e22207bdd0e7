import { expect, test } from 'vitest'
import { phoneLink, smsLink } from './phone-links.ts'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148'
const ANDROID = 'Mozilla/5.0 (Linux; Android 16; SM-S938N) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36'

test('a call takes the digits alone', () => {
  expect(phoneLink('010-1234-5678')).toBe('tel:01012345678')
})

test('a text message is filled in on iOS and on Android, each with its own separator', () => {
  const text = '축하해요! 「케이크 & 커피」?'
  const body =
    'body=%EC%B6%95%ED%95%98%ED%95%B4%EC%9A%94!%20%E3%80%8C%EC%BC%80%EC%9D%B4%ED%81%AC%20%26%20%EC%BB%A4%ED%94%BC%E3%80%8D%3F'
  expect(smsLink('010-1234-5678', IPHONE, text)).toBe(`sms:01012345678&${body}`)
  expect(smsLink('010-1234-5678', ANDROID, text)).toBe(`sms:01012345678?${body}`)
})
