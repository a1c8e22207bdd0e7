/**
 * The API key that authenticates a request: of `Authorization: Bearer`, and under /api/v1 only. Undefined for
 * every other request, which its session cookie authenticates, whatever Authorization says.
 */
export const apiKeyOf = ({ url, headers }: Pick<Request, 'url' | 'headers'>): string | undefined =>
  new URL(url).pathname.startsWith('/api/v1/')
    ? /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    : undefined
