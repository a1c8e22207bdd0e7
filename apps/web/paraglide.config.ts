import fs from 'node:fs'
import { type CompilerOptions, compile } from '@inlang/paraglide-js'

/**
 * Writes a file in one step, and only when it changes: building, checking and testing compile the messages at
 * the same time, and none of them may read half a file. The library's own command deletes the folder first.
 */
const writeFile = async (path: string, content: string): Promise<void> => {
  if (fs.existsSync(path) && (await fs.promises.readFile(path, 'utf8')) === content) return
  const temporary = `${path}.${process.pid}`
  await fs.promises.writeFile(temporary, content)
  await fs.promises.rename(temporary, path)
}

/** How the messages become functions: the same for Vite and for `bun run messages`. */
export const paraglideOptions: CompilerOptions = {
  project: './project.inlang',
  outdir: './src/lib/paraglide',
  strategy: ['globalVariable', 'baseLocale'],
  outputStructure: 'message-modules',
  isServer: "import.meta.env?.SSR ?? typeof window === 'undefined'",
  cleanOutdir: false,
  fs: { ...fs, promises: { ...fs.promises, writeFile } } as typeof fs,
}

if (import.meta.main) await compile(paraglideOptions)
