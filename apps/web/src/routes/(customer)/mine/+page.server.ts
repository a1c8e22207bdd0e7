import { unlist } from '#lib/server/http/unlist.ts'
import type { PageServerLoad } from './$types'

/** What the page shows is stored in the visitor's browser; the server learns of it only what a check sends. */
export const load: PageServerLoad = (event) => unlist(event)
