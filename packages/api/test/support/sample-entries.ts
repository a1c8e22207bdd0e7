import type { NewParticipant } from '@eungmo/db/queries/register-participants'
import type { Dependencies } from '../../src/dependencies.ts'
import { generateApplicationNumber } from '../../src/participations/generate-application-number.ts'
import { prepareEntry } from '../../src/participations/prepare-entry.ts'
import type { Registration } from '../../src/participations/registration.ts'
import type { Caller } from './api-fixture.ts'

/** An entry as a form or REST sends it; the phone number is derived from `n`, below 100,000,000. */
export const entryInput = (eventId: string, n: number, overrides: Record<string, unknown> = {}) => {
  const digits = String(10_000_000 + n)
  return {
    eventId,
    name: '김은모',
    phoneNumber: `010-${digits.slice(0, 4)}-${digits.slice(4)}`,
    entryPath: 'SNS',
    privacyConsent: true as const,
    ...overrides,
  }
}

/** An entry as the registrar takes it, with the same phone number as `entryInput`. */
export const registration = (eventId: string, n: number): Registration => ({
  eventId,
  name: '김은모',
  phoneNumber: `+8210${String(10_000_000 + n)}`,
  entryPath: 'SNS',
  visitToken: null,
  submissionId: null,
  consentVersion: null,
})

/** An entry as the registration statement takes it. */
export const preparedEntry = (
  { secrets }: Pick<Dependencies, 'secrets'>,
  eventId: string,
  n: number,
  overrides: Partial<NewParticipant> = {},
): NewParticipant => ({
  ...prepareEntry(secrets, secrets.newest, registration(eventId, n), generateApplicationNumber).row,
  ...overrides,
})

/** Registers `count` participants one after the other; resolves to each response with the phone number. */
export async function enterParticipants(customer: Caller, eventId: string, count: number, from = 0) {
  const entered = []
  for (let n = from; n < from + count; n++) {
    const input = entryInput(eventId, n, { name: `김하늘${n}` })
    const response = await customer.participations.register(input)
    entered.push({ ...response, phoneNumber: input.phoneNumber })
  }
  return entered
}
