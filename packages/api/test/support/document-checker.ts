import { expect } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from '../../src/http/openapi-document.ts'

/** Checks responses against the OpenAPI document. */
export function documentChecker() {
  const document = openApiDocument('https://eungmo.example/api/v1')
  const succeeded = new Set<string>()
  const declared = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'patch', 'put', 'delete'] as const)
      .filter((method) => item[method])
      .map((method) => `${method.toUpperCase()} ${path}`),
  )

  const responsesOf = (operation: string): Record<string, unknown> => {
    const [method = '', path = ''] = operation.split(' ')
    const item: unknown = Reflect.get(Object(document.paths), path)
    return Reflect.get(Object(Reflect.get(Object(item), method.toLowerCase())), 'responses') ?? {}
  }

  return {
    document,
    /** Fails when the operation does not declare the status, or the body does not match its schema. */
    check(operation: string, { status, body }: { status: number; body: unknown }) {
      expect(declared).toContain(operation)
      const responses = responsesOf(operation)
      expect(Object.keys(responses), `${operation} returned ${status}`).toContain(String(status))
      const schema = jsonSchemaOf(responses[status])
      const text = JSON.stringify({ $defs: document.components?.schemas, ...Object(schema) })
      const bundled = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'))
      const parsed = z.fromJSONSchema(bundled).safeParse(body)
      expect(parsed.error?.issues, `${operation} ${status}`).toBeUndefined()
      if (status < 300) succeeded.add(operation)
    },
    /** Operations without a successful response so far. */
    untested: () => declared.filter((operation) => !succeeded.has(operation)),
  }
}

function jsonSchemaOf(response: unknown): unknown {
  const content = Reflect.get(Object(response), 'content')
  return Reflect.get(Object(Reflect.get(Object(content), 'application/json')), 'schema')
}
