import type { Context } from '../context.ts'
import { enterEvent } from './enter-event.ts'
import type { RegisterInput, RegisterOutput } from './schema.ts'

const thanks = { ko: '참여해주셔서 감사합니다', en: 'Thank you for entering' } as const

/**
 * Enters a customer into an event and returns what the done page shows. Throws as `enterEvent` does.
 */
export async function registerParticipation(
  context: Context,
  request: RegisterInput,
): Promise<RegisterOutput> {
  const { accepted, receipt } = await enterEvent(context, request)
  return {
    applicationNumber: accepted.applicationNumber,
    announcementDate: accepted.announcementDate.toISOString(),
    message: thanks[context.locale],
    ...(receipt && { receipt }),
  }
}
