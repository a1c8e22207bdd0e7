import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TextStyle } from '#lib/server/pictures/picture-renderer.ts'
import { createBundledRenderer } from '../../../../../../../../../test/bundled-renderer.ts'
import type { PosterContent } from './poster-content.ts'
import { type PosterParts, posterPicture } from './poster-picture.ts'

const renderer = createBundledRenderer()
const withField: PosterParts = { more: (count) => `외 ${count}종`, picture: null }
const withPicture: PosterParts = { ...withField, picture: 'data:image/jpeg;base64,' }
const layouts: [string, PosterParts][] = [
  ['a red field', withField],
  ['a picture', withPicture],
]

const contentOf = (changes: Partial<PosterContent> = {}): PosterContent => ({
  title: '오픈 1주년 케이크 증정',
  shopName: '링고베이커리',
  contact: '문의 02-123-4567',
  prizes: { label: '경품', items: ['생크림 케이크 3명', '아메리카노 쿠폰 10명'] },
  deadline: { label: '마감', text: '12월 20일(일) 오후 6시' },
  call: '카메라로 찍고 20초면 끝',
  address: 'event.example.kr/e/open-1junyeon-keikeu-jeungjeong',
  link: 'https://event.example.kr/e/open-1junyeon-keikeu-jeungjeong?via=store&t=0123456789abcdefghijkl',
  picture: null,
  strip: null,
  ...changes,
})

/** The texts with their places, in tenths of a millimetre. */
function textsOf(svg: string) {
  const pattern = /<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)" font-weight="(\d+)"[^>]*>([^<]*)</g
  return Array.from(svg.matchAll(pattern), ([, x, y, size, weight, text = '']) => {
    const style: TextStyle = { sizePx: Number(size), weight: weight === '700' ? 700 : 400 }
    const [left, base] = [Number(x), Number(y)]
    const right = left + renderer.widthOf(text, style)
    return { text, left, right, top: base - 0.86 * style.sizePx, bottom: base + 0.2 * style.sizePx }
  })
}

/** The QR code with its quiet zone. */
function qrOf(svg: string) {
  const found = /<svg x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"[^>]*viewBox="0 0 (\d+) /.exec(svg)
  const [left = 0, top = 0, width = 0, modules = 0] = (found ?? []).slice(1).map(Number)
  return { left, top, right: left + width, bottom: top + width, symbol: (width * (modules - 8)) / modules }
}

function pictureOf(svg: string) {
  const found = /<image x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/.exec(svg)
  const [left = 0, top = 0, width = 0, height = 0] = (found ?? []).slice(1).map(Number)
  return found ? [{ text: 'picture', left, top, right: left + width, bottom: top + height }] : []
}

type Box = Record<'left' | 'right' | 'top' | 'bottom', number>
const areApart = (one: Box, other: Box) =>
  one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top

/** Expects everything on the paper, and nothing on anything else. */
function expectPlaced(svg: string): void {
  const placed = [...textsOf(svg), ...pictureOf(svg), { text: 'QR', ...qrOf(svg) }]
  for (const box of placed) {
    expect(box.left, box.text).toBeGreaterThanOrEqual(box.text === 'QR' ? 0 : 100)
    expect(box.right, box.text).toBeLessThanOrEqual(2_001)
    expect(box.top, box.text).toBeGreaterThanOrEqual(0)
    expect(box.bottom, box.text).toBeLessThanOrEqual(2_910)
  }
  for (const [position, one] of placed.entries())
    for (const other of placed.slice(position + 1))
      expect(areApart(one, other), `${one.text} / ${other.text}`).toBe(true)
}

const writtenIn = (svg: string) =>
  textsOf(svg)
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s/g, '')

const longTitle = '겨울맞이케이크증정행사'.repeat(6).slice(0, 60)
const longest = contentOf({
  title: '가'.repeat(80),
  shopName: '나'.repeat(60),
  contact: `문의 ${'다'.repeat(200)}`,
  prizes: { label: '경품', items: Array.from({ length: 100 }, () => `${'라'.repeat(100)} 1,000명`) },
  deadline: {
    label: '기간',
    text: '2027년 12월 31일(금) 오후 11시 59분 ~ 2028년 12월 31일(일) 오후 11시 59분',
  },
  address: `${'m'.repeat(60)}.example.kr:3000/e/${'a'.repeat(40)}-abcd`,
  strip: '아직 공개하지 않은 이벤트예요. QR이 열리지 않아요.',
})

const contents: [string, PosterContent][] = [
  ['usual texts', contentOf()],
  ['60 syllables without a space', contentOf({ title: longTitle })],
  ['one short word', contentOf({ title: '경품' })],
  ['nobody to ask', contentOf({ contact: null })],
  ['the longest texts', longest],
  ['the longest texts without a strip', { ...longest, strip: null }],
]
const cases = layouts.flatMap(([layout, parts]) =>
  contents.map(([name, content]) => [`${layout} and ${name}`, content, parts] as const),
)

test.each(cases)(
  'with %s, everything is on the paper, nothing overlaps, and nothing of the title is cut',
  (_, content, parts) => {
    const svg = posterPicture(content, parts, renderer)
    expectPlaced(svg)
    expect(writtenIn(svg)).toContain(content.title.replaceAll(' ', ''))
    expect(writtenIn(svg)).toContain(content.address)
  },
)

test('whatever the title and the names, everything is on the paper and nothing overlaps', () => {
  const syllables = '가나다라마바사아자차카타파하 Wi.,(）漢'
  const text = (minLength: number, maxLength: number) =>
    fc
      .array(fc.constantFrom(...syllables), { minLength, maxLength })
      .map((letters) => letters.join('').trim() || '가')
  fc.assert(
    fc.property(
      fc.record({ title: text(2, 80), shopName: text(1, 60), contact: text(1, 200) }),
      fc.array(text(1, 100), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      fc.constantFrom(withField, withPicture),
      (names, items, isClosed, parts) => {
        const prizes = { label: '경품', items }
        expectPlaced(
          posterPicture(
            contentOf({ ...names, prizes, strip: isClosed ? '마감된 이벤트예요' : null }),
            parts,
            renderer,
          ),
        )
      },
    ),
    { numRuns: 60, seed: 1 },
  )
})

test('the QR code is at least 40 mm wide on A5, without its quiet zone, whatever the length of the link', () => {
  for (const length of [0, 40, 150]) {
    const link = `https://event.example.kr/e/cake?via=${'a'.repeat(length)}`
    for (const [, parts] of layouts) {
      const { symbol } = qrOf(posterPicture(contentOf({ link }), parts, renderer))
      expect((symbol / 10) * (148 / 210)).toBeGreaterThanOrEqual(40)
    }
  }
})

test('prizes that have no room on the line are counted', () => {
  const items = ['생크림 케이크 3명', '아메리카노 쿠폰 10명', '밤 식빵 세트 5명', '텀블러 2명', '머그잔 7명']
  const svg = posterPicture(contentOf({ prizes: { label: '경품', items } }), withField, renderer)
  const line = textsOf(svg).find(({ text }) => text.startsWith('생크림'))?.text ?? ''
  const named = items.filter((item) => line.includes(item)).length
  expect(named).toBeGreaterThan(1)
  expect(line.endsWith(`외 ${items.length - named}종`)).toBe(true)
})
