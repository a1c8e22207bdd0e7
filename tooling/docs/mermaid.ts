import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { runInThisContext } from 'node:vm'
import { z } from 'zod'

const Mermaid = z.looseObject({ parse: z.function({ input: [z.string()], output: z.promise(z.unknown()) }) })

/**
 * Mermaid's own parser. Of its builds this one is the smallest: 3 MB without dependencies, where `mermaid` brings 200 MB.
 * It is made for a script tag and defines a global, hence no import.
 */
export async function parseMermaid(diagram: string): Promise<void> {
  await loadMermaid().parse(diagram)
}

let loaded: z.infer<typeof Mermaid> | undefined

function loadMermaid(): z.infer<typeof Mermaid> {
  if (!loaded) {
    runInThisContext(readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny'), 'utf8'))
    loaded = Mermaid.parse(Reflect.get(globalThis, 'mermaid'))
  }
  return loaded
}
