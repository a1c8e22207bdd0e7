import { redirect } from '@sveltejs/kit'
import { auth } from '#lib/server/auth/auth.ts'
import { callAuth } from '#lib/server/auth/call-auth.ts'
import type { RequestHandler } from './$types'

export const POST: RequestHandler = async (event) => {
  await callAuth(auth(), event, '/sign-out', {})
  redirect(303, '/login')
}
