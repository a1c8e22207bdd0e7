import type { Database } from '@eungmo/db/connection/client'
import { endAllSessions } from '@eungmo/db/queries/user-sessions'
import { z } from 'zod'
import { recordAccess } from '../personal-data/record-access.ts'
import { token } from '../validation/fields.ts'
import { CommandError, operatorOf } from './command.ts'

const EVERYBODY = 'all'
const MAX_EMAIL_LENGTH = 320

export const endSessionsArguments = z.strictObject({ target: token(MAX_EMAIL_LENGTH).min(1) })

/**
 * Ends the sessions of the account with an e-mail address, or of all accounts with `all`, with a line in the access
 * log of each of their shops. Returns what the command prints. Throws CommandError for an address without an
 * account, and UNAVAILABLE where the log cannot be written; no session has ended then.
 */
export async function endSessions(
  db: Database,
  { target }: z.output<typeof endSessionsArguments>,
): Promise<string> {
  const email = target === EVERYBODY ? null : target.toLowerCase()
  const ended = await db.transaction(async (tx) => {
    const accounts = await endAllSessions(tx, { email })
    for (const { userId, shopIds } of accounts)
      for (const shopId of shopIds)
        await recordAccess(tx, { actor: operatorOf(shopId), action: 'end-sessions', subjectId: userId })
    return accounts
  })
  if (email !== null && ended.length === 0)
    throw new CommandError(`No account has the e-mail address ${target}.`)
  const sessions = ended.reduce((sum, account) => sum + account.sessions, 0)
  return email === null
    ? `Ended ${sessions} sessions of ${ended.length} accounts.`
    : `Ended ${sessions} sessions of ${target}.`
}
