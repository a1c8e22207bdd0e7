import { handleRest } from '#lib/server/api/rest.ts'

export const fallback = handleRest
