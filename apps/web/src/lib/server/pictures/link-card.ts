import { contentVersion } from '@eungmo/api/content-version'
import { fitText, heightOf, textLines } from './fit-text.ts'
import { drawnText, type PictureRenderer } from './picture-renderer.ts'
import { PAPER } from './ticket-shape.ts'

/** What the preview of a link shows of an event. */
export interface LinkCard {
  title: string
  shopName: string
  /** Null where the event has none, or shows none now. */
  picture: { version: string } | null
}

const CARD_SIZE_PX = { width: 1_200, height: 630 }

/** Changes with the composition, so that a new one has new addresses. */
const COMPOSITION = 1
const PADDING_PX = 72
const SHOP_HEIGHT_PX = 100

/** Part of the card's address: another card has another version. */
export const cardVersion = ({ title, shopName, picture }: LinkCard): string =>
  contentVersion(JSON.stringify([COMPOSITION, title, shopName, picture?.version])).slice(0, 16)

/**
 * The card as SVG of 1,200 × 630 px: the title in the largest size that fits, the shop below it, and the picture in
 * the right half. `picture` is a JPEG as a data URL.
 */
export function linkCardPicture(
  { title, shopName }: Pick<LinkCard, 'title' | 'shopName'>,
  picture: string | null,
  renderer: Pick<PictureRenderer, 'widthOf'>,
): string {
  const { width, height } = CARD_SIZE_PX
  const textEnd = picture === null ? width : width / 2
  const box = { width: textEnd - 2 * PADDING_PX, weight: 700 } as const
  const titleHeight = height - 2 * PADDING_PX - SHOP_HEIGHT_PX
  const fittedTitle = fitText(
    drawnText(title) || shopName,
    { ...box, height: titleHeight, maxLines: picture === null ? 4 : 6, maxPx: 128, minPx: 40 },
    renderer,
  )
  const shop = fitText(
    shopName,
    { ...box, height: SHOP_HEIGHT_PX, maxLines: 2, maxPx: 44, minPx: 26 },
    renderer,
  )
  const place = { x: PADDING_PX, colour: '#fff' }
  const image =
    picture === null
      ? ''
      : `<image x="${textEnd}" width="${width - textEnd}" height="${height}" preserveAspectRatio="xMidYMid slice" href="${picture}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="${PAPER.seal}"/>
${image}
${textLines(fittedTitle, { ...place, y: PADDING_PX })}
${textLines(shop, { ...place, y: height - PADDING_PX - heightOf(shop) })}
</svg>`
}
