import type { KeyRing } from '@eungmo/api/crypto/key-ring'
import type { SignUpMode } from '@eungmo/config/sign-up-mode'
import type { Executor } from '@eungmo/db/connection/client'
import { ownerExists } from '@eungmo/db/queries/shop-members'
import { setupCode } from './setup-code.ts'

/**
 * What the operator of a new installation has to read, in one line: where the first owner signs up, and with
 * which code. Undefined where anybody may sign up, or an owner exists.
 */
export async function setupCodeLine(
  db: Executor,
  { mode, secrets, publicUrl }: { mode: SignUpMode; secrets: Pick<KeyRing, 'newest'>; publicUrl: string },
): Promise<string | undefined> {
  if (mode === 'open' || (await ownerExists(db))) return undefined
  return `There is no owner yet: sign up at ${publicUrl}/sign-up with the setup code ${setupCode(secrets)}`
}
