import type { Database } from '@eungmo/db/connection/client'
import { deleteAccountRows, findAccount } from '@eungmo/db/queries/accounts'
import { updateShop } from '@eungmo/db/queries/shop-details'
import { lockRoles } from '@eungmo/db/queries/shop-roles'
import { z } from 'zod'
import { recordAccess } from '../personal-data/record-access.ts'
import { token } from '../validation/fields.ts'
import { CommandError, operatorOf } from './command.ts'

const MAX_EMAIL_LENGTH = 320

export const deleteAccountArguments = z.strictObject({ target: token(MAX_EMAIL_LENGTH).min(1) })

/**
 * Deletes the account with an e-mail address, and takes it out of its shops, with a line in the access log of
 * each. Returns what the command prints. Throws CommandError for an address without an account, and for the last
 * owner of a shop; nothing is deleted then.
 */
export async function deleteAccount(
  db: Database,
  { target }: z.output<typeof deleteAccountArguments>,
): Promise<string> {
  const email = target.toLowerCase()
  await db.transaction(async (tx) => {
    const account = await findAccount(tx, { email })
    if (!account) throw new CommandError(`No account has the e-mail address ${target}.`)
    const { userId } = account
    for (const { shopId, name } of account.shops) {
      const owners = (await lockRoles(tx, { shopId })).filter(({ role }) => role === 'owner')
      const isOwner = owners.some((owner) => owner.userId === userId)
      if (isOwner && owners.length === 1)
        throw new CommandError(`${target} is the last owner of ${name}: make somebody else its owner first.`)
      // The privacy pages of the shop may name another owner now.
      if (isOwner) await updateShop(tx, { shopId, changes: {} })
      await recordAccess(tx, { actor: operatorOf(shopId), action: 'remove-member', subjectId: userId })
    }
    await deleteAccountRows(tx, { userId, email })
  })
  return `Deleted the account of ${target}.`
}
