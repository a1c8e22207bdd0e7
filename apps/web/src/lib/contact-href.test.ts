import { expect, test } from 'vitest'
import { contactHref } from './contact-href.ts'

test.each([
  ['hello@ringo.kr', 'mailto:hello@ringo.kr'],
  ['02-123-4567', 'tel:021234567'],
  ['+82 (0)10 1234 5678', 'tel:+8201012345678'],
  ['1588-0000', 'tel:15880000'],
  ['https://pf.kakao.com/_ringo', 'https://pf.kakao.com/_ringo'],
  ['카카오톡 링고베이커리', undefined],
  ['http://ringo.kr', undefined],
  ['javascript:alert(1)@ringo.kr', undefined],
  ['a@b.kr?bcc=c@d.kr', undefined],
  ['data:text/html,hello', undefined],
])('the link of %s is %s', (contact, href) => {
  expect(contactHref(contact)).toBe(href)
})
