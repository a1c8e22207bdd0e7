import { answerTrpc } from '#lib/server/trpc.ts'

export const GET = answerTrpc
export const POST = answerTrpc
