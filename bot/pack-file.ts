import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { builtInPackIds } from '../policy/packs/built-in.ts'
import { PROGRAM_ROOT } from './program-root.ts'

/** The text of a policy pack: a built-in one by its id, else a file. */
export function readPack(idOrPath: string): { name: string; yaml: string } {
  const isBuiltIn = (builtInPackIds as readonly string[]).includes(idOrPath)
  const file = isBuiltIn ? new URL(`policy/packs/${idOrPath}.yaml`, PROGRAM_ROOT) : idOrPath
  return { name: isBuiltIn ? idOrPath : basename(idOrPath, extname(idOrPath)), yaml: readFileSync(file, 'utf8') }
}
