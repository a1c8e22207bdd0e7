import { z } from 'zod'
import { line, token, uuid } from '../validation/fields.ts'
import { MAX_ALT_TEXT } from './limits.ts'

const altTextField = line(MAX_ALT_TEXT, { code: 'alt_text.length' })

export const altTextInput = z.strictObject({ eventId: uuid, altText: altTextField })

/** How a page shows a picture. */
export const pictureView = z.object({
  /** Part of its address: other bytes have another version. */
  version: z.string(),
  /** Says what it shows to those who do not see it. */
  altText: z.string(),
  /** Of the large picture in px; the height is three quarters of it. */
  width: z.int(),
})
export type PictureView = z.infer<typeof pictureView>

const sizeField = z.enum(['small', 'large'])

/** A picture of an entry page, as its address names it. */
export const publicPictureInput = z.object({ slug: token(100), version: token(43), size: sizeField })
export type PublicPictureInput = z.output<typeof publicPictureInput>

/** The same under the address of the owner's pages. */
export const ownPictureInput = z.object({ eventId: uuid, version: token(43), size: sizeField })
export type OwnPictureInput = z.output<typeof ownPictureInput>
