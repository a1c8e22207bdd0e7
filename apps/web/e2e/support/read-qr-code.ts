import type { Locator } from '@playwright/test'
import decodeQr from 'qr/decode.js'

const SIZE_PX = 480

/** A square part of a picture, in fractions of its width. */
interface Part {
  left: number
  top: number
  width: number
}

/** What a phone's camera reads in the picture of a QR code, or in a part of it. Throws where it reads nothing. */
export async function readQrCode(picture: Locator, part?: Part): Promise<string> {
  // A character per pixel: a list of numbers takes seconds to arrive.
  const pixels = await picture.evaluate(
    async (image, [size, area]) => {
      if (!(image instanceof HTMLImageElement)) throw new Error('not a picture')
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = size
      canvas.height = size
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.fillStyle = 'white'
      context.fillRect(0, 0, size, size)
      if (area) {
        const { naturalWidth: unit } = image
        const [left, top, width] = [area.left * unit, area.top * unit, area.width * unit]
        context.drawImage(image, left, top, width, width, 0, 0, size, size)
      } else context.drawImage(image, 0, 0, size, size)
      const { data } = context.getImageData(0, 0, size, size)
      return Array.from({ length: size * size }, (_, n) => String.fromCharCode(data[4 * n] ?? 0)).join('')
    },
    [SIZE_PX, part] as const,
  )
  const data = Uint8ClampedArray.from(
    [...pixels].flatMap((pixel) => [...Array(3).fill(pixel.charCodeAt(0)), 255]),
  )
  return decodeQr({ width: SIZE_PX, height: SIZE_PX, data })
}
