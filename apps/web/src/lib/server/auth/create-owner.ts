import type { Auth } from './create-auth.ts'
import { createPassword } from './reset-password.ts'

interface NewOwner {
  email: string
  name: string
  shopName: string
}

/**
 * Opens a shop for the account of an e-mail address, and the account too where there is none. Returns the
 * password of a new account, for the operator to hand over; undefined where the account has its own. `auth`
 * must be the operator's (scripts/script-auth.ts), whom no sign-up rule binds.
 */
export async function createOwner(
  auth: Auth,
  { email, name, shopName }: NewOwner,
): Promise<string | undefined> {
  const { internalAdapter } = await auth.$context
  const found = await internalAdapter.findUserByEmail(email.toLowerCase())
  if (found) {
    const slug = `shop-${Bun.randomUUIDv7()}`
    await auth.api.createOrganization({ body: { name: shopName, slug, userId: found.user.id } })
    return undefined
  }
  const password = createPassword()
  // better-auth's types do not declare shopName; our hook reads it (create-auth.ts).
  const body = { name, email, password, shopName }
  await auth.api.signUpEmail({ body })
  return password
}
