import { splitGraphemes } from '@eungmo/api/validation/graphemes'
import { Resvg, renderAsync } from '@resvg/resvg-js'
import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'

export interface TextStyle {
  sizePx: number
  /** Both are bundled: no other weight has a font. */
  weight: 400 | 700
}

/** How many measured characters are stored. */
const MAX_CHARACTERS = 20_000
const MEASURED_PX = 100

/**
 * Draws SVG as PNG with fonts of its own, without those of the system, so that a picture is the same everywhere. One
 * picture at a time, off the main thread.
 */
export class PictureRenderer {
  readonly #font
  readonly #advances = new LRUCache<string, number>({ max: MAX_CHARACTERS })
  readonly #oneAtATime = pLimit(1)

  /** @param fontFiles paths of OpenType files; what the first ones lack is taken from the last */
  constructor(fontFiles: string[]) {
    this.#font = { loadSystemFonts: false, fontFiles }
  }

  /** The width of a line in px, without kerning. */
  widthOf(text: string, { sizePx, weight }: TextStyle): number {
    let ems = 0
    for (const character of splitGraphemes(drawnText(text))) ems += this.#advance(character, weight)
    return ems * sizePx
  }

  /** In em. What is measured is ink, so that the character stands between two others. */
  #advance(character: string, weight: TextStyle['weight']): number {
    const key = `${weight} ${character}`
    const known = this.#advances.get(key)
    if (known !== undefined) return known
    const advance = (this.#inkOf(`|${character}|`, weight) - this.#inkOf('||', weight)) / MEASURED_PX
    this.#advances.set(key, advance)
    return advance
  }

  #inkOf(text: string, weight: TextStyle['weight']): number {
    const element = textElement(text, { x: 0, y: 0, sizePx: MEASURED_PX, weight })
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">${element}</svg>`
    return new Resvg(svg, { font: this.#font }).getBBox()?.width ?? 0
  }

  /** @param widthPx defaults to the width of the SVG */
  png(svg: string, widthPx?: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#oneAtATime(async () => {
      const size = widthPx === undefined ? {} : { fitTo: { mode: 'width', value: widthPx } as const }
      const picture = await renderAsync(svg, { font: this.#font, ...size })
      return new Uint8Array(picture.asPng())
    })
  }

  /** The same SVG with outlines in place of its texts: sharp in every size, without a font. */
  outlines(svg: string): string {
    return new Resvg(svg, { font: this.#font }).toString()
  }
}

export interface PlacedText extends TextStyle {
  x: number
  /** Of the base line. */
  y: number
  colour?: string
  anchor?: 'start' | 'middle' | 'end'
}

/** A `<text>` of SVG. Emoji are left out: the fonts have none. */
export function textElement(
  text: string,
  { x, y, sizePx, weight, colour = '#000', anchor = 'start' }: PlacedText,
): string {
  const place = `x="${x}" y="${y}" font-size="${sizePx}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}"`
  return `<text ${place}>${escapeXml(drawnText(text))}</text>`
}

/** What is drawn of a text: no emoji, and no space in their place. */
export const drawnText = (text: string): string =>
  text
    .replace(/\p{RGI_Emoji}/gv, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** Characters that XML cannot hold are left out. */
const escapeXml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>]/g, (character) => ESCAPES[character] ?? '')
