import { redirect } from '@sveltejs/kit'
import { callAuth } from '#lib/server/auth-call.ts'
import { auth } from '#lib/server/auth-instance.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  await callAuth(auth(), event, '/sign-out', {})
  redirect(303, '/login')
}
