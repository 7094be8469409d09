import Router from '@koa/router'
import { createApiRoutes } from './api-routes.ts'
import { CHOOSER, createChooser } from './chooser.ts'
import { createPageRoutes } from './page-routes.ts'
import type { PhoneOptions } from './parts.ts'
import { createPosting } from './posting.ts'
import { createSignIn } from './sign-in.ts'

/** The phone pages and what they call, everything under `/h5` (contract.md, HTTP). */
export function createPhoneRoutes({ receive, simulator, ...options }: PhoneOptions): Router {
  const { store, clock, botName, publicUrl, platforms, uploads } = options
  const signIn = createSignIn({ store, machineNow: clock.machineNow, isHttps: publicUrl.startsWith('https:') })
  const post = createPosting({ read: store.read, clock, receive, uploads, platforms })
  const parts = { ...options, signIn, post, chooser: simulator && CHOOSER }
  const chooser = simulator ? [createChooser({ store, clock, botName, token: simulator.token, signIn })] : []

  const router = new Router()
  for (const each of [createApiRoutes(parts), createPageRoutes(parts), ...chooser])
    router.use(each.routes(), each.allowedMethods())
  return router
}
