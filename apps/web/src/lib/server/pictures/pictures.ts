import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import bold from 'pretendard/dist/public/static/Pretendard-Bold.otf?url'
import regular from 'pretendard/dist/public/static/Pretendard-Regular.otf?url'
import hanja from '#lib/fonts/hanja.ttf?url'
import { read } from '$app/server'
import { PictureRenderer } from './picture-renderer.ts'

let renderer: Promise<PictureRenderer> | undefined

/** The process's renderer of pictures, created at the first call. */
export function pictures(): Promise<PictureRenderer> {
  renderer ??= create().catch((error: unknown) => {
    renderer = undefined
    throw error
  })
  return renderer
}

/** The renderer reads fonts from files alone, and the build's files have no path that the application knows. */
async function create(): Promise<PictureRenderer> {
  const fonts = await Promise.all([regular, bold, hanja].map((asset) => read(asset).bytes()))
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-fonts-'))
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  return new PictureRenderer(
    fonts.map((bytes, position) => {
      const file = join(directory, String(position))
      writeFileSync(file, bytes)
      return file
    }),
  )
}
