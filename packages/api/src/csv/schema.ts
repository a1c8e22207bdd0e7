import { z } from 'zod'
import { line } from '../validation/fields.ts'

const MAX_PURPOSE_LENGTH = 100

/** Why data leaves as a file. Stored in the access log, which must hold no phone number. */
export const exportPurpose = line(MAX_PURPOSE_LENGTH, { code: 'purpose.required' }).refine(
  (purpose) => !/(?:\d[\s.-]*){8}/.test(purpose.normalize('NFKC')),
  'purpose.number',
)

export const exportInput = z.strictObject({ purpose: exportPurpose })
