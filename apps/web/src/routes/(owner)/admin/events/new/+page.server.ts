import { error } from '@sveltejs/kit'
import { z } from 'zod'
import * as m from '#lib/paraglide/messages.js'
import { startingPointIds } from '../_form/starting-points.ts'
import type { PageServerLoad } from './$types'

const startSchema = z.enum(startingPointIds).nullable().catch(null)

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.viewer.kind === 'member' && locals.viewer.role !== 'owner')
    error(403, m.admin_error_owner_only())
  return { now: Date.now(), start: startSchema.parse(url.searchParams.get('start')) }
}
