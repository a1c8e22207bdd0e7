import type { ApiKeyScope } from '@eungmo/db/queries/api-keys'
import { initTRPC, TRPCError } from '@trpc/server'
import type { OpenApiMeta } from 'trpc-to-openapi'
import { requireScope } from './api-keys/scopes.ts'
import type { Actor, Context } from './context.ts'
import { asLoggedError } from './errors/as-logged-error.ts'
import { DomainError } from './errors/domain-error.ts'
import { type DomainErrorCode, errorCodes } from './errors/error-codes.ts'
import { toErrorResponse } from './errors/error-response.ts'
import { logDenied } from './errors/log-denied.ts'
import type { PublicBody } from './public-body.ts'
import { requireRecentSignIn } from './recent-session.ts'
import { requireMember } from './require-member.ts'

/** How a procedure behaves over REST, in addition to trpc-to-openapi's own meta. */
export interface RestMeta {
  /** The status of a success. Defaults to 200. */
  status?: 200 | 201
  /** What an API key needs. Left out: no key, only a session; or everybody, where the procedure is public. */
  scope?: ApiKeyScope
  /** Selects outputs whose status is 202 instead. */
  accepted?: (output: unknown) => boolean
  /**
   * Reads what everybody sees instead of calling the procedure, so that it is stored by version, or streamed.
   * With `csv`, callers that prefer text/csv get that.
   */
  body?: (context: Context, input: unknown, format: 'json' | 'csv') => Promise<PublicBody>
  csv?: true
  /**
   * Calls the use case without tRPC, whose middlewares take longer than it: for a public procedure, with the
   * procedure's own input schema. Returns exactly what its output schema would.
   */
  direct?: (context: Context, input: unknown) => Promise<unknown>
  /** Domain errors for the document; 400, 401, 403, 429, 500 and 503 are implied. */
  errors?: readonly DomainErrorCode[]
}

export type ProcedureMeta = OpenApiMeta<{ rest?: RestMeta }>

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // Without it, responses contain a stack trace wherever NODE_ENV is not "production".
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
    errorFormatter({ shape, error, ctx }) {
      const { status, body } = toErrorResponse(error, ctx?.locale ?? 'ko')
      const { message, ...data } = body
      return { ...shape, message, data: { ...data, httpStatus: status, path: shape.data.path } }
    },
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/**
 * Converts domain errors, and errors of an unreachable database, into tRPC errors by the one map; logs what becomes
 * a 5xx, and what a member was denied.
 */
const domainErrors = t.middleware(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  const { log } = ctx.dependencies
  const error = asLoggedError(log, result.error, { procedure: path })
  logDenied(log, error, ctx.viewer, { procedure: path })
  throw new TRPCError({
    code: errorCodes[error.code].trpc,
    message: error.code,
    cause: error,
  })
})

/** Open to everybody. */
export const publicProcedure = t.procedure.use(domainErrors)

/** Owner or staff of a shop, or an API key with the scope of the procedure. */
export const memberProcedure = publicProcedure.use(({ ctx, meta, next }) => {
  const viewer: Actor = { ...requireMember(ctx.viewer), clientAddress: ctx.clientAddress }
  requireScope(viewer, meta?.rest?.scope)
  return next({ ctx: { viewer } })
})

/** Owners only: publish, draw, redraw, export, API keys. */
export const ownerProcedure = memberProcedure.use(({ ctx, next }) => {
  if (ctx.viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  return next()
})

/** Owners who have proved who they are within the last 15 minutes: what gives or takes access. */
export const recentOwnerProcedure = ownerProcedure.use(({ ctx, next }) => {
  requireRecentSignIn(ctx.viewer)
  return next()
})
