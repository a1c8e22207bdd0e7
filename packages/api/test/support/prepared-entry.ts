import type { NewParticipant } from '@eungmo/db/queries/register-participants'
import type { Dependencies } from '../../src/dependencies.ts'
import { makeApplicationNumber } from '../../src/participations/make-application-number.ts'
import { prepareEntry } from '../../src/participations/prepare-entry.ts'

/** An entry as the registration statement takes it; the phone number follows from `n`. */
export const preparedEntry = (
  { secrets }: Pick<Dependencies, 'secrets'>,
  eventId: string,
  n: number,
  changes: Partial<NewParticipant> = {},
): NewParticipant => ({
  ...prepareEntry(
    secrets,
    secrets.newest,
    {
      eventId,
      name: '김은모',
      phoneNumber: `+8210${String(10_000_000 + n)}`,
      entryPath: 'SNS',
      visitToken: null,
      submissionId: null,
    },
    makeApplicationNumber,
  ),
  ...changes,
})
