/** The token of `Authorization: Bearer`; undefined without one, and with any other scheme. */
export const bearerToken = (headers: Headers): string | undefined =>
  /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
