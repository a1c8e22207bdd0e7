import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBundledRenderer } from '../../../../test/bundled-renderer.ts'
import { cardVersion, linkCardPicture } from './link-card.ts'

const renderer = createBundledRenderer()
const JPEG = 'data:image/jpeg;base64,'

const textsOf = (svg: string) =>
  Array.from(svg.matchAll(/<text x="(\d+)" y="(\d+)" font-size="(\d+)"[^>]*>([^<]*)</g), (found) => {
    const [x = 0, y = 0, sizePx = 0] = found.slice(1, 4).map(Number)
    const text = found[4] ?? ''
    const right = x + renderer.widthOf(text, { sizePx, weight: 700 })
    return { text, right, top: y - 0.86 * sizePx, bottom: y + 0.2 * sizePx }
  })

test('a card is a PNG of 1200 × 630 px', async () => {
  const svg = linkCardPicture({ title: '케이크 증정', shopName: '링고베이커리' }, null, renderer)
  const png = Buffer.from(await renderer.png(svg))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1_200, 630])
})

test('whatever title and shop, all of both is on the card, in the left half where there is a picture', () => {
  const text = (maxLength: number) =>
    fc
      .array(fc.constantFrom(...'가나다라마바사아자차카타파하 Wi.,(漢'), { minLength: 2, maxLength })
      .map((letters) => letters.join('').trim() || '가')
  fc.assert(
    fc.property(text(80), text(60), fc.constantFrom(null, JPEG), (title, shopName, picture) => {
      const texts = textsOf(linkCardPicture({ title, shopName }, picture, renderer))
      const written = texts.map((each) => each.text).join('')
      expect(written.replaceAll(' ', '')).toBe(`${title}${shopName}`.replaceAll(/\s/g, ''))
      for (const { text: line, right, top, bottom } of texts) {
        expect(right, line).toBeLessThanOrEqual(picture === null ? 1_130 : 530)
        expect(top, line).toBeGreaterThanOrEqual(60)
        expect(bottom, line).toBeLessThanOrEqual(580)
      }
      const [last, next] = [texts.at(-2), texts.at(-1)]
      expect(last && next && last.bottom <= next.top + 12).toBe(true)
    }),
    { numRuns: 60, seed: 1 },
  )
})

test('another title, shop or picture has another version', () => {
  const card = { title: '케이크', shopName: '링고', picture: null }
  const cards = [
    card,
    { ...card, title: '빵' },
    { ...card, shopName: '사과' },
    { ...card, picture: { version: 'a' } },
  ]
  expect(new Set(cards.map(cardVersion)).size).toBe(cards.length)
})

test('a title of emoji alone, which cannot be drawn, leaves the name of the shop in its place', () => {
  const texts = textsOf(linkCardPicture({ title: '🎁🎂', shopName: '링고베이커리' }, null, renderer))
  expect(texts.map(({ text }) => text)).toEqual(['링고베이커리', '링고베이커리'])
})
