import Router from '@koa/router'
import { dayOf } from '../../policy/time.ts'
import { inStreet, type Store } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import { renderChooser, renderNotice } from '../../web/phone/page.tsx'
import { guardAccess } from '../channels/simulator/access.ts'
import { listPeople } from '../channels/simulator/directory.ts'
import { Rejection } from '../channels/simulator/rejection.ts'
import type { Clock } from '../clock.ts'
import { readBytes } from './body.ts'
import { PAGES } from './page-routes.ts'
import type { SignIn } from './sign-in.ts'

export const CHOOSER = '/sim/h5'
const FORM_LIMIT_BYTES = 4_096

/**
 * Whom to be on the phone pages, in a plain browser: a part of the simulator, so it stands below `/sim`, only while that is on, and opens
 * to this machine or to whoever shows SIMULATOR_TOKEN.
 */
export function createChooser(parts: {
  store: Store
  clock: Clock
  botName: string
  token?: string
  signIn: SignIn
}): Router {
  const { store, clock, botName, token, signIn } = parts
  const router = new Router({ prefix: CHOOSER })
  router.use(async (ctx, next) => {
    try {
      ctx.set('Cache-Control', 'no-store')
      await next()
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      ctx.status = error.status
      ctx.type = 'html'
      ctx.body = renderNotice(botName, 'failed', error.message)
    }
  }, guardAccess(token))

  router.get('/', async ctx => {
    const [first] = await listStreets(store.read)
    const people = first ? listPeople(await loadRoster(inStreet(store.read, first.id)), dayOf(clock.now())) : []
    ctx.type = 'html'
    ctx.body = renderChooser(botName, people, ownPath(ctx.URL.searchParams.get('to')))
  })
  router.post('/', async ctx => {
    const form = new URLSearchParams((await readBytes(ctx.req, FORM_LIMIT_BYTES)).toString('utf8'))
    await signIn.open(ctx, { channel: 'simulator', platformId: form.get('user') ?? '' })
    ctx.redirect(ownPath(form.get('to')))
    ctx.status = 303
  })
  return router
}

/** Never on to another site, whatever the address says. */
function ownPath(to: string | null): string {
  return PAGES.map(page => `/h5/${page}`).find(path => path === to) ?? '/h5/mine'
}
