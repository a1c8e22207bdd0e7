import { handleTrpc } from '#lib/server/api/trpc.ts'

export const GET = handleTrpc
export const POST = handleTrpc
