import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { shopNameSchema } from '#lib/server/auth/create-auth.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.userId) redirect(303, '/login')
  if (locals.viewer.kind === 'member') redirect(303, '/admin/events')
}

export const actions: Actions = {
  default: async (event) => {
    if (!event.locals.userId) redirect(303, '/login')
    if (event.locals.viewer.kind === 'member') redirect(303, '/admin/events')
    const parsed = shopNameSchema.safeParse((await event.request.formData()).get('shopName'))
    if (!parsed.success) return fail(400, { message: m.sign_up_shop_missing() })
    const response = await callAuth(auth(), event, '/organization/create', {
      name: parsed.data,
      slug: `shop-${Bun.randomUUIDv7()}`,
    })
    if (!response.ok) return fail(response.status, { message: m.error_unexpected() })
    redirect(303, '/admin/events')
  },
}
