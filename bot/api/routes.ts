import Router from '@koa/router'
import type { Context, Next } from 'koa'
import { dayOf } from '../../policy/time.ts'
import { inStreet, type Store } from '../../storage/database.ts'
import { listStreets, loadRoster } from '../../storage/load-roster.ts'
import type { Clock } from '../clock.ts'
import { ledgerRoutes } from '../ledgers/routes.ts'
import { ApiError, badRequest, notFound } from './api-error.ts'
import { authorize } from './authorize.ts'
import { readListQuery } from './request.ts'
import { admissions } from './resources/admissions.ts'
import { attendance } from './resources/attendance.ts'
import { audit } from './resources/audit.ts'
import { burden } from './resources/burden.ts'
import { checkIns } from './resources/check-ins.ts'
import { patrols, visits } from './resources/field-records.ts'
import { grids } from './resources/grids.ts'
import { groups } from './resources/groups.ts'
import { incidents } from './resources/incidents.ts'
import { infoItems } from './resources/info-items.ts'
import { inspections } from './resources/inspections.ts'
import { leaves } from './resources/leaves.ts'
import { meetings } from './resources/meetings.ts'
import { members } from './resources/members.ts'
import { messages } from './resources/messages.ts'
import { notices } from './resources/notices.ts'
import { outbox } from './resources/outbox.ts'
import { tasks } from './resources/tasks.ts'
import { trainings } from './resources/trainings.ts'
import { deskOf, type Resource, type View } from './view.ts'

/** Everything that can be asked for, beside the ledgers. Source: contract.md, Admin API */
const resources: readonly Resource[] = [
  members,
  grids,
  groups,
  messages,
  checkIns,
  attendance,
  visits,
  patrols,
  infoItems,
  incidents,
  notices,
  tasks,
  inspections,
  admissions,
  burden,
  leaves,
  meetings,
  trainings,
  outbox,
  audit,
]

export interface AdminParts {
  store: Store
  clock: Clock
  adminToken: string
}

/**
 * `/api/…`: what the street did, for scripts and for the console. Read only; personal data in plain text, so the token is asked
 * for before anything else, also where the address does not exist.
 */
export function adminRoutes({ store, clock, adminToken }: AdminParts): Router {
  const router = new Router()
  router.use(answerErrors)
  router.use((ctx, next) => {
    authorize(ctx.get('Authorization'), adminToken)
    ctx.set('Cache-Control', 'no-store')
    return next()
  })

  async function openView(query: URLSearchParams): Promise<View> {
    const db = inStreet(store.read, await chooseStreet(store, query.get('street')))
    const now = clock.now()
    return { db, roster: await loadRoster(db, dayOf(now)), now, today: dayOf(now), desk: () => deskOf({ db, now }) }
  }

  for (const { path, list, find } of resources) {
    if (list) {
      router.get(`/api/${path}`, async ctx => {
        const query = ctx.URL.searchParams
        ctx.body = await list(await openView(query), readListQuery(query))
      })
    }
    if (find) {
      router.get(`/api/${path}/:id`, async ctx => {
        const id = ctx.params.id ?? ''
        const found = await find(await openView(ctx.URL.searchParams), id)
        if (!found) throw notFound(`没有 ${path}/${id}。`)
        ctx.body = found
      })
    }
  }
  const streetOf = ({ query }: { query: URLSearchParams }) => chooseStreet(store, query.get('street'))
  router.use(ledgerRoutes({ store, clock, streetOf }).routes())
  router.all(/^\/api(\/.*)?$/, ctx => {
    if (ctx.method === 'GET' || ctx.method === 'HEAD') throw notFound('没有这个地址。')
    ctx.set('Allow', 'GET, HEAD')
    throw new ApiError(405, 'method-not-allowed', '管理接口只能查询（GET）。')
  })
  return router
}

/** The one street, or the one that `street` names by name or id. @throws {ApiError} where it names none, or none is named of several */
async function chooseStreet(store: Store, said: string | null): Promise<string> {
  const streets = await listStreets(store.read)
  const names = streets.map(({ name }) => name).join('、')
  if (said) {
    const street = streets.find(({ id, name }) => id === said || name === said)
    if (!street) throw notFound(`没有这个街道；有：${names}。`)
    return street.id
  }
  const [only, other] = streets
  if (!only) throw notFound('还没有导入名册。')
  if (other) throw badRequest(`有几个街道（${names}），请用 street 参数指明。`)
  return only.id
}

async function answerErrors(ctx: Context, next: Next): Promise<void> {
  try {
    await next()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    ctx.status = error.status
    if (error.status === 401) ctx.set('WWW-Authenticate', 'Bearer realm="xiaoge"')
    ctx.body = { error: { code: error.code, message: error.message } }
  }
}
