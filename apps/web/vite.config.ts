import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { bunAdapter } from './adapter/bun-adapter.ts'

/** app.html has one script of its own; the content security policy lets in exactly that. */
const html = readFileSync(new URL('src/app.html', import.meta.url), 'utf8')
const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? []
const inlineScript = `sha256-${createHash('sha256').update(script).digest('base64')}` as const

export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
    }),
    sveltekit({
      adapter: bunAdapter(),
      // One check in hooks.server.ts serves pages, tRPC and REST alike, and answers JSON under /api.
      csrf: { trustedOrigins: ['*'] },
      csp: {
        // Hashes, not nonces: answers that a CDN keeps carry their policy with them.
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', inlineScript],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  // Fonts stay files of their own: inlined they would be loaded whether a page needs them or not.
  build: { assetsInlineLimit: 0 },
})
