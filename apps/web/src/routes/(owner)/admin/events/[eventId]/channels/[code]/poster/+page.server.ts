import type { PageServerLoad } from './$types'
import { readPoster } from './read-poster.ts'

export const load: PageServerLoad = (event) => readPoster(event)
