import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PictureRenderer } from '../src/lib/server/pictures/picture-renderer.ts'

const pretendard = dirname(fileURLToPath(import.meta.resolve('pretendard/package.json')))
const ofPretendard = (weight: string) => join(pretendard, `dist/public/static/Pretendard-${weight}.otf`)

/** A renderer with the fonts that the build takes along. */
export const createBundledRenderer = (): PictureRenderer =>
  new PictureRenderer([
    ofPretendard('Regular'),
    ofPretendard('Bold'),
    join(import.meta.dirname, '../src/lib/fonts/hanja.ttf'),
  ])
