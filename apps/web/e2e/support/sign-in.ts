import type { StackInfo } from './stack-info.ts'

type Account = Pick<StackInfo, 'baseUrl' | 'ownerEmail' | 'ownerPassword'>

/** Signs in by the form, as a browser without scripts does; resolves to the cookie header of the session. */
export async function signIn({ baseUrl, ownerEmail, ownerPassword }: Account): Promise<string> {
  const response = await fetch(`${baseUrl}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: baseUrl, accept: 'text/html' },
    body: new URLSearchParams({ email: ownerEmail, password: ownerPassword }),
  })
  if (response.status !== 303) throw new Error(`signing in returned ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
