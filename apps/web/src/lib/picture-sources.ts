/** The widest small picture. */
const SMALL_WIDTH_PX = 720

/**
 * Attributes of an `<img>` with an event's picture, whose place is known before it loads.
 * @param page the address that the picture lies below: of the entry page, or of the event's page for its owner
 */
export function pictureSources(page: string, { version, width }: { version: string; width: number }) {
  const address = (size: 'small' | 'large') => `${page}/picture/${version}/${size}.webp`
  const small = Math.min(width, SMALL_WIDTH_PX)
  return {
    src: address('small'),
    width: small,
    height: (small * 3) / 4,
    /** Only where the large one is larger. */
    srcset: width > small ? `${address('small')} ${small}w, ${address('large')} ${width}w` : undefined,
  }
}
