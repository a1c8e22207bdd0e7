import { answerRest } from '#lib/server/api/rest.ts'

export const fallback = answerRest
