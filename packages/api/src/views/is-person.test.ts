import { expect, test } from 'vitest'
import { isPerson } from './is-person.ts'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; SM-S921N Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko)'
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'

const sentBy = (agent: string, headers: Record<string, string> = {}) =>
  isPerson(new Headers({ ...(agent && { 'user-agent': agent }), ...headers }))

test.each([
  ['Safari', `${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`],
  ['KakaoTalk on an iPhone', `${IPHONE} Mobile/15E148 KAKAOTALK/11.2.0 (INAPP)`],
  [
    'KakaoTalk on Android',
    `${ANDROID} Version/4.0 Chrome/121.0.6167.178 Mobile Safari/537.36;KAKAOTALK 2410500`,
  ],
  ['Instagram', `${IPHONE} Mobile/15E148 Instagram 358.0.0.28.88 (iPhone16,2; iOS 18_1; ko_KR; scale=3.00)`],
  [
    'Facebook',
    `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/490.0.0.46.107;FBDV/iPhone16,2;FBMD/iPhone;FBSN/iOS]`,
  ],
  ['Naver', `${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1 NAVER(inapp; search; 2000; 12.9.3; 16PRO)`],
  ['Daum', `${ANDROID} Version/4.0 Chrome/121.0.0.0 Mobile Safari/537.36 DaumApps/8.15.0 DaumDevice/mobile`],
  ['Line', `${IPHONE} Mobile/15E148 Safari Line/14.19.0`],
  ['Samsung Internet', `${ANDROID} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36`],
  ['Whale', `${CHROME} Whale/4.29.282.14`],
  ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
])('a person who opens the page in %s counts', (_, agent) => {
  expect(sentBy(agent)).toBe(true)
})

test.each([
  ['KakaoTalk', 'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984'],
  ['Facebook', 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)'],
  ['Meta', 'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)'],
  ['Line', 'facebookexternalhit/1.1;line-poker/1.0'],
  ['X', 'Twitterbot/1.0'],
  ['Slack', 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)'],
  ['Telegram', 'TelegramBot (like TwitterBot)'],
  ['WhatsApp', 'WhatsApp/2.23.20.0'],
  ['Naver', 'Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)'],
  ['Naver Blog', 'Mozilla/5.0 (compatible; Blueno/1.0; +http://naver.me/scrap)'],
  ['Daum', 'Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966)'],
  ['Google', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  ['Bing', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  ['an uptime check', 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
  ['curl', 'curl/8.5.0'],
  ['a script', 'python-requests/2.32.3'],
  ['a headless browser', CHROME.replace('Chrome', 'HeadlessChrome')],
  ['nothing', ''],
])('a program of %s does not count', (_, agent) => {
  expect(sentBy(agent)).toBe(false)
})

test.each<Record<string, string>>([
  { 'sec-purpose': 'prefetch' },
  { 'sec-purpose': 'prefetch;prerender' },
  { purpose: 'prefetch' },
  { 'x-purpose': 'preview' },
  { 'x-moz': 'prefetch' },
])('a page that a browser loads ahead does not count: %j', (headers) => {
  expect(sentBy(CHROME)).toBe(true)
  expect(sentBy(CHROME, headers)).toBe(false)
})

test('only the beginning of a long name is read', () => {
  expect(sentBy(`${CHROME} ${'x'.repeat(10_000)} Googlebot`)).toBe(true)
})
