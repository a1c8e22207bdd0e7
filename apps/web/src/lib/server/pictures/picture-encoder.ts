import { fileURLToPath } from 'node:url'
import { createPictureEncoder } from '@eungmo/api/pictures/encoder/picture-encoder'
import type { EncodePicture } from '@eungmo/api/pictures/set-picture'
import { logger } from '../process/logger.ts'

let encoder: EncodePicture | undefined

/** The process's encoder of uploads, created at the first call. Its script is not part of the build. */
export function encodePicture(upload: Uint8Array): ReturnType<EncodePicture> {
  encoder ??= createPictureEncoder({
    script: fileURLToPath(import.meta.resolve('@eungmo/api/pictures/encoder/encoder-process')),
    log: logger,
  })
  return encoder(upload)
}
