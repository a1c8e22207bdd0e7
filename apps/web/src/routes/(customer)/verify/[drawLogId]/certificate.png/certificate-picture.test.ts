import { expect, test } from 'vitest'
import type { TextStyle } from '#lib/server/pictures/picture-renderer.ts'
import { createBundledRenderer } from '../../../../../../test/bundled-renderer.ts'
import type { CertificateContent } from '../certificate/certificate-content.ts'
import { certificatePicture, MAX_NUMBERS, MAX_REPLACED } from './certificate-picture.ts'

const texts = {
  name: '추첨 증서',
  numbers: '당첨 번호',
  more: (count: number) => `외 ${count}명 · 전체는 QR에서 볼 수 있어요`,
  replaced: '바뀐 당첨',
  seal: '공개추첨',
}
const renderer = createBundledRenderer()
const qr = '<svg viewBox="0 0 1 1"></svg>'

function contentOf(changes: Partial<CertificateContent> & { winners?: number } = {}): CertificateContent {
  const { winners = 5, ...others } = changes
  return {
    shopName: '링고베이커리',
    title: '오픈 1주년 케이크 증정',
    facts: [
      { label: '명단을 잠근 때', text: '2026-11-26 08:24:31' },
      { label: '응모', text: '12,036명 · 응모권 14,102장' },
      { label: '공개 난수', text: 'drand 23,456,789회차' },
    ],
    numbers: Array.from({ length: Math.min(winners, MAX_NUMBERS) }, (_, n) => ({
      slot: n + 1,
      text: 'WMQW-MWQM',
    })),
    winnerTotal: winners,
    notice: null,
    replaced: [],
    moreReplaced: null,
    sentences: [
      '11월 26일(목) 오전 8시 24분에 12,036명의 명단을 잠갔어요.',
      '공개 난수 없이 5명을 뽑아서, 주최자가 결과를 미리 알 수 있었어요.',
      '누구나 QR에서 다시 계산해 볼 수 있어요.',
    ],
    hasPublicRandomness: true,
    ...others,
  }
}

/** The texts with their places, without those of the seal. */
function textsOf(svg: string) {
  const pattern =
    /<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)" font-weight="(\d+)"[^>]*"start"[^>]*>([^<]*)</g
  return Array.from(svg.matchAll(pattern), ([, x, y, size, weight, text = '']) => {
    const style: TextStyle = { sizePx: Number(size), weight: weight === '700' ? 700 : 400 }
    const [left, bottom] = [Number(x), Number(y)]
    const right = left + renderer.widthOf(text, style)
    return { text, left, right, bottom, top: bottom - 0.8 * style.sizePx }
  })
}

const longest = '가'.repeat(80)
const replaced = Array.from(
  { length: MAX_REPLACED },
  (_, n) => `${n + 1}번째 · 2026.12.30 · 연락이 닿지 않음`,
)
const cases: [string, CertificateContent][] = [
  ...[1, 5, 40, 100, 1_000].map((winners): [string, CertificateContent] => [
    `${winners} winners`,
    contentOf({ winners }),
  ]),
  ['60 syllables without a space', contentOf({ title: '가나다라마바'.repeat(10), winners: 40 })],
  [
    'the longest names, all winners and replacements',
    contentOf({
      title: longest,
      shopName: '나'.repeat(40),
      winners: 1_000,
      replaced,
      moreReplaced: '외 17건',
    }),
  ],
  [
    'before the announcement',
    contentOf({ winners: 0, notice: '당첨 번호는 12월 24일(목) 오후 2시에 공개해요.' }),
  ],
]

test.each(cases)('with %s, no text leaves the ticket or overlaps another', (_, content) => {
  const placed = textsOf(certificatePicture(content, texts, qr, renderer))
  expect(placed.length).toBeGreaterThan(8)
  for (const { text, left, right, top, bottom } of placed) {
    expect(left, text).toBeGreaterThanOrEqual(100)
    expect(right, text).toBeLessThanOrEqual(980)
    expect(top, text).toBeGreaterThanOrEqual(60)
    expect(bottom, text).toBeLessThanOrEqual(1_290)
  }
  for (const [position, one] of placed.entries()) {
    for (const other of placed.slice(position + 1)) {
      const apart =
        one.right <= other.left ||
        other.right <= one.left ||
        one.bottom <= other.top ||
        other.bottom <= one.top
      expect(apart, `${one.text} / ${other.text}`).toBe(true)
    }
  }
})

test('numbers that do not fit are counted', () => {
  const svg = certificatePicture(cases[6]?.[1] ?? contentOf(), texts, qr, renderer)
  const numbers = svg.match(/WMQW-MWQM/g)?.length ?? 0
  expect(numbers).toBeGreaterThan(0)
  expect(svg).toContain(`외 ${1_000 - numbers}명`)
})

test('the whole title is there, whatever its length', () => {
  const written = textsOf(certificatePicture(contentOf({ title: longest }), texts, qr, renderer))
  expect(written.map(({ text }) => text).join('')).toContain(longest)
})

test('emoji of a title, which no picture draws, leave no empty line', () => {
  const titled = (title: string) => certificatePicture(contentOf({ title }), texts, qr, renderer)
  expect(titled(`🎁 ${longest}`)).toBe(titled(longest))
})

test('the seal stands only with public randomness', () => {
  const svgOf = (hasPublicRandomness: boolean) =>
    certificatePicture(contentOf({ hasPublicRandomness }), texts, qr, renderer)
  expect(svgOf(true)).toContain('#c7362b')
  expect(svgOf(false)).not.toContain('#c7362b')
})
