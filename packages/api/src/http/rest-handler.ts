import { DEFAULT_MAX_BODY_BYTES } from '@eungmo/config/variables'
import { callTRPCProcedure } from '@trpc/server'
import Negotiator from 'negotiator'
import { createProcedureCache, type OpenApiMethod, type OpenApiRouter } from 'trpc-to-openapi'
import type { Context } from '../context.ts'
import { asLoggedError } from '../errors/as-logged-error.ts'
import { DomainError } from '../errors/domain-error.ts'
import { toErrorResponse } from '../errors/error-response.ts'
import { logFailure } from '../errors/log-failure.ts'
import { appRouter } from '../router.ts'
import type { ProcedureMeta } from '../trpc.ts'
import { readBody } from './read-body.ts'
import { StoredBodies } from './stored-bodies.ts'

export interface RestHandlerOptions {
  router?: OpenApiRouter
  /** A longer request body gets 413. Defaults to the default of BODY_LIMIT. */
  maxBodyBytes?: number
  /** Shared with other handlers of the process. Defaults to new ones. */
  storedBodies?: StoredBodies
}

const methods: readonly OpenApiMethod[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/**
 * The router over REST. trpc-to-openapi finds the procedure, but the response is our own: the library's
 * handler coerces bodies, so that "false" would be a consent, knows only tRPC's codes, and sets itself up
 * again for each request.
 */
export function createRestHandler({
  router = appRouter,
  maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
  storedBodies = new StoredBodies(),
}: RestHandlerOptions = {}): (request: Request, path: string, context: Context) => Promise<Response> {
  const find = createProcedureCache(router)
  const lookUp = (method: string, path: string) => {
    const known = methods.find((each) => each === method)
    return known && find(known, path)
  }

  async function handle(request: Request, path: string, context: Context): Promise<Response> {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const { procedure, pathInput } = lookUp(method, path) ?? {}
    if (!procedure) {
      const allowed = methods.filter((other) => lookUp(other, path)?.procedure)
      if (allowed.length === 0) throw new DomainError('NOT_FOUND')
      return errorResponse(new DomainError('METHOD_NOT_ALLOWED'), context, { Allow: allowed.join(', ') })
    }
    const inPath = decodePath(pathInput)
    const values =
      method === 'GET' || method === 'DELETE'
        ? readQuery(new URL(request.url))
        : withoutPathKeys(await readBody(request, maxBodyBytes), inPath)
    const input = { ...values, ...inPath }
    const { rest = {} } = (procedure.procedure._def.meta ?? {}) as ProcedureMeta
    if (rest.body) {
      const format = rest.csv && prefersCsv(request) ? 'csv' : 'json'
      const body = await rest.body(context, input, format)
      return storedBodies.respond(
        request,
        { ...body, ...(rest.csv && { headers: { vary: 'accept' } }) },
        (error) => logFailure(context.dependencies.log, error),
      )
    }
    const output = rest.direct
      ? await callDirectly(rest.direct(context, input), context, procedure.path)
      : await callTRPCProcedure({
          router,
          path: procedure.path,
          type: procedure.type === 'query' ? 'query' : 'mutation',
          ctx: context,
          getRawInput: async () => input,
          signal: request.signal,
          batchIndex: 0,
        })
    return Response.json(output, { status: rest.accepted?.(output) ? 202 : (rest.status ?? 200) })
  }

  return async (request, path, context) => {
    try {
      return await handle(request, path, context)
    } catch (error) {
      return errorResponse(error, context)
    }
  }
}

/** An error is logged as the middleware of the procedures logs it. */
async function callDirectly(output: Promise<unknown>, { dependencies }: Context, procedure: string) {
  try {
    return await output
  } catch (error) {
    throw asLoggedError(dependencies.log, error, { procedure })
  }
}

function errorResponse(
  error: unknown,
  { locale, dependencies }: Context,
  more: Record<string, string> = {},
): Response {
  logFailure(dependencies.log, error)
  const { status, body, headers } = toErrorResponse(error, locale)
  const challenge: Record<string, string> = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
  return Response.json(body, { status, headers: { ...headers, ...challenge, ...more } })
}

function readQuery(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name)
    query[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return query
}

/** A body has no second value for what the path names. Throws VALIDATION_FAILED with the keys that it has. */
function withoutPathKeys(body: Record<string, unknown>, inPath: Record<string, string>) {
  const repeated = Object.keys(inPath).filter((key) => Object.hasOwn(body, key))
  if (repeated.length === 0) return body
  const fields = repeated.map((field) => ({ field, code: 'unknown_field' }))
  throw new DomainError('VALIDATION_FAILED', { fields })
}

function decodePath(pathInput: Record<string, string> = {}): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(pathInput).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
  } catch {
    throw new DomainError('NOT_FOUND')
  }
}

function prefersCsv(request: Request): boolean {
  const negotiator = new Negotiator({ headers: { accept: request.headers.get('accept') ?? '*/*' } })
  return negotiator.mediaType(['application/json', 'text/csv']) === 'text/csv'
}
