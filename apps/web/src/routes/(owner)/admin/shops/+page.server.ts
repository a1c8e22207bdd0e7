import { listShopsOfUser } from '@eungmo/db/queries/shop-members'
import { error, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { idForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import type { Actions, PageServerLoad } from './$types'

const SIGN_IN = '/login?next=/admin/shops'

export const load: PageServerLoad = async ({ locals: { viewer } }) => {
  if (viewer.kind !== 'member') redirect(303, SIGN_IN)
  const shops = await listShopsOfUser(dependencies().db, { userId: viewer.userId })
  return { shops: shops.map((shop) => ({ ...shop, isCurrent: shop.shopId === viewer.shopId })) }
}

export const actions: Actions = {
  default: async (event) => {
    if (event.locals.viewer.kind !== 'member') redirect(303, SIGN_IN)
    const { data } = idForm.safeParse(await readForm(event.request))
    // better-auth checks that the user is a member; a shop of others is not found, as an unknown one.
    const response =
      data && (await callAuth(auth(), event, '/organization/set-active', { organizationId: data.id }))
    if (!response?.ok) error(404, m.error_not_found())
    redirect(303, '/admin/events')
  },
}
