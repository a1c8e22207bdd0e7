import type { Locator } from '@playwright/test'
import decodeQr from 'qr/decode.js'

const SIZE_PX = 480

/** What a phone's camera reads in the picture of a QR code. Throws where it reads nothing. */
export async function readQrCode(picture: Locator): Promise<string> {
  const data = await picture.evaluate((image, size) => {
    if (!(image instanceof HTMLImageElement)) throw new Error('not a picture')
    const canvas = document.createElement('canvas')
    canvas.width = size
    canvas.height = size
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = 'white'
    context.fillRect(0, 0, size, size)
    context.drawImage(image, 0, 0, size, size)
    return [...context.getImageData(0, 0, size, size).data]
  }, SIZE_PX)
  return decodeQr({ width: SIZE_PX, height: SIZE_PX, data: Uint8ClampedArray.from(data) })
}
