import type { Context, Viewer } from '../../src/context.ts'
import { createRestHandler } from '../../src/http/rest-handler.ts'

export interface RestRequest {
  viewer?: Viewer
  /** Sent as it is when it is text, else as JSON. */
  body?: unknown
  headers?: Record<string, string>
  context?: Partial<Context>
}

/** Sends requests to a REST handler without a server. */
export function createRestClient(contextOf: (viewer?: Viewer, overrides?: Partial<Context>) => Context) {
  const handler = createRestHandler()
  /** One request; resolves to status, headers, text and parsed body. */
  return async (
    method: string,
    path: string,
    { viewer, body, headers = {}, context = {} }: RestRequest = {},
  ) => {
    const request = new Request(`https://eungmo.example/api/v1${path}`, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const idempotencyKey = request.headers.get('idempotency-key')
    const restPath = new URL(request.url).pathname.slice('/api/v1'.length)
    const response = await handler(request, restPath, contextOf(viewer, { idempotencyKey, ...context }))
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    }
  }
}
