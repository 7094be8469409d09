import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import Router from '@koa/router'
import { PROGRAM_ROOT } from './program-root.ts'

const TYPES: Record<string, string> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

/** Scripts and styles of the pages, as the launcher bundled them; only names that stand in that folder are ever read. */
export function assetRoutes(): Router {
  const folder = new URL('dist/web/', PROGRAM_ROOT)
  const router = new Router({ prefix: '/assets' })
  router.get('/:name', async ctx => {
    const { name = '' } = ctx.params
    const type = TYPES[extname(name)]
    const names = await readdir(folder).catch((): string[] => [])
    if (!type || !names.includes(name)) return
    ctx.type = type
    ctx.set('Cache-Control', 'no-cache')
    ctx.body = await readFile(new URL(name, folder))
  })
  return router
}
