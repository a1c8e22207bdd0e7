import { z } from 'zod'
import { instant, uuid } from '../validation/fields.ts'

/** A participant as owner and staff see them. Name, phone and number are null once personal data was destroyed. */
export const participant = z
  .object({
    participantId: uuid,
    name: z.string().nullable(),
    phoneNumber: z.string().nullable().meta({ example: '010-1234-5678' }),
    entryPath: z.string(),
    applicationNumber: z.string().nullable(),
    participatedAt: instant,
    visited: z.boolean(),
    isWinner: z.boolean(),
  })
  .meta({ id: 'Participant' })

export type Participant = z.infer<typeof participant>
