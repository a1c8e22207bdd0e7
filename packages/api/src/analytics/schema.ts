import { z } from 'zod'
import { instant } from '../validation/fields.ts'

/** An event's counts as the analytics consumer has written them. */
export const analytics = z
  .object({
    total: z.number().int(),
    channels: z.array(z.object({ entryPath: z.string(), count: z.number().int() })),
    /** Hours with entries, oldest first; each is named by its start. */
    hourly: z.array(z.object({ hour: instant, count: z.number().int() })),
    /** When the counts last changed; null before the first entry. */
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'Analytics' })

export type Analytics = z.infer<typeof analytics>
