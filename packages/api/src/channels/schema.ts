import { z } from 'zod'

/** An entry path of an event with its link, as owner and staff see it. */
export const channel = z.object({
  entryPath: z.string(),
  code: z.string(),
  /** `store` is 매장 방문, whose link carries the secret visit token. */
  kind: z.enum(['link', 'store']),
  archived: z.boolean(),
  /** The link that the QR code holds. */
  link: z.url(),
  /** Entries so far; a channel with entries cannot be renamed. */
  entries: z.number().int(),
})

export type Channel = z.infer<typeof channel>
