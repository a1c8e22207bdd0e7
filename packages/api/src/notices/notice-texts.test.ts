import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Locale } from '../locale.ts'
import { NOTICE_TEXT_VERSION, noticeTemplate, noticeText } from './notice-texts.ts'
import { afterQuietHours, isQuiet } from './quiet-hours.ts'

const ofWinners = ['won', 'two-days-left', 'claim-received'] as const
const kinds = [...ofWinners, 'application-number'] as const
const locales: readonly Locale[] = ['ko', 'en']
const templatesOf = (some: readonly (typeof kinds)[number][]) =>
  some.flatMap((kind) => locales.map((locale) => noticeTemplate(kind, locale)))
const templates = templatesOf(kinds)

test('a changed text raises the version', () => {
  const hash = createHash('sha256').update(templates.join('\0')).digest('hex').slice(0, 16)
  expect({ version: NOTICE_TEXT_VERSION, hash }).toEqual({ version: 1, hash: '1a7a4ce309eb33e1' })
})

test('every text to winners names the prize, and says that it is sent because they won', () => {
  for (const template of templatesOf(ofWinners)) {
    expect(template).toContain('#{prize}')
    expect(template).toMatch(/참여하신 이벤트의 당첨 안내예요|because you won the event that you entered/)
  }
})

test('the text with a forgotten number says that it was requested, and what to do where it was not', () => {
  for (const template of templatesOf(['application-number'])) {
    expect(template).toContain('#{number}')
    expect(template).toMatch(/요청하셔서|because it was requested/)
    expect(template).toMatch(/무시해 주세요|ignore it/)
  }
})

test('every text names shop, event, link and contact, asks for no account, and advertises nothing', () => {
  for (const template of templates) {
    for (const name of ['shop', 'event', 'link', 'contact']) expect(template).toContain(`#{${name}}`)
    expect(template).toMatch(/묻지 않아요|never ask/)
    expect(template).not.toMatch(/할인|쿠폰|광고|discount|coupon/)
  }
})

test('the guide shows the templates to register as they are', () => {
  const guide = readFileSync(new URL('../../../../docs/notices.md', import.meta.url), 'utf8')
  for (const kind of kinds) expect(guide).toContain(`\`\`\`text\n${noticeTemplate(kind, 'ko')}\n\`\`\``)
})

test('what an owner wrote is not read as a placeholder', () => {
  const facts = { shop: '#{link}', event: '$&', prize: '케이크', until: '내일', link: 'L', contact: 'C' }
  expect(noticeText('won', 'ko', facts)).toContain("[#{link}] 축하해요! '$&'에 당첨되셨어요.")
})

test('quiet hours are 21:00 to 08:00 in Korea, and end the same or the next morning', () => {
  const at = (time: string) => new Date(`2026-12-20T${time}+09:00`)
  expect(['07:59:59', '08:00:00', '20:59:59', '21:00:00'].map((time) => isQuiet(at(time)))).toEqual([
    true,
    false,
    false,
    true,
  ])
  expect(afterQuietHours(at('00:30:00'))).toEqual(at('08:00:00'))
  expect(afterQuietHours(at('22:00:00'))).toEqual(new Date('2026-12-21T08:00:00+09:00'))
  expect(afterQuietHours(at('12:34:56'))).toEqual(at('12:34:56'))
})
