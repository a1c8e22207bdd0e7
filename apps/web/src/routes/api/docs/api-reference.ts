import type { openApi } from '../../../lib/server/api/openapi-document.ts'

type Document = ReturnType<typeof openApi>
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>

/** One field of a body or one parameter, flattened for a table: `prizes[].name`. */
export interface ReferenceField {
  name: string
  type: string
  required: boolean
  description: string
}

export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  isPublic: boolean
  parameters: ReferenceField[]
  body: ReferenceField[]
  answers: { status: string; description: string; fields: ReferenceField[] }[]
}

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const
const deepest = 4

/** The OpenAPI document as the reference page shows it: operations in their order, schemas as flat lists of fields. */
export function apiReference(document: Document): ReferenceOperation[] {
  const known = (document.components?.schemas ?? {}) as Record<string, Schema>
  const resolve = (schema: Schema): Schema =>
    schema.$ref ? (known[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema

  function typeOf(schema: Schema): string {
    const at = resolve(schema)
    const choices = at.anyOf ?? at.oneOf
    if (choices) return [...new Set(choices.map(typeOf))].join(' | ')
    if (at.const !== undefined) return JSON.stringify(at.const)
    if (at.enum) return at.enum.map((each) => JSON.stringify(each)).join(' | ')
    if (at.items) return `${typeOf(at.items)}[]`
    return [at.type ?? 'object'].flat().join(' | ') + (at.format ? ` (${at.format})` : '')
  }

  function fieldsOf(schema: Schema, prefix = '', depth = 0): ReferenceField[] {
    const at = resolve(schema)
    if (depth > deepest) return []
    if (at.items && prefix === '') return fieldsOf(at.items, '[].', depth + 1)
    const parts = at.allOf ?? at.anyOf ?? at.oneOf
    if (parts) return unique(parts.flatMap((part) => fieldsOf(part, prefix, depth + 1)))
    return Object.entries(at.properties ?? {}).flatMap(([name, property]) => {
      const inner = resolve(property)
      const nested = inner.items
        ? fieldsOf(inner.items, `${prefix}${name}[].`, depth + 1)
        : fieldsOf(property, `${prefix}${name}.`, depth + 1)
      const own: ReferenceField = {
        name: prefix + name,
        type: typeOf(property),
        required: at.required?.includes(name) ?? false,
        description: property.description ?? inner.description ?? '',
      }
      return [own, ...nested]
    })
  }

  const schemaIn = (content: unknown): Schema => {
    const json = Reflect.get(Object(content ?? {}), 'application/json')
    return (Reflect.get(Object(json ?? {}), 'schema') ?? {}) as Schema
  }

  const present = (method: string, path: string, operation: Operation): ReferenceOperation => ({
    id: operation.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    isPublic: operation.security?.length === 0,
    parameters: (operation.parameters ?? []).flatMap((parameter) =>
      'name' in parameter
        ? [
            {
              name: parameter.name,
              type: `${typeOf((parameter.schema ?? {}) as Schema)}, ${parameter.in}`,
              required: parameter.required ?? false,
              description:
                parameter.description ?? (parameter.schema as Schema | undefined)?.description ?? '',
            },
          ]
        : [],
    ),
    body: fieldsOf(schemaIn(Reflect.get(Object(operation.requestBody ?? {}), 'content'))),
    answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({
      status,
      description: String(Reflect.get(Object(answer), 'description') ?? ''),
      fields: status.startsWith('2') ? fieldsOf(schemaIn(Reflect.get(Object(answer), 'content'))) : [],
    })),
  })

  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [present(method, path, operation)] : []
    }),
  )
}

const unique = (fields: ReferenceField[]) => [...new Map(fields.map((field) => [field.name, field])).values()]
