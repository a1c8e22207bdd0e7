import { recordShownNotice } from '@eungmo/db/queries/owner-notices'
import { fail, redirect } from '@sveltejs/kit'
import * as m from '#lib/paraglide/messages.js'
import { auth, signUp } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import { noticeHash, shownNoticeVersion } from '#lib/server/auth/owner-notice.ts'
import { welcomeForm } from '#lib/server/forms/account-forms.ts'
import { readForm } from '#lib/server/forms/read-form.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { operator } from '#lib/server/process/operator.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals }) => {
  if (!locals.userId) redirect(303, '/login')
  if (locals.viewer.kind === 'member') redirect(303, '/admin/events')
  return {
    mayCreate: signUp() === 'open',
    operator: operator(),
    notice: noticeHash(operator(), 'owner'),
  }
}

export const actions: Actions = {
  default: async (event) => {
    if (!event.locals.userId) redirect(303, '/login')
    if (event.locals.viewer.kind === 'member') redirect(303, '/admin/events')
    const { userId } = event.locals
    const form = await readForm(event.request)
    const parsed = welcomeForm.safeParse(form)
    if (!parsed.success) return fail(400, { message: m.sign_up_shop_missing() })
    const { db } = dependencies()
    const shown = { operator: operator(), account: 'owner', hash: form.notice } as const
    const version = await shownNoticeVersion(db, shown)
    if (version === undefined) return fail(409, { message: m.owner_notice_changed() })
    const response = await callAuth(auth(), event, '/organization/create', {
      name: parsed.data.shopName,
      slug: `shop-${Bun.randomUUIDv7()}`,
    })
    if (!response.ok) {
      const message = response.status === 403 ? m.welcome_closed() : m.error_unexpected()
      return fail(response.status, { message })
    }
    await recordShownNotice(db, { userId, version })
    redirect(303, '/admin/events')
  },
}
