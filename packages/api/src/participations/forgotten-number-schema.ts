import { z } from 'zod'
import { phoneNumber, token, uuid } from '../validation/fields.ts'

export const requestNumberInput = z.strictObject({ eventId: uuid, phoneNumber })
export type RequestNumberInput = z.output<typeof requestNumberInput>

export const requestNumberOutput = z.object({ message: z.string() })

export const disownInput = z.strictObject({
  eventId: uuid,
  /** The last part of the address in a message with an application number. */
  link: token(200),
})
export type DisownInput = z.output<typeof disownInput>

export const disownedView = z.object({
  /** Whether the entry's data was destroyed already. */
  isWithdrawn: z.boolean(),
  /** Whether the same phone number may enter the event again. */
  mayEnterAgain: z.boolean(),
})
export type DisownedView = z.infer<typeof disownedView>
