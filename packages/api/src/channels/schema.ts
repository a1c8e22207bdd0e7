import { z } from 'zod'
import { formatted, line, token, uuid } from '../validation/fields.ts'

/** Most entry paths of an event, 매장 방문 not counted: as many as a form can show. */
export const MAX_CHANNELS = 30

/** The name of an entry path: 1 to 30 characters on one line. */
const entryPathField = line(30, { code: 'channel.name' })

/** The entry paths of a new event. */
export const channelsField = z
  .array(
    z.strictObject({
      entryPath: entryPathField,
      /** For links only: `?via=sns`. Derived from the name where left out. */
      code: formatted(/^[a-z0-9][a-z0-9-]{0,29}$/).optional(),
    }),
  )
  .min(1)
  .max(MAX_CHANNELS)

export const createChannelInput = z.strictObject({ eventId: uuid, entryPath: entryPathField })
export const renameChannelInput = z.strictObject({
  eventId: uuid,
  entryPath: token(100),
  newEntryPath: entryPathField,
})
export const archiveChannelInput = z.strictObject({
  eventId: uuid,
  entryPath: token(100),
  archived: z.boolean().default(true),
})

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
