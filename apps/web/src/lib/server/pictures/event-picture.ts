import { readPictureJpeg } from '@eungmo/api/pictures/read-picture'
import { dependencies } from '../process/dependencies.ts'

interface Shown {
  id: string
  picture: object | null
}

/** The picture that a page shows of an event, as a data URL for SVG; null where it shows none. */
export async function eventPicture({ id, picture }: Shown): Promise<string | null> {
  const stored = picture && (await readPictureJpeg(dependencies().db, id))
  return stored && `data:image/jpeg;base64,${Buffer.from(stored.jpeg).toString('base64')}`
}
