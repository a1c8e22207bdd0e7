import { answerRest } from '#lib/server/rest.ts'

export const fallback = answerRest
