import { expect, test } from 'vitest'
import { createBundledRenderer } from '../../../../test/bundled-renderer.ts'
import { textElement } from './picture-renderer.ts'

const renderer = createBundledRenderer()

const svgOf = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"><rect width="400" height="100" fill="#fff"/>${content}</svg>`
const place = { x: 10, y: 70, sizePx: 60, weight: 700 } as const

test('a picture is a PNG of the size of its SVG', async () => {
  const png = Buffer.from(await renderer.png(svgOf(textElement('링고베이커리', place))))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([400, 100])
})

test('Hangul is drawn by the bundled font: another text is another picture, in each weight', async () => {
  const texts = [
    textElement('', place),
    textElement('가', place),
    textElement('각', place),
    textElement('가', { ...place, weight: 400 }),
  ]
  const drawn = await Promise.all(texts.map((text) => renderer.png(svgOf(text))))
  expect(new Set(drawn.map((png) => Buffer.from(png).toString('base64'))).size).toBe(texts.length)
})

test('a line is as wide as its letters, in proportion to the size', () => {
  const style = { sizePx: 40, weight: 700 } as const
  const one = renderer.widthOf('가', style)
  const ten = renderer.widthOf('가'.repeat(10), style)
  expect(ten).toBeGreaterThan(8 * one)
  expect(ten).toBeLessThan(12 * one)
  expect(renderer.widthOf('가'.repeat(10), { ...style, sizePx: 80 })).toBeCloseTo(2 * ten)
  expect(renderer.widthOf('', style)).toBe(0)
})

test('markup, control characters and emoji in a text neither break the picture nor become boxes', async () => {
  const hostile = textElement('<script>&"\u0000\u0007\ufffe🎂👨‍👩‍👧❤️', place)
  const plain = textElement('<script>&"', place)
  const [drawn, expected] = await Promise.all([renderer.png(svgOf(hostile)), renderer.png(svgOf(plain))])
  expect(Buffer.from(drawn).equals(Buffer.from(expected))).toBe(true)
})

test('Hanja have a font as well: another character is another picture', () => {
  const outlines = [...'祝開店大漢'].map((character) =>
    renderer.outlines(svgOf(textElement(character, place))),
  )
  expect(new Set(outlines).size).toBe(outlines.length)
})

test('a picture with outlines in place of texts needs no font', () => {
  const outlines = renderer.outlines(svgOf(textElement('링고베이커리', place)))
  expect(outlines).toContain('<path')
  expect(outlines).not.toMatch(/<text|font/)
})

test('emoji leave no space behind, at the start, in the middle or at the end', () => {
  const plain = textElement('딸기 케이크', place)
  for (const text of ['🎁 딸기 케이크', '딸기 🍓 케이크', '딸기 케이크 🎂'])
    expect(textElement(text, place)).toBe(plain)
})
