import { z } from 'zod'

/** An instant in a request: ISO 8601 with offset (`2026-12-20T18:00:00+09:00`). */
export const instantInput = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .meta({ type: 'string', format: 'date-time' })

/** An instant in an answer: ISO 8601 with offset, in UTC. */
export const instantOutput = z.iso.datetime({ offset: true })

/** Winners and alternates of one draw: more than this is no prize event. */
export const maxDrawn = 100_000

export const eventIdInput = z.object({ eventId: z.uuid() })

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value), 'invalid')
    .transform((value) => value.normalize('NFC'))

export const titleField = line(80).refine((value) => value.length >= 2, 'too_short')
export const storyField = z
  .string()
  .trim()
  .max(5_000)
  .transform((value) => value.replace(/\r\n?/g, '\n').normalize('NFC'))
export const winnerCountField = z.int().min(1).max(maxDrawn)
export const alternateCountField = z.int().min(0).max(maxDrawn)
/** Extra tickets for a visit to the shop. */
export const visitBonusField = z.int().min(0).max(100)
/** `true` means the published number, or 1 where none was published. */
export const visitBonusInput = z.union([z.boolean(), visitBonusField])
export const beaconField = z.enum(['none', 'quicknet'])
/** Seconds from the lock to the public randomness. */
export const beaconDelayField = z.int().min(15).max(604_800)

export const prizeField = z.object({ name: line(100), count: z.int().min(1).max(maxDrawn) })
export const prizesField = z.array(prizeField).min(1).max(100)

export const channelField = z.object({
  entryPath: line(30),
  /** Serves links only: `?via=sns`. Made from the name where left out. */
  code: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,29}$/)
    .optional(),
})
export const channelsField = z.array(channelField).min(1).max(30)
