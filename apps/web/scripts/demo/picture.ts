import { fileURLToPath } from 'node:url'
import type { Context } from '@eungmo/api/context'
import { createPictureEncoder } from '@eungmo/api/pictures/encoder/picture-encoder'
import { setPicture } from '@eungmo/api/pictures/set-picture'
import { renderAsync } from '@resvg/resvg-js'

const DRAWING = fileURLToPath(new URL('cake.svg', import.meta.url))
const ALT_TEXT = '딸기를 올린 생크림 케이크에 초가 하나 켜져 있어요'

/** Gives an event the demo's picture: a drawing, uploaded like a photograph. */
export async function setDemoPicture(
  { dependencies, viewer }: Pick<Context, 'dependencies' | 'viewer'>,
  eventId: string,
): Promise<void> {
  const upload = (await renderAsync(await Bun.file(DRAWING).text())).asPng()
  const encode = createPictureEncoder({
    script: fileURLToPath(import.meta.resolve('@eungmo/api/pictures/encoder/encoder-process')),
    log: dependencies.log,
  })
  await setPicture({ dependencies, viewer }, { eventId, altText: ALT_TEXT, upload }, encode)
}
