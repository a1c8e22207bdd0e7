/**
 * `bun peers/echo.ts <port>`: the limit. A bare Bun.serve that parses what it receives and stores nothing: a JSON body
 * is returned with 201, a form gets 303, and `GET /bytes/<n>` returns a page of n bytes.
 */
const pages = new Map<string, string>()

function pageOf(size: string): string {
  const page = pages.get(size) ?? 'x'.repeat(Number(size))
  pages.set(size, page)
  return page
}

Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),
  async fetch(request) {
    if (request.method === 'GET') {
      const size = new URL(request.url).pathname.replace('/bytes/', '')
      return new Response(pageOf(size), { headers: { 'content-type': 'text/html; charset=utf-8' } })
    }
    if (request.headers.get('content-type') === 'application/json')
      return Response.json(await request.json(), { status: 201 })
    const form = new URLSearchParams(await request.text())
    return new Response(null, {
      status: 303,
      headers: { location: `/done?name=${form.get('name')?.length}` },
    })
  },
})
