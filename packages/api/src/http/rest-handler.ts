import { DEFAULT_MAX_BODY_BYTES } from '@eungmo/config/variables'
import { createProcedureCache, type OpenApiMethod, type OpenApiRouter } from 'trpc-to-openapi'
import type { Context } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'
import { toErrorResponse } from '../errors/error-response.ts'
import { appRouter, createCaller } from '../router.ts'
import type { ProcedureMeta } from '../trpc.ts'
import { readBody } from './read-body.ts'

export interface RestHandlerOptions {
  router?: OpenApiRouter
  /** A longer request body gets 413. Defaults to the default of BODY_LIMIT. */
  maxBodyBytes?: number
}

const methods: readonly OpenApiMethod[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/**
 * The router over REST. trpc-to-openapi finds the procedure; the answer is made here, since its own handler coerces bodies ("false" would
 * be a consent), knows only tRPC's codes, and sets itself up again for each request.
 */
export function createRestHandler({
  router = appRouter,
  maxBodyBytes = DEFAULT_MAX_BODY_BYTES,
}: RestHandlerOptions = {}): (request: Request, path: string, context: Context) => Promise<Response> {
  const find = createProcedureCache(router)
  const lookUp = (method: string, path: string) => {
    const known = methods.find((each) => each === method)
    return known && find(known, path)
  }

  async function answer(request: Request, path: string, context: Context): Promise<Response> {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const { procedure, pathInput } = lookUp(method, path) ?? {}
    if (!procedure) {
      const others = methods.filter((other) => lookUp(other, path)?.procedure)
      if (others.length === 0) throw new DomainError('NOT_FOUND')
      return refuse(new DomainError('METHOD_NOT_ALLOWED'), context, { Allow: others.join(', ') })
    }
    const given =
      method === 'GET' || method === 'DELETE'
        ? queryOf(new URL(request.url))
        : await readBody(request, maxBodyBytes)
    const input = { ...given, ...decoded(pathInput) }
    const { rest = {} } = (procedure.procedure._def.meta ?? {}) as ProcedureMeta
    if (rest.stream) {
      const as = accepts(request, 'text/csv') ? 'csv' : 'json'
      return streamed(await rest.stream(context, input, as), contentTypes[as])
    }
    const output = await call(context, procedure.path, input)
    return Response.json(output, { status: rest.accepted?.(output) ? 202 : (rest.status ?? 200) })
  }

  return async (request, path, context) => {
    try {
      return await answer(request, path, context)
    } catch (error) {
      return refuse(error, context)
    }
  }
}

const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const

function streamed(pieces: AsyncGenerator<string>, contentType: string): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  return new Response(body, { headers: { 'Content-Type': contentType, Vary: 'Accept' } })
}

function refuse(error: unknown, { locale }: Context, more: Record<string, string> = {}): Response {
  const { status, body, headers } = toErrorResponse(error, locale)
  const challenge: Record<string, string> = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
  return Response.json(body, { status, headers: { ...headers, ...challenge, ...more } })
}

async function call(context: Context, path: string, input: unknown): Promise<unknown> {
  let at: unknown = createCaller(context)
  for (const name of path.split('.')) at = Reflect.get(Object(at), name)
  if (typeof at !== 'function') throw new TypeError(`The router has no procedure ${path}`)
  return at(input)
}

function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name)
    query[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return query
}

function decoded(pathInput: Record<string, string> = {}): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(pathInput).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
  } catch {
    throw new DomainError('NOT_FOUND')
  }
}

/** Whether the caller would rather have this type than JSON. */
function accepts(request: Request, type: string): boolean {
  const asked = (request.headers.get('accept') ?? '').split(',').map((part) => part.split(';')[0]?.trim())
  const at = asked.indexOf(type)
  const json = asked.indexOf('application/json')
  return at >= 0 && (json < 0 || at < json)
}
