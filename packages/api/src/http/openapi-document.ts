import { generateOpenApiDocument, type OpenAPIObject, type OpenApiMethod } from 'trpc-to-openapi'
import { z } from 'zod'
import { type DomainErrorCode, errorCodes } from '../errors/error-codes.ts'
import { appRouter } from '../router.ts'
import type { ProcedureMeta } from '../trpc.ts'
import { uuid } from '../validation/fields.ts'
import { errorSchema } from './error-schema.ts'

type PathItem = NonNullable<OpenAPIObject['paths']>[string]
type Operation = NonNullable<PathItem['get']>

const always: readonly DomainErrorCode[] = ['INTERNAL', 'UNAVAILABLE']
const withBody: readonly DomainErrorCode[] = [
  'VALIDATION_FAILED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
]
const withAccount: readonly DomainErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'SECOND_FACTOR_REQUIRED']

const { format, pattern = '' } = z.toJSONSchema(uuid)

const SCOPES = [
  'An API key, which its owner creates with the scopes that it needs, and which expires after at most a year:',
  '- `events:write` creates, changes and publishes events;',
  '- `draws:write` draws and redraws;',
  '- `participants:read` lists participants, draws and counts, with phone numbers masked;',
  '- `participants:export` does so with whole phone numbers, and exports.',
].join('\n')

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  description: 'A UUID. A retry with the same key and phone number gets the first response again.',
  schema: { type: 'string', format, pattern },
} as const

/**
 * The OpenAPI 3.1 document of the REST API: what trpc-to-openapi generates from the router, completed with
 * the statuses and error bodies that rest-handler.ts really returns.
 * @param baseUrl where the API is mounted, `https://example.com/api/v1`
 */
export function openApiDocument(baseUrl: string): OpenAPIObject {
  const document = generateOpenApiDocument<ProcedureMeta>(appRouter, {
    title: 'Eungmo',
    description: [
      'Prize events for small shops: enter, count, draw so that anybody can check it.',
      'Owners authenticate with `Authorization: Bearer` and an API key. Times are ISO 8601 with offset.',
      'Every error has `message`, in the language of Accept-Language (`ko` by default), and `code`.',
    ].join('\n\n'),
    version: '1',
    baseUrl,
    tags: ['participations', 'events', 'participants', 'analytics', 'draws'],
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: SCOPES } },
  })
  for (const { method, path, meta } of operations()) {
    const item = document.paths?.[path]
    const operation = item?.[method]
    if (item && operation) item[method] = complete(operation, meta)
  }
  document.components = {
    ...document.components,
    // Its own error schemas are no longer referred to: they list tRPC's codes.
    schemas: {
      ...Object.fromEntries(
        Object.entries(document.components?.schemas ?? {}).filter(([name]) => !name.startsWith('error.')),
      ),
      Error: errorSchema,
    },
  }
  return document
}

const lower = { GET: 'get', POST: 'post', PATCH: 'patch', PUT: 'put', DELETE: 'delete' } as const

function* operations(): Generator<{
  method: (typeof lower)[OpenApiMethod]
  path: string
  meta: ProcedureMeta
}> {
  for (const procedure of Object.values(appRouter._def.procedures as Record<string, unknown>)) {
    const { meta } = Reflect.get(Object(procedure), '_def') as { meta?: ProcedureMeta }
    if (meta?.openapi) yield { method: lower[meta.openapi.method], path: meta.openapi.path, meta }
  }
}

function complete(operation: Operation, { openapi, rest = {} }: ProcedureMeta): Operation {
  const isPublic = openapi?.protect === false
  const success = operation.responses?.['200'] ?? {}
  if (rest.csv && 'content' in success)
    success.content = { ...success.content, 'text/csv': { schema: { type: 'string' } } }
  const codes = new Set<DomainErrorCode>([
    ...(openapi?.method === 'GET' ? (['VALIDATION_FAILED'] as const) : withBody),
    ...(isPublic ? [] : withAccount),
    ...(rest.errors ?? []),
    ...always,
  ])
  const { requestBody } = operation
  // Without a body every field is left out, which read-body.ts accepts.
  if (requestBody && 'content' in requestBody) requestBody.required = needsBody(requestBody.content)
  const hasKey = openapi?.path === '/participations'
  return {
    ...operation,
    ...(isPublic && { security: [] }),
    ...(rest.scope && {
      security: [{ apiKey: [rest.scope] }],
      description: [operation.description, `Needs the scope \`${rest.scope}\`.`].filter(Boolean).join(' '),
    }),
    ...(hasKey && { parameters: [...(operation.parameters ?? []), idempotencyKey] }),
    responses: {
      [rest.status ?? 200]: { ...success, description: rest.status === 201 ? 'Created' : 'OK' },
      ...(rest.accepted && { 202: { ...success, description: 'Accepted: the result follows later' } }),
      ...errorResponses([...codes]),
    },
  }
}

/** Whether the schema of a JSON body has a field that cannot be left out. */
function needsBody(content: Record<string, { schema?: object }>): boolean {
  const schema = content['application/json']?.schema
  return schema !== undefined && 'required' in schema
}

function errorResponses(codes: readonly DomainErrorCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, list]) => [
        String(status),
        {
          description: list.join(', '),
          ...((status === 429 || status === 503) && {
            headers: {
              'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } },
            },
          }),
          content: {
            'application/json': {
              schema: {
                allOf: [
                  { $ref: '#/components/schemas/Error' },
                  { type: 'object', properties: { code: { type: 'string', enum: list } } },
                ],
              },
            },
          },
        },
      ]),
  )
}
