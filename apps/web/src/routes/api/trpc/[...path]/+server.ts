import { answerTrpc } from '#lib/server/api/trpc.ts'

export const GET = answerTrpc
export const POST = answerTrpc
