import Router from '@koa/router'
import type { Context } from 'koa'
import { renderNotice, renderPhonePage, renderSignIn } from '../../web/phone/page.tsx'
import type { PhonePage } from '../../web/shared/phone-api.ts'
import type { PagePlatform } from '../channels/page-platform.ts'
import { answerWithPage } from './answer-errors.ts'
import { securePages } from './guard.ts'
import { readMyDay } from './my-day.ts'
import { describePage } from './page-data.ts'
import { findPlatform, type PhoneParts, pathPart } from './parts.ts'
import { Refusal } from './refusal.ts'
import { findVisitor } from './visitor.ts'

export const PAGES: readonly PhonePage[] = ['check-in', 'incident', 'visit', 'mine']

/** One of the apps, though perhaps of a platform that is not, or only half, configured. */
const ANY_APP = /DingTalk|wxwork/i

/** The pages themselves, and the way in: whoever is not signed in is sent through their app and comes back where they wanted to go. */
export function createPageRoutes(parts: PhoneParts): Router {
  const { store, clock, botName, publicUrl, platforms, signIn, chooser, log } = parts
  const router = new Router()
  router.get('/h5', ctx => ctx.redirect('/h5/mine'))
  const pages = new Router({ prefix: '/h5' })
  pages.use(securePages, answerWithPage(log, botName))

  for (const page of PAGES) {
    pages.get(`/${page}`, async ctx => {
      const session = await signIn.find(ctx)
      if (!session) return welcome(ctx, `/h5/${page}`)
      const visitor = await findVisitor(store.read, session)
      if (!visitor) {
        await signIn.close(ctx)
        return turnAway(ctx, session.platformId)
      }
      const now = clock.now()
      const platform = findPlatform(platforms, ctx)
      const day = await readMyDay(visitor, now)
      ctx.type = 'html'
      ctx.body = renderPhonePage(describePage(visitor, { page, botName, day, platform, now }))
    })
  }

  pages.get('/sign-in/:channel', async ctx => {
    const platform = platforms.find(one => one.channel === pathPart(ctx, 'channel') && one.authorizeUrl)
    if (!platform) throw new Refusal(404, 'not-found', '没有这个页面。')
    const path = signIn.finish(ctx, ctx.URL.searchParams.get('state') ?? '')
    const entered = await signIn.enter(ctx, platform, ctx.URL.searchParams.get('code') ?? '')
    if (entered.isKnown) ctx.redirect(path)
    else turnAway(ctx, entered.platformId)
  })

  function welcome(ctx: Context, path: string): void {
    const platform = findPlatform(platforms, ctx)
    ctx.type = 'html'
    if (platform) askApp(ctx, platform, path)
    else if (chooser) ctx.redirect(`${chooser}?to=${encodeURIComponent(path)}`)
    else ctx.body = renderNotice(botName, ANY_APP.test(ctx.get('user-agent')) ? 'not-set-up' : 'open-from-chat')
  }

  function askApp(ctx: Context, { channel, client, authorizeUrl }: PagePlatform, path: string): void {
    const state = signIn.begin(ctx, path)
    if (authorizeUrl) ctx.redirect(authorizeUrl(`${publicUrl}/h5/sign-in/${channel}`, state))
    else ctx.body = renderSignIn(botName, { app: { kind: 'dingtalk', ...client }, state })
  }

  function turnAway(ctx: Context, platformId: string): void {
    ctx.status = 403
    ctx.type = 'html'
    ctx.body = renderNotice(botName, 'not-on-roster', platformId)
  }

  router.use(pages.routes(), pages.allowedMethods())
  return router
}
