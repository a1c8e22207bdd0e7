import { z } from 'zod'
import { UPLOAD_ERRORS } from './upload-error.ts'

const length = z.int().min(1).max(300_000)

/** What the encoder's process writes first, on one line; the bytes of the three pictures follow. */
export const encoderHead = z.union([
  z.strictObject({ error: z.enum(UPLOAD_ERRORS) }),
  z.strictObject({ width: z.int(), small: length, large: length, jpeg: length }),
])
export type EncoderHead = z.infer<typeof encoderHead>
