import { z } from 'zod'
import { registerParticipation } from '../../participations/register-participation.ts'
import { signedReceiptView } from '../../participations/schema.ts'
import { publicProcedure } from '../../trpc.ts'
import { personName, phoneNumber, uuid } from '../../validation/fields.ts'

export const registerInput = z.object({
  eventId: uuid,
  name: personName,
  phoneNumber,
  entryPath: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'As the event lists it; may be left out beside a visitToken', example: 'SNS' }),
  privacyConsent: z.literal(true, 'consent.required'),
  visitToken: z.string().max(100).optional().meta({ description: 'The `t` of the in-store QR link' }),
  submissionId: uuid.optional().meta({
    description: 'Answers a retry of the same entry with its first answer; as the header Idempotency-Key',
  }),
})

export const registerOutput = z.object({
  applicationNumber: z.string().meta({ example: 'K7M2-9QXA' }),
  announcementDate: z.iso.datetime({ offset: true }),
  message: z.string(),
  receipt: signedReceiptView.optional().meta({
    description: 'The signed promise that the entry will be in the locked list; keep it',
  }),
})

export const register = publicProcedure
  .meta({
    openapi: {
      method: 'POST',
      path: '/participations',
      tags: ['participations'],
      summary: 'Enter an event',
      protect: false,
    },
    rest: {
      status: 201,
      errors: ['NOT_FOUND', 'ALREADY_PARTICIPATED', 'EVENT_NOT_OPEN', 'EVENT_CLOSED', 'RATE_LIMITED'],
    },
  })
  .input(registerInput)
  .output(registerOutput)
  .mutation(({ ctx, input }) => registerParticipation(ctx, input))
